import { compose, type Project } from './project.ts'
import { run } from './run.ts'

/** What the tests read of `docker inspect`. */
export interface Container {
  readonly Id: string
  readonly Config: { readonly Env: readonly string[]; readonly Healthcheck: { readonly Test: readonly string[] } }
  readonly State: { readonly Health: { readonly Status: string } }
  readonly HostConfig: {
    readonly Memory: number
    readonly NanoCpus: number
    readonly PidsLimit: number
    readonly ReadonlyRootfs: boolean
    readonly CapAdd: readonly string[] | null
    readonly CapDrop: readonly string[] | null
    readonly SecurityOpt: readonly string[] | null
    readonly Init: boolean | null
    readonly RestartPolicy: { readonly Name: string }
    readonly LogConfig: { readonly Type: string; readonly Config: Readonly<Record<string, string>> }
    readonly Tmpfs: Readonly<Record<string, string>> | null
  }
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>>
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>
  }
}

/** The containers of a service, stopped ones included. */
export async function containersOf(project: Project, service: string): Promise<Container[]> {
  const ids = (await compose(project, 'ps', '--all', '--quiet', service)).split('\n').filter(Boolean)
  return ids.length === 0 ? [] : (JSON.parse(await run('docker', ['inspect', ...ids])) as Container[])
}

/** The one container of a service. */
export async function containerOf(project: Project, service: string): Promise<Container> {
  const [container, ...others] = await containersOf(project, service)
  if (container === undefined || others.length > 0) throw new Error(`${service} has ${others.length + (container ? 1 : 0)} containers`)
  return container
}

/** The addresses of a service on the project's network, sorted. */
export async function addressesOf(project: Project, service: string): Promise<string[]> {
  const containers = await containersOf(project, service)
  return containers.map(({ NetworkSettings }) => NetworkSettings.Networks[`${project.name}_network`]?.IPAddress ?? '').sort()
}

/** Runs a program in a running container of the service. */
export function execute(project: Project, service: string, ...command: string[]): Promise<string> {
  return compose(project, 'exec', '-T', service, ...command)
}

/** The status that a service gets when it asks for a URL of the network, under another Host name if one is given. */
export async function statusFrom(project: Project, service: string, url: string, host = new URL(url).host): Promise<number> {
  const options = JSON.stringify({ agent: false, headers: { host } })
  const script = `require('http').get('${url}', ${options}, (answer) => console.log(answer.resume().statusCode))`
  return Number(await execute(project, service, 'node', '--input-type=commonjs', '--eval', script))
}
