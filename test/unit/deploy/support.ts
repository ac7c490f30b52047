import { openTemplates } from '../../../action/adapters/templates.ts'
import type { Diagnostic } from '../../../action/config/diagnostics.ts'
import { renderBundle } from '../../../action/deploy/release/bundle.ts'
import type { OtherDomains } from '../../../action/deploy/release/domains.ts'
import type { Bundle, DeployTarget } from '../../../action/deploy/release/types.ts'
import type { Probe } from '../../../action/deploy/remote/probe.ts'
import { createRenderer } from '../../../action/render/liquid.ts'
import { type BuildOptions, build, show, tool } from '../../support/project.ts'

const render = createRenderer(openTemplates(tool, tool, '').nginx())

export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`

export interface BundleOptions extends Omit<BuildOptions, 'environment'> {
  readonly environment?: string
  /** Service → the letter of its digest; every built service has `a`. */
  readonly digests?: Readonly<Record<string, string>>
  readonly digestsText?: string | undefined
  readonly own?: Readonly<Record<string, string>>
  readonly serviceEnvFiles?: Readonly<Record<string, string>>
  readonly others?: readonly OtherDomains[]
  readonly commit?: string
  readonly target?: DeployTarget
  /** Service → image that stays. */
  readonly kept?: Readonly<Record<string, string>>
}

/** A release of env files in memory, for production, with an image for every service. */
export function bundle(
  files: string | Readonly<Record<string, string>>,
  options: BundleOptions = {},
): { bundle?: Bundle; diagnostics: readonly Diagnostic[] } {
  const {
    environment = 'production',
    digests = {},
    own = {},
    serviceEnvFiles = {},
    others = [],
    commit = '',
    kept = {},
    target = 'hosts',
  } = options
  const texts = typeof files === 'string' ? { '.env': `PROJECT_NAME=shop\nBASE_DOMAIN=example.com\n${files}` } : files
  const { project, configuration, diagnostics } = build(texts, { ...options, environment })
  if (project === undefined || configuration === undefined) throw new Error(show(diagnostics).join('\n'))
  const services = Object.fromEntries(
    project.services
      .filter((service) => service.build !== undefined)
      .map(({ name, host, slot }) => [name, { slot, image: `ghcr.io/acme/shop-${host}@${digest(digests[name] ?? 'a')}` }]),
  )
  const text = 'digestsText' in options ? options.digestsText : JSON.stringify({ version: 1, project: project.name, services })
  return renderBundle({
    project,
    target,
    variables: configuration.variables,
    digests: { name: 'nself-digests.json', text },
    kept: new Map(Object.entries(kept)),
    render,
    handWritten: new Map(),
    own: new Map(Object.entries(own)),
    readEnvFile: (file) => (serviceEnvFiles[file] === undefined ? undefined : { text: serviceEnvFiles[file] }),
    others,
    commit,
  })
}

/** The release of env files that have no error; throws with the findings otherwise. */
export function bundleOf(files: string | Readonly<Record<string, string>>, options: BundleOptions = {}): Bundle {
  const result = bundle(files, options)
  if (result.bundle === undefined) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'))
  return result.bundle
}

/** What a machine says that has never seen a deploy. */
export const emptyProbe: Probe = {
  docker: '26.1.5',
  compose: '2.26.1',
  arch: 'amd64',
  liveRestore: true,
  freeKb: 1e7,
  freeInodes: 1e6,
  exists: false,
  writable: true,
  missing: [],
  current: '',
  previous: '',
  releases: [],
  manifest: null,
  secrets: [],
  agents: [],
  containers: [],
  certificates: [],
  unknown: [],
  green: [],
  names: [],
  maintenance: false,
  edgeHash: '',
  locked: false,
  owner: null,
}
