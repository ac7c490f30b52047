import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../e2e/support/run.ts'
import { tool } from '../../support/project.ts'
import { names, type Subject } from '../subject.ts'
import type { Cell } from './cell.ts'

const gateOf = ({ template }: Subject) => join(tool, 'test/contract/gates', `${template.language}.sh`)

export const syntaxCells: readonly Cell[] = [
  {
    id: 'syntax',
    title: 'where a language cannot be built on every machine: its compiler or parser in Debian, else a grammar, reads every file',
    notFor: (subject) => (existsSync(gateOf(subject)) ? undefined : 'is built'),
    check: async (subject) => {
      for (const name of Object.values(names)) await run('bash', [gateOf(subject), join(subject.root, 'services', name)])
    },
  },
]
