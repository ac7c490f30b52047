import type { CommandName } from '../inputs.ts'
import { check } from './check.ts'
import type { Context } from './context.ts'
import { generate } from './generate.ts'
import { init } from './init.ts'
import { plan } from './plan.ts'
import type { CommandResult } from './result.ts'
import { templates } from './templates.ts'

const commands: Readonly<Record<CommandName, (context: Context) => CommandResult | Promise<CommandResult>>> = {
  generate,
  check,
  plan,
  // Loaded when they are asked for: they bring the Dockerfile parser, the registry client and the GitHub client along.
  build: async (context) => (await import('./build.ts')).build(context),
  'pull-request': async (context) => (await import('./pull-request.ts')).pullRequest(context),
  deploy: async (context) => (await import('./deploy.ts')).deploy(context),
  rollback: async (context) => (await import('./rollback.ts')).rollback(context),
  status: async (context) => (await import('./status.ts')).status(context),
  init,
  templates,
}

/** Runs a command; the one way into them for both doors. */
export async function runCommand(name: CommandName, context: Context): Promise<CommandResult> {
  return commands[name](context)
}
