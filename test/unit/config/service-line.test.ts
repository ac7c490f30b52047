import { describe, expect, it } from 'vitest'
import type { Template } from '../../../action/config/template.ts'
import { build, catalogue, projectOf, serviceOf, show } from '../../support/project.ts'

const findings = (line: string, options = {}) =>
  show(build(line, options).diagnostics.filter(({ code }) => code.startsWith('NB2') && !['NB208', 'NB216', 'NB218'].includes(code)))

describe('CS_N=name:framework[:port][:route]', () => {
  it.each([
    { name: 'name and framework', line: 'api:custom', service: { name: 'api', port: 8001, route: undefined } },
    { name: 'with a port', line: 'api:custom:3001', service: { name: 'api', port: 3001, route: undefined } },
    { name: 'with a port and a route', line: 'api:custom:3001:v1', service: { port: 3001, route: 'v1' } },
    { name: 'with a port and a domain', line: 'api:custom:3001:api.example.com', service: { port: 3001, domains: ['api.example.com'] } },
    { name: 'an empty port means automatic', line: 'web:express-ts::app', service: { name: 'web', port: 8001, route: 'app' } },
    { name: 'an empty port and an empty route', line: 'web:custom::', service: { port: 8001, route: undefined } },
    {
      name: 'white space around the fields',
      line: '"api : custom : 3001 : v1 "',
      service: { name: 'api', port: 3001, domains: ['v1.local.nself.org'] },
    },
    { name: 'hyphens', line: 'my-api:custom', service: { name: 'my-api', host: 'my-api' } },
    { name: 'underscores: a host name has none', line: 'api_v2:custom', service: { name: 'api_v2', host: 'api-v2' } },
    { name: 'a leading digit', line: '3d-render:custom', service: { name: '3d-render' } },
    { name: 'a word of a programming language', line: 'class:custom', service: { name: 'class' } },
    { name: 'a property that every object has', line: 'constructor:custom', service: { name: 'constructor' } },
    { name: 'a word of YAML', line: 'null:custom', service: { name: 'null' } },
    { name: '63 characters', line: `${'a'.repeat(63)}:custom`, service: { name: 'a'.repeat(63) } },
    { name: 'references', line: '${NAME}:custom:${PORT_OF_API:-3001}\nNAME=api', service: { name: 'api', port: 3001 } },
  ])('$name', ({ line, service }) => {
    expect(serviceOf(`CS_1=${line}`)).toMatchObject(service)
  })

  it.each([
    { name: 'upper case is lowered, with an info', line: 'CS_1=MyApi:custom', findings: ['NB203 .env.dev:1:6'] },
    { name: 'no framework', line: 'CS_1=api', findings: ['NB201 .env.dev:1:6'] },
    { name: 'an empty framework', line: 'CS_1=api::3001', findings: ['NB201 .env.dev:1:10'] },
    { name: 'a fifth field', line: 'CS_1=api:custom:3001:http://x', findings: ['NB201 .env.dev:1:26'] },
    { name: 'an empty name', line: 'CS_1=:custom', findings: ['NB202 .env.dev:1:6'] },
    { name: 'a path as a name', line: 'CS_1=../api:custom', findings: ['NB202 .env.dev:1:6'] },
    { name: 'two separators in a row', line: 'CS_1=a--b:custom', findings: ['NB202 .env.dev:1:6'] },
    { name: 'a separator at the end', line: 'CS_1=a-:custom', findings: ['NB202 .env.dev:1:6'] },
    { name: '64 characters', line: `CS_1=${'a'.repeat(64)}:custom`, findings: ['NB202 .env.dev:1:6'] },
    { name: 'a port that is no number', line: 'CS_1=api:custom:http', findings: ['NB209 .env.dev:1:17'] },
    { name: 'port 0', line: 'CS_1=api:custom:0', findings: ['NB209 .env.dev:1:17'] },
    { name: 'a port above 65535', line: 'CS_1=api:custom:65536', findings: ['NB209 .env.dev:1:17'] },
    { name: 'an unknown framework', line: 'CS_1=api:fastapy', findings: ['NB207 .env.dev:1:10'] },
    { name: 'several in one line', line: 'CS_1=a!:custom:x', findings: ['NB202 .env.dev:1:6', 'NB209 .env.dev:1:16'] },
    { name: 'a mistake behind a reference points at the value', line: 'N=api\nCS_1=${N}:custom:x', findings: ['NB209 .env.dev:2:6'] },
    { name: 'CS_0', line: 'CS_0=api:custom', findings: ['NB215 .env.dev:1:1'] },
    { name: 'CS_100', line: 'CS_100=api:custom', findings: ['NB215 .env.dev:1:1'] },
    { name: 'a leading zero', line: 'CS_01=api:custom', findings: ['NB215 .env.dev:1:1'] },
    { name: 'CS_99', line: 'CS_99=api:custom', findings: [] },
  ])('$name', ({ line, findings: expected }) => {
    expect(findings(line)).toEqual(expected)
  })

  it.each([
    'postgres',
    'redis',
    'hasura',
    'nginx',
    'minio',
    'mailpit',
    'acme',
    'postgres-init',
    'postgres_init',
    'Redis',
  ])('the name %s is reserved', (name) => {
    expect(findings(`CS_1=${name}:custom`)).toEqual(['NB204 .env.dev:1:6'])
  })

  it.each(['grafana', 'nself-admin', 'meilisearch'])('the name %s is reserved only beside an nself CLI', (name) => {
    expect(findings(`CS_1=${name}:custom`)).toEqual([])
    expect(findings(`CS_1=${name}:custom`, { core: 'external' })).toEqual(['NB204 .env.dev:1:6'])
  })

  it.each([
    { name: 'the same name', line: 'CS_1=api:custom\nCS_3=api:custom', message: 'CS_3: CS_1 is already named api.' },
    { name: 'another spelling of it', line: 'CS_1=api:custom\nCS_3=API:custom', message: 'CS_3: CS_1 is already named api.' },
    {
      name: 'the same host name',
      line: 'CS_1=my-api:custom\nCS_3=my_api:custom',
      message: 'CS_3: CS_1 is already named my-api, which is the same host name.',
    },
  ])('a duplicate is an error at the second that names the first: $name', ({ line, message }) => {
    const [finding] = build(line).diagnostics.filter(({ code }) => code === 'NB205')
    expect(finding).toMatchObject({ severity: 'error', message, position: { line: 2, column: 6 } })
  })

  it('N may have gaps, and its order is the order of the services', () => {
    const { services } = projectOf('CS_42=c:custom\nCS_2=a:custom\nCS_10=b:custom')
    expect(services.map(({ slot, name }) => `${slot} ${name}`)).toEqual(['2 a', '10 b', '42 c'])
  })

  it.each(['CS1', 'cs_1', 'CS1_MEMORY', 'cs_1_memory'])('%s is a slip, and does not go by in silence', (key) => {
    expect(show(build(`${key}=1`).diagnostics)).toContain('NB326 .env.dev:1:1')
  })

  it.each([
    'CUSTOM_SERVICES',
    'CUSTOM_SERVICE_1',
    'NESTJS_SERVICES',
    'BULLMQ_WORKERS',
    'GOLANG_SERVICES',
    'PYTHON_SERVICES',
  ])('the older spelling %s is named, not read', (key) => {
    expect(show(build(`${key}=api`).diagnostics)).toContain('NB329 .env.dev:1:1')
  })
})

