import { describe, expect, it } from 'vitest'
import { modifierNames } from '../../../action/config/modifiers.ts'
import type { Service } from '../../../action/config/project.ts'
import { build, projectOf, serviceOf, show } from '../../support/project.ts'

const withModifier = (name: string, value: string) => serviceOf(`CS_1=api:custom\nCS_1_${name}=${value}`)

describe('defaults', () => {
  it('of a service whose template says nothing else', () => {
    expect(serviceOf('CS_1=api:custom')).toMatchObject({
      memory: { text: '256M' },
      cpu: 0.25,
      replicas: 1,
      public: true,
      health: { kind: 'path', path: '/health' },
      rateLimit: undefined,
      websocket: false,
      image: 'shop-api',
      build: { context: 'services/api', dockerfile: 'Dockerfile' },
      dependsOn: [],
    })
  })

  it.each(['java', 'ray', 'agent-data'])('a template that cannot live in 256M declares its own: %s', (framework) => {
    expect(serviceOf(`CS_1=svc:${framework}`).memory.bytes).toBeGreaterThan(256 * 1024 ** 2)
  })

  it('a smaller explicit value than the template needs is a warning, and is obeyed', () => {
    const template = { ...serviceOf('CS_1=api:custom').template, minimumMemory: { text: '128M', bytes: 128 * 1024 ** 2 } }
    const { project, diagnostics } = build('CS_1=svc:big\nCS_1_MEMORY=64M', { catalogue: { find: () => template, all: () => [template] } })
    expect(show(diagnostics)).toContain('NB302 .env.dev:2:13')
    expect(project?.services[0]?.memory.text).toBe('64M')
  })
})

