import { unknownTagNames } from '../images/tags.ts'
import { type InputDefinitions, type InputValues, insideProject, listOf, pairsOf } from './definition.ts'

const runnersOf = (value: string) => pairsOf(value, /^\s*([a-z0-9]+\/[a-z0-9]+(?:\/v\d+)?)=\s*(\S.*?)\s*$/)

/** What `plan` and `build` read. */
export const imageInputs = {
  services: {
    type: 'text',
    default: '',
    description:
      'Names of the services to plan, build or deploy, separated by commas; a deploy keeps the images of the others. Default: all.',
  },
  platforms: {
    type: 'text',
    default: '',
    description: 'Platforms of the images, such as `linux/amd64,linux/arm64`. Default: the one of this machine.',
    check: (value) =>
      listOf(value).every((platform) => /^[a-z0-9]+\/[a-z0-9]+(\/v\d+)?$/.test(platform))
        ? undefined
        : 'must look like linux/amd64,linux/arm64',
  },
  runners: {
    type: 'text',
    default: '',
    description:
      'Which runner builds which platform, for the matrix of `plan`, one `linux/arm64=ubuntu-24.04-arm` per line. Default: `ubuntu-latest`.',
    check: (value) => (runnersOf(value) === undefined ? 'must hold one platform=runner per line' : undefined),
  },
  tags: {
    type: 'text',
    default: '',
    description:
      'Further tags, one per line or comma, with `{sha}`, `{branch}`, `{environment}`, `{semver}`, `{major}`, `{minor}`: `{branch},{sha}`. One that names what a run does not have is left out.',
    check: (value) => {
      const [unknown] = unknownTagNames(value)
      return unknown === undefined ? undefined : `names {${unknown}}, which means nothing`
    },
  },
  'build-args': {
    type: 'text',
    default: '',
    description: 'Build arguments for every service, one `NAME=value` per line. Not for secrets.',
    check: (value) => (pairsOf(value) === undefined ? 'must hold one NAME=value per line' : undefined),
  },
  'build-secrets': {
    type: 'text',
    default: '',
    description:
      'Secrets for `RUN --mount=type=secret,id=…`, one `id=VARIABLE` per line. The value is that of VARIABLE in the env files, the `env` input or the environment of the step. They do not count as changes.',
    check: (value) => (pairsOf(value) === undefined ? 'must hold one id=VARIABLE per line' : undefined),
  },
  cache: {
    type: ['auto', 'gha', 'registry', 'local', 'inline', 'off'],
    default: 'auto',
    description:
      'Where layers are kept between runs. `auto`: `gha` in GitHub Actions, else `off`, since the builder has its own. `local`: the folder `cache-folder`.',
  },
  'cache-folder': {
    type: 'text',
    default: '.buildx-cache',
    description: 'Folder of `cache: local`, seen from the project. In GitHub Actions it is kept between runs.',
    check: insideProject,
  },
  'no-cache': { type: 'boolean', default: 'false', description: 'Build without any cache.' },
  pull: { type: 'boolean', default: 'false', description: 'Fetch base images again, even where the builder has them.' },
  provenance: { type: ['min', 'max', 'false'], default: 'min', description: 'Provenance attestation of the images.' },
  sbom: { type: 'boolean', default: 'false', description: 'Attach a software bill of materials to the images.' },
  builder: { type: 'text', default: '', description: 'Name of the buildx builder. Default: the current one.' },
  endpoint: {
    type: 'text',
    default: '',
    description:
      'Address of a BuildKit (`tcp://…`) or of a Docker host (`ssh://…`) to build on, instead of a builder by name; a builder is made there for the run.',
    check: (value) => (/^[a-z][a-z0-9+-]*:\/\/\S+$/.test(value) ? undefined : 'must look like tcp://host:1234 or ssh://user@host'),
  },
  'registry-username': { type: 'text', default: '', description: 'User of the registry. Default: what the Docker configuration knows.' },
  'registry-password': { type: 'text', secret: true, default: '', description: 'Password or token of the registry.' },
  'digests-file': {
    type: 'text',
    default: 'nself-digests.json',
    description:
      'Where `build` writes which image each service has, by digest. Beside it, the same as `CS_N_IMAGE=…` lines (`.env` appended).',
    check: insideProject,
  },
} as const satisfies InputDefinitions

export interface ImageInputs {
  readonly services: readonly string[]
  readonly platforms: readonly string[]
  readonly runners: Readonly<Record<string, string>>
  readonly tags: string
  readonly buildArgs: Readonly<Record<string, string>>
  readonly buildSecrets: Readonly<Record<string, string>>
  readonly cache: 'auto' | 'gha' | 'registry' | 'local' | 'inline' | 'off'
  readonly cacheFolder: string
  readonly noCache: boolean
  readonly pull: boolean
  readonly provenance: 'min' | 'max' | 'false'
  readonly sbom: boolean
  readonly builder: string
  readonly endpoint: string
  readonly registryUsername: string
  readonly registryPassword: string
  readonly digestsFile: string
}

export function readImageInputs({ text, raw, isTrue }: InputValues<keyof typeof imageInputs>): ImageInputs {
  return {
    services: listOf(text('services')),
    platforms: listOf(text('platforms')),
    runners: runnersOf(text('runners')) ?? {},
    tags: text('tags'),
    buildArgs: pairsOf(text('build-args')) ?? {},
    buildSecrets: pairsOf(text('build-secrets')) ?? {},
    cache: text('cache') as ImageInputs['cache'],
    cacheFolder: text('cache-folder'),
    noCache: isTrue('no-cache'),
    pull: isTrue('pull'),
    provenance: text('provenance') as ImageInputs['provenance'],
    sbom: isTrue('sbom'),
    builder: text('builder'),
    endpoint: text('endpoint'),
    registryUsername: text('registry-username'),
    registryPassword: raw('registry-password'),
    digestsFile: text('digests-file'),
  }
}
