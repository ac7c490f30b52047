import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import type { HostPlan } from '../../deploy/plan/types.ts'
import type { Bundle } from '../../deploy/release/types.ts'
import { type Activation, activate } from '../../deploy/remote/activate.ts'
import { deliver } from '../../deploy/remote/deliver.ts'
import { RemoteError } from '../../deploy/remote/remote-error.ts'
import type { RunResult, Waiting } from '../../deploy/remote/run.ts'
import { type Host, remoteDiagnostic } from './deploy-hosts.ts'

/** A machine with what is to be done on it. */
export interface Target extends Host {
  readonly plan: HostPlan
}

/** What all machines of a run have in common. */
export interface RunSettings
  extends Pick<Activation, 'agent' | 'root' | 'owner' | 'options' | 'dockerConfig' | 'lockWaitSeconds' | 'waitSeconds'> {
  readonly bundle: Bundle
  readonly waiting: (host: string) => Waiting
}

export type HostState = 'done' | 'running' | 'failed' | 'rolled back' | 'untouched'

/** How a run over all machines ended. */
export interface RunOutcome {
  readonly states: ReadonlyMap<string, HostState>
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Brings the release and its images to all machines first, which changes nothing for users, then makes it current on one after another, the
 * canary first. When one fails, it is as before by itself, and those that were done in this run go back, too.
 */
export async function runOnHosts(targets: readonly Target[], settings: RunSettings): Promise<RunOutcome> {
  const states = new Map<string, HostState>(targets.map(({ ssh }) => [ssh.host, 'untouched']))
  const { agent, root, bundle } = settings
  try {
    for (const { ssh, probe } of targets)
      await deliver(
        ssh,
        { agent, root, release: { id: bundle.id, files: bundle.files }, secrets: { hash: bundle.manifest.envHash, text: bundle.env } },
        probe,
      )
    // With one machine, the run itself begins with that.
    if (targets.length > 1) for (const target of targets) await prepare(target, settings)
  } catch (error) {
    return { states, diagnostics: [remoteDiagnostic(error)] }
  }
  const done: Target[] = []
  for (const target of targets) {
    const { host } = target.ssh
    const failure = await runOne(target, settings)
    states.set(host, failure === undefined ? 'done' : failure.state)
    if (failure === undefined) done.push(target)
    else
      return { states, diagnostics: [...failure.diagnostics, ...(failure.state === 'failed' ? await goBack(done, settings, states) : [])] }
  }
  return { states, diagnostics: [] }
}

async function prepare({ ssh, plan }: Target, settings: RunSettings): Promise<void> {
  const { status, detail } = await activate(ssh, activation(settings, plan.release, 'prepare'), settings.waiting(ssh.host))
  if (status === 'ok') return
  const why = status === 'running' ? `it has not ended after ${settings.waitSeconds} s` : detail
  throw new RemoteError(
    'NB814',
    `${ssh.host}: the machine could not be prepared: ${why}. No machine serves anything new.`,
    'Repair what the message names, and run `deploy` again.',
  )
}

interface Failure {
  readonly state: 'failed' | 'running'
  readonly diagnostics: readonly Diagnostic[]
}

async function runOne({ ssh, plan }: Target, settings: RunSettings): Promise<Failure | undefined> {
  try {
    const result = await activate(ssh, activation(settings, plan.release, 'activate'), settings.waiting(ssh.host))
    return failureOf(ssh.host, plan, result, settings.waitSeconds)
  } catch (error) {
    return { state: 'failed', diagnostics: [remoteDiagnostic(error)] }
  }
}

function failureOf(host: string, { current }: HostPlan, result: RunResult, waitSeconds: number): Failure | undefined {
  const { status, detail } = result
  if (status === 'ok') return undefined
  if (status === 'running')
    return {
      state: 'running',
      diagnostics:
        waitSeconds === 0
          ? []
          : [
              diagnose(
                'NB816',
                `${host}: the run has not ended after ${waitSeconds} s; it goes on there.`,
                'Look with `status`; running `deploy` again follows it to its end.',
              ),
            ],
    }
  return {
    state: 'failed',
    diagnostics: [
      diagnose(
        'NB814',
        `${host}: ${status === 'interrupted' ? `the run was interrupted${detail === '' ? '' : `: ${detail}`}` : detail}. ${whatServes(current, result)}`,
        status === 'interrupted'
          ? 'Run `deploy` again: it continues where this one stopped.'
          : 'Repair what the message names, and run `deploy` again; the log above has the last lines of the service.',
      ),
    ],
  }
}

/** What answers after a run that did not end well: only what is known for sure. */
export function whatServes(before: string, { status, restored = true }: RunResult): string {
  if (status === 'interrupted') return 'Each service has its old or its new containers; `status` shows which.'
  if (!restored) return '`status` shows what serves now.'
  return before === '' ? 'Nothing was running before.' : `${before} serves as before.`
}

function activation(settings: RunSettings, release: string, action: Activation['action']): Activation {
  const { agent, root, owner, options, dockerConfig, lockWaitSeconds, waitSeconds } = settings
  return { agent, root, release, action, owner, options, dockerConfig, lockWaitSeconds, waitSeconds }
}

async function goBack(done: readonly Target[], settings: RunSettings, states: Map<string, HostState>): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = []
  // What keeps data was replaced by wish, and is not replaced twice.
  const options = Object.fromEntries(Object.entries(settings.options).filter(([name]) => name === 'prune-keep'))
  const back = { ...settings, options }
  for (const { ssh, plan } of done.toReversed()) {
    if (plan.current === '' || plan.current === plan.release) continue
    try {
      const { status, detail } = await activate(ssh, activation(back, plan.current, 'rollback'), settings.waiting(ssh.host))
      if (status === 'ok') states.set(ssh.host, 'rolled back')
      else diagnostics.push(notBack(ssh.host, plan, detail))
    } catch (error) {
      diagnostics.push(remoteDiagnostic(error), notBack(ssh.host, plan, 'the machine cannot be reached'))
    }
  }
  return diagnostics
}

function notBack(host: string, { current, release }: HostPlan, detail: string): Diagnostic {
  return diagnose(
    'NB814',
    `${host}: going back to ${current} failed: ${detail}. It serves ${release}.`,
    `Run \`rollback\` with host ${host} and release ${current}, or deploy again.`,
  )
}