describe('values', () => {
  const mebibytes = (count: number) => count * 1024 ** 2
  it.each<{ name: string; value: string; service: object }>([
    { name: 'MEMORY', value: '512M', service: { memory: { text: '512M', bytes: mebibytes(512) } } },
    { name: 'MEMORY', value: '512m', service: { memory: { text: '512M' } } },
    { name: 'MEMORY', value: '512MB', service: { memory: { text: '512M' } } },
    { name: 'MEMORY', value: '512Mi', service: { memory: { text: '512M' } } },
    { name: 'MEMORY', value: '1G', service: { memory: { text: '1G', bytes: mebibytes(1024) } } },
    { name: 'MEMORY', value: '1.5Gi', service: { memory: { text: '1536M' } } },
    { name: 'MEMORY', value: '1024M', service: { memory: { text: '1G' } } },
    { name: 'MEMORY', value: '8192k', service: { memory: { text: '8M' } } },
    { name: 'CPU', value: '1', service: { cpu: 1 } },
    { name: 'CPU', value: '1.0', service: { cpu: 1 } },
    { name: 'CPU', value: '.5', service: { cpu: 0.5 } },
    { name: 'CPU', value: '0.125', service: { cpu: 0.125 } },
    { name: 'REPLICAS', value: '3', service: { replicas: 3, publishedPort: undefined } },
    { name: 'PUBLIC', value: 'false', service: { public: false } },
    { name: 'PUBLIC', value: 'No', service: { public: false } },
    { name: 'PUBLIC', value: '1', service: { public: true } },
    { name: 'DEV_DOMAIN', value: 'api.test.org', service: { domains: ['api.test.org'] } },
    { name: 'DEV_DOMAIN', value: 'B.org, a.org,b.org', service: { domains: ['b.org', 'a.org'] } },
    { name: 'HEALTHCHECK', value: '/up', service: { health: { kind: 'path', path: '/up' } } },
    { name: 'HEALTHCHECK', value: 'CMD test -f /tmp/up', service: { health: { kind: 'exec', argv: ['test', '-f', '/tmp/up'] } } },
    {
      name: 'HEALTHCHECK',
      value: 'CMD-SHELL test -f /tmp/up || exit 1',
      service: { health: { kind: 'shell', script: 'test -f /tmp/up || exit 1' } },
    },
    { name: 'HEALTHCHECK', value: "'CMD-SHELL test $PORT'", service: { health: { kind: 'shell', script: 'test $PORT' } } },
    { name: 'HEALTHCHECK', value: 'disabled', service: { health: { kind: 'disabled' } } },
    { name: 'HEALTHCHECK', value: 'none', service: { health: { kind: 'disabled' } } },
    { name: 'RATE_LIMIT', value: '100', service: { rateLimit: { count: 100, per: 'minute' } } },
    { name: 'RATE_LIMIT', value: '100r/m', service: { rateLimit: { count: 100, per: 'minute' } } },
    { name: 'RATE_LIMIT', value: '5r/s', service: { rateLimit: { count: 5, per: 'second' } } },
    { name: 'RATE_LIMIT', value: '100/minute', service: { rateLimit: { count: 100, per: 'minute' } } },
    { name: 'TABLE_PREFIX', value: 'api_', service: { tablePrefix: 'api_' } },
    { name: 'DATABASE', value: 'orders_db', service: { database: 'orders_db' } },
    { name: 'REDIS_PREFIX', value: 'api:', service: { redisPrefix: 'api:' } },
    { name: 'REDIS_DB', value: '0', service: { redisDatabase: 0 } },
    { name: 'REDIS_DB', value: '15', service: { redisDatabase: 15 } },
    { name: 'PORT', value: '4001', service: { port: 4001, publishedPort: 4001 } },
    { name: 'ROUTE', value: 'v1', service: { domains: ['v1.local.nself.org'] } },
    { name: 'IMAGE', value: 'ghcr.io/acme/api:1.2', service: { image: 'ghcr.io/acme/api:1.2', build: undefined } },
    { name: 'IMAGE', value: `acme/api@sha256:${'a'.repeat(64)}`, service: { build: undefined } },
    { name: 'PATH', value: './apps//api/', service: { build: { context: 'apps/api', dockerfile: 'Dockerfile' } } },
    {
      name: 'DOCKERFILE',
      value: 'docker/Dockerfile.dev',
      service: { build: { context: 'services/api', dockerfile: 'docker/Dockerfile.dev' } },
    },
    { name: 'BUILD_TARGET', value: 'runtime', service: { build: { target: 'runtime' } } },
    { name: 'COMMAND', value: 'node  server.js --port 1', service: { command: ['node', 'server.js', '--port', '1'] } },
    { name: 'ENV_FILE', value: 'a.env, config/b.env', service: { envFiles: ['a.env', 'config/b.env'] } },
    { name: 'ENV_PASSTHROUGH', value: 'API_KEY,SENTRY_DSN', service: { passthrough: ['API_KEY', 'SENTRY_DSN'] } },
    { name: 'VOLUMES', value: './data:/data,cache:/cache:ro', service: { volumes: ['./data:/data', 'cache:/cache:ro'] } },
    { name: 'DEPENDS_ON', value: 'postgres', service: { dependsOn: [{ name: 'postgres', condition: 'service_healthy' }] } },
    { name: 'DEPENDS_ON', value: 'postgres:started', service: { dependsOn: [{ name: 'postgres', condition: 'service_started' }] } },
    { name: 'NETWORKS', value: 'shop_tools', service: { networks: ['shop_tools'] } },
    { name: 'MIGRATE', value: 'node migrate.js  up', service: { migrate: ['node', 'migrate.js', 'up'] } },
    { name: 'OVERLAP', value: 'no', service: { overlap: false } },
    { name: 'WEBSOCKET', value: 'true', service: { websocket: true } },
    { name: 'BODY_SIZE', value: '2M', service: { bodySize: '2m' } },
    { name: 'BODY_SIZE', value: '0', service: { bodySize: '0' } },
    { name: 'TIMEOUT', value: '90', service: { timeout: 90 } },
    { name: 'TIMEOUT', value: '5m', service: { timeout: 300 } },
    { name: 'TIMEOUT', value: '24H', service: { timeout: 86_400 } },
    { name: 'ENV', value: 'A=1', service: { environment: [{ key: 'A', parts: [{ literal: '1' }] }] } },
  ])('$name=$value', ({ name, value, service }) => {
    expect(withModifier(name, value)).toMatchObject(service)
  })

  it('every modifier has a row above, or in the domains of the other environments', () => {
    const elsewhere = ['STAGING_DOMAIN', 'PROD_DOMAIN']
    const rows =
      'MEMORY CPU REPLICAS PUBLIC DEV_DOMAIN HEALTHCHECK RATE_LIMIT TABLE_PREFIX DATABASE REDIS_PREFIX REDIS_DB PORT ROUTE IMAGE PATH DOCKERFILE BUILD_TARGET COMMAND ENV_FILE ENV_PASSTHROUGH VOLUMES DEPENDS_ON NETWORKS WEBSOCKET BODY_SIZE TIMEOUT MIGRATE OVERLAP ENV'
    expect([...rows.split(' '), ...elsewhere].sort()).toEqual(modifierNames)
  })

  it('an empty modifier counts as not set', () => {
    expect(withModifier('MEMORY', '').memory.text).toBe('256M')
  })

  it('sizes may be references', () => {
    expect(serviceOf('SIZE=1G\nCS_1=api:custom\nCS_1_MEMORY=${SIZE}').memory.text).toBe('1G')
  })
})

