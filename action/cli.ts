import module from 'node:module'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Diagnostic } from './config/diagnostics.ts'
import { inputDefinitions, readCommand, readInputs, secretInputs } from './inputs.ts'
import { formatDiagnostic } from './report/diagnostics.ts'

// Node 22 and newer keep compiled code between runs, which halves the start.
module.enableCompileCache?.()

const spell = (name: string) => `--${name}`

/** Splits arguments into the command, raw inputs and the door's own switches. A boolean input needs no value. */
function readArguments(args: readonly string[]): { command: string; raw: Map<string, string>; json: boolean; help: boolean } {
  const booleans = Object.entries(inputDefinitions).flatMap(([name, { type }]) => (type === 'boolean' ? [name] : []))
  const texts = Object.keys(inputDefinitions).filter((name) => !booleans.includes(name))
  const options = Object.fromEntries([
    ...texts.map((name) => [name, { type: 'string' as const }]),
    ...[...booleans, 'json', 'help'].map((name) => [name, { type: 'boolean' as const }]),
  ])
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true })
  const raw = new Map<string, string>()
  let command = ''
  for (const token of tokens) {
    if (token.kind === 'positional') command ||= token.value
    if (token.kind === 'option' && token.name !== 'json' && token.name !== 'help')
      raw.set(token.name, token.value ?? (texts.includes(token.name) ? '' : 'true'))
  }
  const has = (name: string) => tokens.some((token) => token.kind === 'option' && token.name === name)
  return { command, raw, json: has('json'), help: has('help') }
}

function finish(exitCode: number, text: string, diagnostics: readonly Diagnostic[], data: object, json: boolean): void {
  process.stderr.write(diagnostics.map(formatDiagnostic).join(''))
  if (json) process.stdout.write(`${JSON.stringify({ ...data, diagnostics, exitCode }, null, 2)}\n`)
  else process.stdout.write(text)
  process.exitCode = exitCode
}

// BuildKit's own variable: who wants its whole log in a terminal gets it.
async function openTerminal() {
  if (!process.stderr.isTTY || process.env.CI || process.env.BUILDKIT_PROGRESS === 'plain') return undefined
  return (await import('./adapters/live-terminal.ts')).openLiveTerminal(process.stderr)
}

async function main(): Promise<void> {
  const { command: name, raw, json, help } = readArguments(process.argv.slice(2))
  if (help || (name === 'help' && raw.size === 0)) {
    const { usage } = await import('./report/usage.ts')
    return finish(0, usage(), [], {}, false)
  }
  const { command, diagnostics: commandDiagnostics } = readCommand(name)
  const { inputs, diagnostics: inputDiagnostics } = readInputs(new Map([...secretInputs(process.env), ...raw]), spell)
  if (command === undefined || inputs === undefined) {
    const diagnostics = [...commandDiagnostics, ...inputDiagnostics]
    return finish(2, 'Run nself-build --help for the commands and their inputs.\n', diagnostics, {}, json)
  }
  const live = await openTerminal()
  const [{ runCommand }, { toolFolder }, { redactDiagnostics }] = await Promise.all([
    import('./commands/index.ts'),
    import('./adapters/templates.ts'),
    import('./report/redact.ts'),
  ])
  const context = {
    inputs,
    root: resolve(inputs.workingDirectory),
    tool: toolFolder(import.meta.url),
    outer: process.env,
    progress: live?.progress ?? ((line: string) => void process.stderr.write(`${line}\n`)),
    handEdits: inputs.force ? 'overwrite' : 'stop',
  } as const
  const result = await runCommand(command, context).finally(() => live?.end())
  finish(result.exitCode, result.text, redactDiagnostics(result.diagnostics, result.secrets), result.data, json)
}

main().catch(async (error: unknown) => {
  const { explainFailure } = await import('./report/failure.ts')
  process.stderr.write(explainFailure(error))
  process.exitCode = 1
})