describe('the fix says what to write', () => {
  it.each([
    { name: 'an unknown framework: the nearest names', line: 'api:fastapy', fix: 'Did you mean fastapi' },
    { name: 'a framework like no other', line: 'api:zzzzzzzz', fix: 'Use custom for code of your own.' },
    { name: 'a route in the place of a port', line: 'web:custom:app', fix: 'Leave the port empty: web:custom::app' },
    { name: 'a reserved name', line: 'redis:custom', fix: 'my-redis' },
  ])('$name', ({ line, fix }) => {
    expect(build(`CS_1=${line}`).diagnostics.find(({ severity }) => severity === 'error')?.fix).toContain(fix)
  })
})

describe('the framework', () => {
  /** The names of the specification, and those of both nself lines. */
  const aliases = {
    'express-ts': 'express js/express-ts ts/express Express-TS',
    'fastify-ts': 'fastify',
    'hono-ts': 'hono',
    'nest-ts': 'nest nestjs',
    'socketio-ts': 'socketio',
    'bullmq-ts': 'bullmq',
    'temporal-ts': 'temporal',
    'node-ts': 'node',
    'node-js': 'js/node-js',
    rust: 'actix actix-web rust/actix-web',
    ruby: 'rails',
    php: 'laravel',
    java: 'spring spring-boot java/spring-boot',
    csharp: 'aspnet dotnet',
    elixir: 'phoenix',
    kotlin: 'ktor',
    swift: 'vapor',
    cpp: 'oatpp',
    go: 'golang',
    'django-rest': 'django',
    fastapi: 'fastapi-py python-fastapi py/fastapi',
    custom: 'custom',
  }
  const rows = Object.entries(aliases).flatMap(([id, names]) => names.split(' ').map((framework) => ({ framework, id })))

  it.each(rows)('$framework is the template $id', ({ framework, id }) => {
    expect(serviceOf(`CS_1=svc:${framework}`).template.id).toBe(id)
  })

  const specification =
    'node-js node-ts express-js express-ts fastify-js fastify-ts nest-js nest-ts hono-js hono-ts socketio-js socketio-ts bullmq-js bullmq-ts temporal-js temporal-ts bun deno trpc flask fastapi django-rest celery ray agent-llm agent-data gin echo fiber grpc rust ruby sinatra php java csharp elixir kotlin swift cpp custom python go stripe-webhook'
  it.each(specification.split(' '))('%s, as the specification spells it, is a template', (id) => {
    expect(catalogue.find(id)?.id).toBe(id)
  })

  it('a template without files of its own is told, at the framework', () => {
    const template: Template = { ...serviceOf('CS_1=api:custom').template, id: 'blank', placeholder: 'custom' }
    const { diagnostics } = build('CS_1=api:blank', { catalogue: { find: () => template, all: () => [template] } })
    expect(show(diagnostics)).toContain('NB208 .env.dev:1:10')
  })
})
