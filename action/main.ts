import { join } from 'node:path'
import * as core from '@actions/core'
import { actionInputs } from './adapters/action-inputs.ts'
import { annotate, inert, logResult } from './adapters/action-report.ts'
import { readCommand, readInputs } from './inputs.ts'
import { namesIn, toOutputs } from './outputs.ts'
import { explainFailure } from './report/failure.ts'
import { maskable, redact, redactDiagnostics } from './report/redact.ts'

const failures = {
  1: 'The operation failed; the log and the summary say where.',
  2: 'The configuration is not valid.',
  3: 'The generated files are not up to date.',
} as const

async function main(): Promise<void> {
  const { command: name, raw } = actionInputs(process.env)
  const { command, diagnostics: commandDiagnostics } = readCommand(name)
  const { inputs, diagnostics: inputDiagnostics } = readInputs(raw, (input) => input)
  if (command === undefined || inputs === undefined) {
    annotate([...commandDiagnostics, ...inputDiagnostics], '')
    return core.setFailed('The inputs of this step are not valid.')
  }
  // Loaded here, so that a mistake in the inputs is reported at once.
  const [{ runCommand }, { toolFolder }] = await Promise.all([import('./commands/index.ts'), import('./adapters/templates.ts')])
  const root = join(process.env.GITHUB_WORKSPACE ?? process.cwd(), inputs.workingDirectory)
  const result = await runCommand(command, {
    inputs,
    root,
    tool: toolFolder(import.meta.url),
    outer: process.env,
    progress: (line) => core.info(inert(line)),
    keepFolder: async (...keep) => (await import('./adapters/actions-cache.ts')).keepInActionsCache(...keep),
    handEdits: inputs.force ? 'overwrite' : 'report',
  })
  const outputs = toOutputs(result.data, result.exitCode)
  for (const secret of maskable(result.secrets, namesIn(outputs))) core.setSecret(secret)
  const diagnostics = redactDiagnostics(result.diagnostics, result.secrets)
  annotate(diagnostics, inputs.workingDirectory)
  logResult(`nself ${command}`, result.text, diagnostics)
  for (const [output, value] of Object.entries(outputs)) core.setOutput(output, value)
  await core.summary.addRaw(redact(result.summary, result.secrets)).write()
  if (result.exitCode !== 0) core.setFailed(failures[result.exitCode])
}

main().catch((error: unknown) => core.setFailed(explainFailure(error)))