describe('what is refused, at its character', () => {
  it.each([
    { name: 'MEMORY', value: '512', code: 'NB301', why: 'no unit' },
    { name: 'MEMORY', value: 'lots', code: 'NB301', why: 'no number' },
    { name: 'MEMORY', value: '1M', code: 'NB301', why: 'less than Docker accepts' },
    { name: 'MEMORY', value: '9999T', code: 'NB301', why: 'more than there is' },
    { name: 'MEMORY', value: '-1G', code: 'NB301', why: 'negative' },
    { name: 'CPU', value: '0', code: 'NB303', why: 'nothing' },
    { name: 'CPU', value: '-1', code: 'NB303', why: 'negative' },
    { name: 'CPU', value: '500m', code: 'NB303', why: 'a unit' },
    { name: 'CPU', value: '1e3', code: 'NB303', why: 'an exponent' },
    { name: 'REPLICAS', value: '0', code: 'NB304', why: 'none' },
    { name: 'REPLICAS', value: '101', code: 'NB304', why: 'too many' },
    { name: 'REPLICAS', value: '1.5', code: 'NB304', why: 'no whole number' },
    { name: 'PUBLIC', value: 'maybe', code: 'NB305', why: 'no boolean' },
    { name: 'WEBSOCKET', value: 'ws', code: 'NB305', why: 'no boolean' },
    { name: 'BODY_SIZE', value: '1T', code: 'NB331', why: 'a unit that nginx does not know' },
    { name: 'TIMEOUT', value: '0', code: 'NB332', why: 'no time' },
    { name: 'TIMEOUT', value: '25h', code: 'NB332', why: 'more than a day' },
    { name: 'TIMEOUT', value: '500ms', code: 'NB332', why: 'a unit that is too small' },
    { name: 'DEV_DOMAIN', value: 'https://a.org', code: 'NB212', why: 'a scheme' },
    { name: 'DEV_DOMAIN', value: '*.a.org', code: 'NB212', why: 'a wildcard' },
    { name: 'DEV_DOMAIN', value: 'include', code: 'NB212', why: 'no domain, but a directive of nginx' },
    { name: 'DEV_DOMAIN', value: 'a.org, b_c.org', code: 'NB212', why: 'the second of a list', column: 24 },
    { name: 'ROUTE', value: 'a.org,-b', code: 'NB212', why: 'the second of a list', column: 18 },
    { name: 'HEALTHCHECK', value: 'health', code: 'NB306', why: 'no leading slash' },
    { name: 'HEALTHCHECK', value: '/a b', code: 'NB306', why: 'white space' },
    { name: 'RATE_LIMIT', value: '0', code: 'NB307', why: 'none' },
    { name: 'RATE_LIMIT', value: '5r/h', code: 'NB307', why: 'an unknown period' },
    { name: 'TABLE_PREFIX', value: 'a-b_', code: 'NB308', why: 'a hyphen' },
    { name: 'DATABASE', value: '1db', code: 'NB309', why: 'a leading digit' },
    { name: 'DATABASE', value: 'template1', code: 'NB309', why: 'a database of Postgres itself' },
    { name: 'REDIS_PREFIX', value: 'a b', code: 'NB310', why: 'white space' },
    { name: 'REDIS_DB', value: '16', code: 'NB311', why: 'above 15' },
    { name: 'ENV', value: 'nothing', code: 'NB312', why: 'no KEY=' },
    { name: 'ENV', value: '1A=b', code: 'NB312', why: 'no variable name' },
    { name: 'ENV', value: 'API_SECRET=abcdefgh', code: 'NB313', why: 'a literal secret', column: 21 },
    { name: 'IMAGE', value: 'Acme/API', code: 'NB316', why: 'upper case' },
    { name: 'IMAGE', value: 'a;b', code: 'NB316', why: 'no reference' },
    { name: 'PATH', value: '/etc', code: 'NB317', why: 'absolute' },
    { name: 'PATH', value: 'a/../../b', code: 'NB317', why: 'leaves the project' },
    { name: 'PATH', value: 'x/.git/hooks', code: 'NB317', why: 'points into .git' },
    { name: 'DOCKERFILE', value: '../Dockerfile', code: 'NB317', why: 'leaves the project' },
    { name: 'ENV_FILE', value: 'a.env,/etc/passwd', code: 'NB317', why: 'the second of a list', column: 21 },
    { name: 'BUILD_TARGET', value: 'a b', code: 'NB318', why: 'white space' },
    { name: 'ENV_PASSTHROUGH', value: 'A,B-C', code: 'NB324', why: 'no variable name', column: 24 },
    { name: 'DEPENDS_ON', value: 'postgres:sometime', code: 'NB320', why: 'an unknown condition', column: 26 },
    { name: 'DEPENDS_ON', value: 'postgres:toString', code: 'NB320', why: 'a property that every object has', column: 26 },
    { name: 'DEPENDS_ON', value: 'nobody', code: 'NB320', why: 'no such service' },
    { name: 'DEPENDS_ON', value: 'api', code: 'NB320', why: 'itself' },
    { name: 'NETWORKS', value: 'host', code: 'NB322', why: 'not a network of the project' },
    { name: 'NETWORKS', value: 'shop_network', code: 'NB322', why: 'the network of every service' },
    { name: 'NETWORKS', value: 'a b', code: 'NB322', why: 'no network name' },
    { name: 'VOLUMES', value: '/etc:/etc', code: 'NB323', why: 'a source outside the project' },
    { name: 'VOLUMES', value: '~/x:/x', code: 'NB323', why: 'a home directory' },
    { name: 'VOLUMES', value: '../x:/x', code: 'NB323', why: 'leaves the project' },
    { name: 'VOLUMES', value: './x:/', code: 'NB323', why: 'mounts over everything', column: 18 },
    { name: 'VOLUMES', value: './x://.', code: 'NB323', why: 'mounts over everything, in disguise', column: 18 },
    { name: 'VOLUMES', value: './x:/x:rx', code: 'NB323', why: 'an unknown mode' },
    { name: 'PORT', value: '99999', code: 'NB209', why: 'above 65535' },
  ])('$name=$value: $why', ({ name, value, code, column }) => {
    const { diagnostics } = build(`CS_1=api:custom\nCS_1_${name}=${value}`)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    expect(errors.map((error) => error.code)).toEqual([code])
    expect(errors[0]?.fix).not.toBe('')
    if (column !== undefined) expect(errors[0]?.position).toMatchObject({ line: 2, column })
    else expect(errors[0]?.position).toMatchObject({ line: 2, column: `CS_1_${name}=`.length + 1 })
  })
})

