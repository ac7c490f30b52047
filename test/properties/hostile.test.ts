import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { hostileText, spelling, spellings } from '../support/hostile.ts'
import { directivesIn } from '../support/nginx.ts'
import { type Built, build, renderFiles, temporaryProject } from '../support/project.ts'

/**
 * A place where a user's text goes in. `env` writes an env file around it; `key` is the variable that holds it.
 * `arrives` finds the text in the parsed compose file again, where it may be any text.
 */
interface Field {
  readonly name: string
  readonly key: string
  readonly benign: string
  readonly env: (value: string) => string
  readonly arrives?: (compose: Compose) => unknown
  /** What the field's text is, given the variable's value. */
  readonly literal?: (value: string) => unknown
  /** Legal values of the field become keys, or switch parts of the files on and off. */
  readonly shapes?: boolean
}

interface Compose {
  readonly services: Readonly<Record<string, { environment: Record<string, string>; command: string[]; healthcheck: { test: string[] } }>>
}

const everything = 'PROJECT_NAME=shop\nREDIS_ENABLED=true\nMINIO_ENABLED=true\nMAILPIT_ENABLED=true\n'
const line = (name: string, benign: string, write: (value: string) => string, shapes = false): Field => ({
  name,
  key: 'CS_1',
  benign,
  env: (value) => `${everything}CS_1=${write(value)}\n`,
  shapes,
})
const modifier = (name: string, benign: string, more: Partial<Field> = {}): Field => ({
  name: `CS_N_${name}`,
  key: `CS_1_${name}`,
  benign,
  env: (value) => `${everything}CS_1=api:custom:3001\nCS_1_${name}=${value}\n`,
  ...more,
})
const setting = (name: string, benign: string, shapes = false): Field => ({
  name,
  key: name,
  benign,
  env: (value) => `${everything.replace(new RegExp(`^${name}=.*\n`, 'm'), '')}CS_1=api:custom:3001\n${name}=${value}\n`,
  shapes,
})

/** Undoes Compose's escaping of `$`. */
const unescaped = (text: unknown) => (typeof text === 'string' ? text.replaceAll('$$', '$') : text)
const words = (text: string) => text.trim().split(/\s+/)

