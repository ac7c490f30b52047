import { type InputDefinitions, type InputValues, insideProject } from './definition.ts'

/** What every command reads: where the project is and how its configuration is to be understood. */
export const projectInputs = {
  environment: {
    type: 'text',
    default: '',
    description:
      'Environment: development, staging, production (or their short names), or a name of your own that reads `.env.<name>`. Default: `ENV` in the env files, else development.',
  },
  'working-directory': { type: 'text', default: '.', description: 'The project: the folder with the env files.' },
  env: {
    type: 'text',
    secret: true,
    default: '',
    description: 'Further variables as dotenv text, above all env files. The place for secrets in a workflow.',
  },
  'env-order': {
    type: ['v1', 'legacy'],
    default: 'v1',
    description:
      'Precedence of the env files. `v1`: `.env` is the lowest (nself 1.x). `legacy`: `.env` wins, and `.env.dev` lies under every environment (bash nself).',
  },
  core: {
    type: ['managed', 'external'],
    default: 'managed',
    description:
      '`managed`: the whole stack. `external`: an nself CLI runs the core services and nginx; only custom services and their sites are written.',
  },
  registry: {
    type: 'text',
    default: '',
    description: 'Registry and namespace before the image names, such as `ghcr.io/acme`.',
    check: (value) => (/^[A-Za-z0-9][\w.-]*(:\d+)?(\/[A-Za-z0-9][\w.-]*)*$/.test(value) ? undefined : 'must look like ghcr.io/acme'),
  },
  templates: {
    type: 'text',
    default: '',
    description: 'A folder of the project with templates of your own, one folder each.',
    check: insideProject,
  },
  force: {
    type: 'boolean',
    default: 'false',
    description:
      'Rewrite generated files that were edited by hand, and replace files of the same name that someone else wrote. `build`: build images that are there already.',
  },
  'on-conflict': {
    type: ['keep', 'markers'],
    default: 'keep',
    description:
      'What becomes of a scaffolded file that you and its template changed in the same lines. `keep`: it stays as it is, and every run says so. `markers`: both versions are written into it, for you to choose.',
  },
} as const satisfies InputDefinitions

export interface ProjectInputs {
  readonly environment: string | undefined
  readonly workingDirectory: string
  readonly env: string
  readonly envOrder: 'v1' | 'legacy'
  readonly core: 'managed' | 'external'
  readonly registry: string
  readonly templates: string
  readonly force: boolean
  readonly onConflict: 'keep' | 'markers'
}

export function readProjectInputs({ text, raw, isTrue }: InputValues<keyof typeof projectInputs>): ProjectInputs {
  return {
    environment: text('environment') || undefined,
    workingDirectory: text('working-directory'),
    env: raw('env'),
    envOrder: text('env-order') as ProjectInputs['envOrder'],
    core: text('core') as ProjectInputs['core'],
    registry: text('registry').toLowerCase(),
    templates: text('templates'),
    force: isTrue('force'),
    onConflict: text('on-conflict') as ProjectInputs['onConflict'],
  }
}