describe('modifiers that say nothing', () => {
  it.each([
    {
      name: 'an unknown one, with the nearest name',
      text: 'CS_1=api:custom\nCS_1_MEMROY=1G',
      finding: 'NB326 .env.dev:2:1',
      fix: 'Did you mean MEMORY?',
    },
    { name: 'a lower-case one', text: 'CS_1=api:custom\nCS_1_memory=1G', finding: 'NB326 .env.dev:2:1', fix: 'Did you mean MEMORY?' },
    { name: 'one without its CS_N', text: 'CS_1=api:custom\nCS_2_MEMORY=1G', finding: 'NB327 .env.dev:2:1', fix: 'Define CS_2=' },
    {
      name: 'a rate limit of an internal service',
      text: 'CS_1=api:custom\nCS_1_PUBLIC=false\nCS_1_RATE_LIMIT=5',
      finding: 'NB328 .env.dev:3:1',
      fix: 'CS_1_PUBLIC=true',
    },
  ])('warning: $name', ({ text, finding, fix }) => {
    const found = build(text).diagnostics.find((diagnostic) => show([diagnostic])[0] === finding)
    expect(found).toMatchObject({ severity: 'warning', fix: expect.stringContaining(fix) })
  })

  it.each(['PATH=apps/api', 'DOCKERFILE=Dockerfile.x', 'BUILD_TARGET=x'])('an image and %s exclude each other', (line) => {
    expect(show(build(`CS_1=api:custom\nCS_1_IMAGE=nginx\nCS_1_${line}`).diagnostics)).toContain('NB325 .env.dev:3:1')
  })
})