const fields: readonly Field[] = [
  line('the name', 'api', (value) => (/^['"]/.test(value) ? `${value.slice(0, -1)}:custom${value.at(-1)}` : `${value}:custom`), true),
  line('the framework', 'custom', (value) => inside(value, (text) => `api:${text}`)),
  line('the port', '3001', (value) => inside(value, (text) => `api:custom:${text}`)),
  line('the route', 'api', (value) => inside(value, (text) => `api:custom:3001:${text}`)),
  modifier('MEMORY', '64M'),
  modifier('CPU', '1'),
  modifier('REPLICAS', '1', { shapes: true }),
  modifier('PUBLIC', 'true', { shapes: true }),
  modifier('DEV_DOMAIN', 'a.example.com'),
  modifier('PROD_DOMAIN', 'a.example.com'),
  modifier('HEALTHCHECK', '/up', { shapes: true }),
  modifier('RATE_LIMIT', '10'),
  modifier('TABLE_PREFIX', 'a_'),
  modifier('DATABASE', 'a'),
  modifier('REDIS_PREFIX', 'a:'),
  modifier('REDIS_DB', '1'),
  modifier('PORT', '3001'),
  modifier('ROUTE', 'api'),
  modifier('IMAGE', 'nginx'),
  modifier('PATH', 'apps/api'),
  modifier('DOCKERFILE', 'x/Dockerfile'),
  modifier('BUILD_TARGET', 'x'),
  modifier('COMMAND', 'run', { arrives: ({ services }) => services.api?.command.map(unescaped), literal: words }),
  modifier('ENV_FILE', 'a.env'),
  modifier('ENV_PASSTHROUGH', 'A', { shapes: true }),
  modifier('VOLUMES', './a:/a', { shapes: true }),
  modifier('DEPENDS_ON', 'postgres', { shapes: true }),
  modifier('NETWORKS', 'shop_a', { shapes: true }),
  modifier('WEBSOCKET', 'false', { shapes: true }),
  modifier('ENV', 'A=1', { shapes: true }),
  {
    name: 'a value of CS_N_ENV',
    key: 'CS_1_ENV',
    benign: '1',
    env: (value) => `${everything}CS_1=api:custom:3001\nCS_1_ENV=${inside(value, (text) => `VALUE=${text.replaceAll(',', '\\,')}`)}\n`,
    // References keep their meaning, in a form that Compose reads; the rest is text.
    arrives: ({ services }) => unescaped(services.api?.environment.VALUE?.replace(/\?CS_1_ENV refers to it\}/g, '}')),
    literal: (value) => value.slice('VALUE='.length).replaceAll('\\,', ','),
  },
  {
    name: 'a health check’s script',
    key: 'CS_1_HEALTHCHECK',
    benign: 'true',
    env: (value) => `${everything}CS_1=api:custom:3001\nCS_1_HEALTHCHECK=${inside(value, (text) => `CMD-SHELL x ${text}`)}\n`,
    arrives: ({ services }) => unescaped(services.api?.healthcheck.test[1]),
    literal: (value) => value.trim().slice('CMD-SHELL '.length),
  },
  setting('PROJECT_NAME', 'shop', true),
  setting('BASE_DOMAIN', 'example.com'),
  setting('SERVICES_ENABLED', 'true', true),
  setting('POSTGRES_DB', 'a'),
  setting('POSTGRES_USER', 'a'),
  setting('POSTGRES_VERSION', '17'),
  setting('POSTGRES_PORT', '5432'),
  setting('REDIS_VERSION', '7'),
  setting('HASURA_ROUTE', 'graphql'),
  setting('AUTH_ROUTE', 'login'),
  setting('STORAGE_ROUTE', 'files'),
  setting('MAIL_ROUTE', 'post'),
  setting('S3_BUCKET', 'bucket'),
  setting('NGINX_VERSION', '1.30-alpine'),
  setting('NGINX_PORT', '80'),
  setting('NGINX_BIND_IP', '127.0.0.1'),
  setting('NGINX_CLIENT_MAX_BODY_SIZE', '1m'),
  setting('TRUSTED_PROXIES', '10.0.0.0/8', true),
  setting('SSL_MODE', 'local', true),
]

/** Adds text inside a value's quotes. */
function inside(value: string, add: (text: string) => string): string {
  const mark = /^(['"]).*\1$/s.exec(value)?.[1]
  return mark === undefined ? add(value) : `${mark}${add(value.slice(1, -1))}${mark}`
}

/** Every path of keys in a document, such as `services.api.image`. */
function keysOf(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, `${path}[]`))
  return Object.entries(value).flatMap(([key, item]) => [`${path}.${key}`, ...keysOf(item, `${path}.${key}`)])
}

function composeIn(files: ReadonlyMap<string, string>, version: '1.1' | '1.2' = '1.2'): Compose {
  return parseYaml(files.get('docker-compose.yml') ?? '', { version })
}

const directivesOf = (files: ReadonlyMap<string, string>) =>
  [...files].flatMap(([path, text]) => (path.endsWith('.conf') ? directivesIn(text) : [])).sort()

function filesOf({ project, diagnostics }: Built): Map<string, string> {
  if (project === undefined) throw new Error(JSON.stringify(diagnostics))
  return renderFiles(project)
}

function expectRefused({ diagnostics }: Pick<Built, 'diagnostics'>): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  expect(errors).not.toEqual([])
  // What is not there has no place: a name that is missing, because its line could not be read or is empty.
  for (const { code, position, fix } of errors) {
    expect(position?.file ?? code).toMatch(/^(\.env\.dev|NB401)$/)
    expect(fix).not.toBe('')
  }
}

describe('hostile text is refused at its place, or arrives as the text it is', () => {
  it.each(fields)('$name', ({ key, benign, env, arrives, literal, shapes = false }) => {
    const expected = filesOf(build(env(benign)))
    fc.assert(
      fc.property(hostileText, spelling, (text, quotes) => {
        const built = build(env(spellings[quotes](text)))
        const { project, configuration } = built
        if (project === undefined) return expectRefused(built)
        const files = filesOf(built)
        const compose = composeIn(files)
        expect(composeIn(files, '1.1')).toEqual(compose)
        const value = configuration?.variables.entries.get(key)?.value ?? ''
        const isText = quotes === 'single' || !value.includes('$')
        if (arrives !== undefined && literal !== undefined && value.trim() !== '' && isText)
          expect(arrives(compose)).toEqual(literal(value))
        if (!shapes && value.trim() !== '') {
          expect(directivesOf(files)).toEqual(directivesOf(expected))
          const known = new Set(keysOf(composeIn(expected)))
          expect(keysOf(compose).filter((each) => !known.has(each))).toEqual([])
        }
        // Whatever was accepted stays in its place.
        expect(
          [...files.keys()].filter(
            (path) => !/^(docker-compose\.yml|docker-bake\.json|(nginx|postgres|services\/\.scaffold)\/[a-z0-9_./-]+)$/i.test(path),
          ),
        ).toEqual([])
        expect([...files.keys()].filter((path) => path.split('/').includes('..'))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('keys of CS_N_ENV', () => {
  it('are variable names, or refused', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const built = build(`PROJECT_NAME=shop\nCS_1=api:custom\nCS_1_ENV='${text.replaceAll("'", '')}=1'\n`)
        if (built.project === undefined) return expectRefused(built)
        const { environment } = composeIn(filesOf(built)).services.api ?? { environment: {} }
        expect(Object.keys(environment).filter((key) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))).toEqual([])
      }),
    )
  })
})

describe('what is no text, or too much of it', () => {
  const megabyte = 'x'.repeat(2 ** 20)
  it.each([
    { name: 'a line of a megabyte', content: `PROJECT_NAME=shop\nCS_1=api:custom\nCS_1_ENV=A=${megabyte.slice(200)}\n`, exitCode: 0 },
    {
      name: 'a quoted megabyte',
      content: `PROJECT_NAME=shop\nCS_1=api:custom\nCS_1_ENV="A=${'\\"'.repeat(2 ** 19 - 100)}"\n`,
      exitCode: 0,
    },
    { name: 'a megabyte that is never closed', content: `PROJECT_NAME="${megabyte.slice(200)}`, exitCode: 2 },
    { name: 'a megabyte in the place of a domain', content: `PROJECT_NAME=shop\nBASE_DOMAIN=${'.a'.repeat(2 ** 19 - 100)}`, exitCode: 2 },
    {
      name: 'a megabyte of dollars and braces',
      content: `PROJECT_NAME=shop\nCS_1=a:custom\nCS_1_ENV=A=${'${'.repeat(2 ** 18)}`,
      exitCode: 0,
    },
    { name: 'references in a chain of thousands', content: chain(20_000), exitCode: 2 },
    { name: 'half a million lines that are none', content: 'x\n'.repeat(2 ** 19), exitCode: 2 },
    { name: 'a hundred thousand bad keys', content: `PROJECT_NAME=shop\nCS_1=a:custom\nCS_1_ENV=${'a-=,'.repeat(2 ** 17)}`, exitCode: 2 },
    { name: 'a key a hundred thousand times', content: `PROJECT_NAME=shop\nCS_1=a:custom\nCS_1_ENV=${'A=,'.repeat(2 ** 18)}`, exitCode: 0 },
    { name: 'a hundred thousand references without a value', content: `PROJECT_NAME=${'$A'.repeat(2 ** 17)}`, exitCode: 2 },
    { name: 'more than a megabyte', content: `${megabyte}x`, exitCode: 2 },
    { name: 'a NUL byte', content: 'PROJECT_NAME=sh\0op', exitCode: 2 },
    { name: 'bytes that are not UTF-8', content: Buffer.from([0x50, 0x3d, 0xc3, 0x28]), exitCode: 2 },
  ])('$name', async ({ content, exitCode }) => {
    using project = temporaryProject({ '.env.dev': content })
    const result = await project.run('generate')
    expect(result.exitCode).toBe(exitCode)
    if (exitCode === 2) expectRefused(result)
  })

  it('two files that disagree about everything', async () => {
    const lines = (value: number) => Array.from({ length: 100_000 }, (_, index) => `A${index}=${value}\n`).join('')
    using project = temporaryProject({ '.env': `PROJECT_NAME=shop\n${lines(1)}`.slice(0, 2 ** 20), '.env.dev': lines(2).slice(0, 2 ** 20) })
    const { exitCode, diagnostics } = await project.run('generate')
    expect(exitCode).toBe(0)
    expect(diagnostics.filter(({ code }) => code === 'NB109')).toHaveLength(1000)
  })

  function chain(length: number): string {
    return ['X0=shop', ...Array.from({ length }, (_, step) => `X${step + 1}=\${X${step}}`), `PROJECT_NAME=\${X${length}}`].join('\n')
  }
})
