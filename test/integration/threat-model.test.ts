import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tool } from '../support/project.ts'

const rows = readFileSync(join(tool, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!threat )/.test(line))
  .map((line) => line.split(' | ') as [string, string, string])

it.each(rows)('%s: its test exists', (_, measure, shownBy) => {
  if (measure.startsWith('not covered:')) return expect(shownBy).toBe('– |')
  const pointers = [...shownBy.matchAll(/`([\w./-]+)`((?:,? "[^"]+")+)/g)]
  expect(pointers.length).toBeGreaterThan(0)
  // Nothing is named but files with names in them, and GitHub.
  expect(shownBy.replace(/`[\w./-]+`(?:,? "[^"]+")+[,;]? ?|(?:; ?)?GitHub|\|/g, '').trim()).toBe('')
  for (const [, file = '', names = ''] of pointers) {
    const text = readFileSync(join(tool, file), 'utf8')
    for (const [, name = ''] of names.matchAll(/"([^"]+)"/g)) expect(text, file).toContain(name)
  }
})

it('has threats', () => expect(rows.length).toBeGreaterThan(20))