describe('dependencies', () => {
  it.each<{ name: string; text: string; findings: string[] }>([
    {
      name: 'on another service, by name or host name',
      text: 'CS_1=my_api:custom\nCS_2=b:custom\nCS_2_DEPENDS_ON=my-api\nCS_3=c:custom\nCS_3_DEPENDS_ON=my_api',
      findings: [],
    },
    { name: 'a circle', text: 'CS_1=a:custom\nCS_1_DEPENDS_ON=b\nCS_2=b:custom\nCS_2_DEPENDS_ON=a', findings: ['NB321 .env.dev:2:17'] },
    {
      name: 'every circle',
      text: 'CS_1=a:custom\nCS_1_DEPENDS_ON=b\nCS_2=b:custom\nCS_2_DEPENDS_ON=a\nCS_3=c:custom\nCS_3_DEPENDS_ON=d\nCS_4=d:custom\nCS_4_DEPENDS_ON=c',
      findings: ['NB321 .env.dev:2:17', 'NB321 .env.dev:6:17'],
    },
    {
      name: 'healthy, on a service without a health check',
      text: 'CS_1=a:custom\nCS_1_HEALTHCHECK=disabled\nCS_2=b:custom\nCS_2_DEPENDS_ON=a',
      findings: ['NB320 .env.dev:4:17'],
    },
    {
      name: 'started, on a service without a health check',
      text: 'CS_1=a:custom\nCS_1_HEALTHCHECK=disabled\nCS_2=b:custom\nCS_2_DEPENDS_ON=a:started',
      findings: [],
    },
    { name: 'on a core service that is off', text: 'CS_1=a:custom\nCS_1_DEPENDS_ON=redis', findings: ['NB320 .env.dev:2:17'] },
  ])('$name', ({ text, findings }) => {
    expect(show(build(text).diagnostics.filter(({ code }) => code === 'NB320' || code === 'NB321'))).toEqual(findings)
  })
})

describe('images', () => {
  it.each<{ name: string; text: string; options: object; expected: Partial<Service> }>([
    {
      name: 'the registry goes before the name',
      text: 'CS_1=my_api:custom',
      options: { registry: 'ghcr.io/acme' },
      expected: { image: 'ghcr.io/acme/shop-my-api' },
    },
    {
      name: 'a context of your own need not have the template’s development stage',
      text: 'CS_1=api:express-ts\nCS_1_PATH=apps/api',
      options: {},
      expected: { build: { context: 'apps/api', dockerfile: 'Dockerfile', target: undefined, releaseTarget: undefined } },
    },
    {
      name: 'in development, the template’s development stage',
      text: 'CS_1=api:express-ts',
      options: {},
      expected: { build: { context: 'services/api', dockerfile: 'Dockerfile', target: 'dev', releaseTarget: undefined } },
    },
    {
      name: 'elsewhere, the last stage',
      text: 'CS_1=api:express-ts',
      options: { environment: 'prod' },
      expected: { build: { context: 'services/api', dockerfile: 'Dockerfile', target: undefined, releaseTarget: undefined } },
    },
  ])('$name', ({ text, options, expected }) => {
    expect(projectOf({ '.env': text }, options).services[0]).toMatchObject(expected)
  })
})
