import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Diagnostic } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { stackName } from '../../deploy/release/names.ts'
import type { Waiting } from '../../deploy/remote/run.ts'
import { loginKey, parseReference } from '../../images/reference.ts'
import type { Inputs } from '../../inputs.ts'
import { redact } from '../../report/redact.ts'
import type { Context } from '../context.ts'
import { openCatalogue, readProject } from '../project/read-project.ts'
import { checkConnection } from './deploy-hosts.ts'
import { describeEvent } from './deploy-report.ts'

/** The project's folder on a machine. */
export function rootOf({ deployPath }: Inputs, project: Project): string {
  return deployPath === '' ? `/opt/nself/${stackName(project)}` : deployPath
}

/** What of the inputs no log may show. */
export function connectionSecrets({ key, passphrase, proxy, registryPassword }: Inputs): string[] {
  const keys = [key, proxy?.key ?? ''].flatMap((text) => text.split('\n').map((line) => line.trim()))
  return [...keys, passphrase, proxy?.passphrase ?? '', registryPassword].filter((text) => text.length >= 6 && !text.startsWith('-----'))
}

/** Who runs this, for whoever finds the lock taken. */
export function ownerOf({ outer }: Context): Record<string, string> {
  const { GITHUB_ACTOR: actor, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_SERVER_URL: server = 'https://github.com' } = outer
  return {
    by: actor ?? outer.USER ?? 'unknown',
    ...(repository === undefined || run === undefined ? {} : { run: `${server}/${repository}/actions/runs/${run}` }),
    ...(outer.GITHUB_SHA === undefined ? {} : { commit: outer.GITHUB_SHA }),
  }
}

/** The effects of waiting for a machine; every line is shown as it comes. */
export function waitingFor(host: string, { progress }: Context, secrets: readonly string[]): Waiting {
  return {
    sleep: (milliseconds) => sleep(milliseconds),
    now: () => performance.now(),
    onEvent: (event) => progress(redact(describeEvent(host, event), secrets)),
    progress: (line) => progress(redact(line, secrets)),
  }
}

/** A Docker configuration with the registry's login, for one run on the machine. */
export function dockerConfigOf({ registry, registryUsername, registryPassword }: Inputs): string {
  if (registryPassword === '') return ''
  const host = parseReference(`${registry}/x`).registry
  const auth = Buffer.from(`${registryUsername}:${registryPassword}`).toString('base64')
  return JSON.stringify({ auths: { [loginKey(host)]: { auth } } })
}

/** The project and what is missing to reach its machines; images and secrets do not matter here. */
export function remoteProject(context: Context): { project: Project | undefined; diagnostics: Diagnostic[]; secrets: string[] } {
  const { inputs } = context
  const { catalogue, diagnostics } = openCatalogue(context)
  const read = readProject(context, catalogue, inputs.environment)
  return {
    project: read.project,
    diagnostics: [...diagnostics, ...read.diagnostics.filter(({ severity }) => severity === 'error'), ...checkConnection(inputs)],
    secrets: [...read.secrets, ...connectionSecrets(inputs)],
  }
}
