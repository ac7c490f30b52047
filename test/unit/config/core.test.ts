import { describe, expect, it } from 'vitest'
import { coreServiceNames } from '../../../action/config/checks.ts'
import { nginxVersion } from '../../../action/config/core.ts'
import { databasesOf } from '../../../action/config/project.ts'
import { build, projectOf, renderFiles, show, withCode } from '../../support/project.ts'

describe('PROJECT_NAME', () => {
  it.each(['shop', 'my-shop', 'my_shop', '1shop', 'a__b', 'a--b', 'a'.repeat(40)])('%s is a name', (name) => {
    expect(projectOf(`PROJECT_NAME=${name}`).name).toBe(name)
  })

  it.each([
    { text: 'My Shop', fix: 'Write PROJECT_NAME=my-shop.' },
    { text: '../shop', fix: 'Write PROJECT_NAME=shop.' },
    { text: 'shop_', fix: 'Write PROJECT_NAME=shop.' },
    { text: 'a_-b', fix: 'Write PROJECT_NAME=a-b.' },
    { text: 'a___b', fix: 'Write PROJECT_NAME=a-b.' },
    { text: 'a'.repeat(41), fix: `Write PROJECT_NAME=${'a'.repeat(40)}.` },
    { text: 'ü', fix: 'Write PROJECT_NAME=myapp.' },
  ])('$text is none: images and networks could not be named after it. $fix', ({ text, fix }) => {
    const [finding] = withCode(build(`PROJECT_NAME=${text}`).diagnostics, 'NB402')
    expect(finding).toMatchObject({ fix, position: { line: 1, column: 14 } })
  })

  it.each([{ text: '' }, { text: 'PROJECT_NAME=' }])('is required', ({ text }) => {
    expect(show(build({ '.env': `# PROJECT_NAME is missing\nPROJECT_NAME=\n${text}` }).diagnostics)).toContain('NB401')
  })
})

describe('BASE_DOMAIN', () => {
  it.each([
    { name: 'in development it has a default', text: '', environment: 'dev', domain: 'local.nself.org', findings: [] },
    { name: 'elsewhere its absence is a warning', text: '', environment: 'staging', domain: 'local.nself.org', findings: ['NB404'] },
    { name: 'upper case is lowered', text: 'BASE_DOMAIN=Shop.ORG', environment: 'prod', domain: 'shop.org', findings: [] },
    { name: 'localhost', text: 'BASE_DOMAIN=localhost', environment: 'dev', domain: 'localhost', findings: [] },
    { name: 'with a scheme', text: 'BASE_DOMAIN=https://shop.org', environment: 'prod', domain: undefined, findings: ['NB403 .env:1:13'] },
    { name: 'with a port', text: 'BASE_DOMAIN=localhost:8080', environment: 'dev', domain: undefined, findings: ['NB403 .env:1:13'] },
    {
      name: 'too long for a service’s name before it',
      text: `BASE_DOMAIN=${'a.'.repeat(110)}org`,
      environment: 'dev',
      domain: undefined,
      findings: ['NB403 .env:1:13'],
    },
  ])('$name', ({ text, environment, domain, findings }) => {
    const { project, diagnostics } = build({ '.env': text }, { environment })
    expect(project?.baseDomain).toBe(domain)
    expect(show(withCode(diagnostics, 'NB403', 'NB404'))).toEqual(findings)
  })

  it('a numeric one costs no core service its site', () => {
    const project = projectOf('BASE_DOMAIN=127.0.0.1')
    expect(project.coreSites.map(({ domain }) => domain)).toEqual(['api.127.0.0.1', 'auth.127.0.0.1'])
  })
})

describe('SERVICES_ENABLED', () => {
  it.each([
    { name: 'true', text: 'SERVICES_ENABLED=true\nCS_1=api:custom', services: 1, findings: [] },
    { name: 'unset means on, with an info', text: 'CS_1=api:custom', services: 1, findings: ['NB216'] },
    { name: 'unset without services says nothing', text: '', services: 0, findings: [] },
    {
      name: 'false switches services off, and says so',
      text: 'SERVICES_ENABLED=false\nCS_1=api:custom',
      services: 0,
      findings: ['NB217 .env.dev:1:1'],
    },
    { name: 'false says nothing without services', text: 'SERVICES_ENABLED=false', services: 0, findings: [] },
    {
      name: 'false: mistakes in what is switched off stop nothing',
      text: 'SERVICES_ENABLED=false\nCS_1=api:nonsense\nCS_1_MEMORY=x',
      services: 0,
      findings: ['NB217 .env.dev:1:1'],
    },
  ])('$name', ({ text, services, findings }) => {
    const { project, diagnostics } = build(text)
    expect(project?.services).toHaveLength(services)
    expect(show(withCode(diagnostics, 'NB216', 'NB217'))).toEqual(findings)
  })

  it('no boolean is an error', () => {
    expect(show(build('SERVICES_ENABLED=perhaps').diagnostics)).toContain('NB407 .env.dev:1:18')
  })
})

describe('what is switched on', () => {
  it.each([
    { name: 'by default', text: '', core: 'postgres hasura auth' },
    {
      name: 'everything',
      text: 'REDIS_ENABLED=true\nMINIO_ENABLED=true\nMAILPIT_ENABLED=true',
      core: 'postgres redis hasura auth minio mailpit',
    },
    { name: 'STORAGE_ENABLED is MINIO_ENABLED', text: 'STORAGE_ENABLED=true', core: 'postgres hasura auth minio' },
    { name: 'without Postgres, what keeps its state there is off, too', text: 'POSTGRES_ENABLED=false', core: '' },
    { name: 'nothing', text: 'POSTGRES_ENABLED=false\nNGINX_ENABLED=false', core: '' },
    { name: 'REDIS_DB switches Redis on', text: 'CS_1=a:custom\nCS_1_REDIS_DB=0', core: 'postgres redis hasura auth' },
    { name: 'REDIS_PREFIX switches Redis on', text: 'CS_1=a:custom\nCS_1_REDIS_PREFIX=a:', core: 'postgres redis hasura auth' },
    {
      name: 'an address of Redis in CS_N_ENV switches it on',
      text: 'CS_1=a:custom\nCS_1_ENV=BUS=redis://redis:6379',
      core: 'postgres redis hasura auth',
    },
    {
      name: 'an address of another Redis does not',
      text: 'CS_1=a:custom\nCS_1_ENV=BUS=redis://redis.example.com:6379',
      core: 'postgres hasura auth',
    },
    { name: 'a service named auth replaces the core auth service', text: 'CS_1=auth:custom', core: 'postgres hasura' },
  ])('$name', ({ text, core }) => {
    expect(coreServiceNames(projectOf(text)).join(' ')).toBe(core)
  })

  it('mail that never leaves the machine is for development', () => {
    const { project } = build({ '.env': 'MAILPIT_ENABLED=true' }, { environment: 'staging' })
    expect(project?.mailpit).toBeUndefined()
  })

  it('a template that needs Redis switches it on', () => {
    const template = { ...projectOf('CS_1=a:custom').services[0]?.template, needs: ['redis'] }
    const { project } = build('CS_1=a:needy', { catalogue: { find: () => template as never, all: () => [] } })
    expect(project?.redis).toBeDefined()
  })

  it('REDIS_DB lands in REDIS_URL', () => {
    const compose = renderFiles(projectOf('CS_1=a:custom\nCS_1_REDIS_DB=3')).get('docker-compose.yml')
    expect(compose).toMatch(/REDIS_URL: "redis:\/\/.*redis:6379\/3"/)
  })

  it('the user’s auth service is the one that others are pointed at', () => {
    const compose = renderFiles(projectOf('CS_1=auth:custom:3001\nCS_2=b:custom')).get('docker-compose.yml')
    expect(compose).toContain('AUTH_URL: "http://auth:3001"')
  })
})

describe('off, but needed: an error at the switch', () => {
  it.each([
    {
      name: 'Redis, by REDIS_DB',
      text: 'REDIS_ENABLED=false\nCS_1=a:custom\nCS_1_REDIS_DB=1',
      finding: 'NB405 .env.dev:1:15',
      needer: 'CS_1_REDIS_DB',
    },
    {
      name: 'Redis, by REDIS_PREFIX',
      text: 'REDIS_ENABLED=no\nCS_1=a:custom\nCS_1_REDIS_PREFIX=x',
      finding: 'NB405 .env.dev:1:15',
      needer: 'CS_1_REDIS_PREFIX',
    },
    {
      name: 'Redis, by an address',
      text: 'REDIS_ENABLED=false\nCS_1=a:custom\nCS_1_ENV=A=redis://redis',
      finding: 'NB405 .env.dev:1:15',
      needer: 'CS_1_ENV',
    },
    {
      name: 'Postgres, by DATABASE',
      text: 'POSTGRES_ENABLED=false\nCS_1=a:custom\nCS_1_DATABASE=x',
      finding: 'NB406 .env.dev:1:18',
      needer: 'CS_1_DATABASE',
    },
    {
      name: 'Postgres, by TABLE_PREFIX',
      text: 'POSTGRES_ENABLED=false\nCS_1=a:custom\nCS_1_TABLE_PREFIX=x_',
      finding: 'NB406 .env.dev:1:18',
      needer: 'CS_1_TABLE_PREFIX',
    },
    {
      name: 'Postgres, by Hasura',
      text: 'POSTGRES_ENABLED=false\nHASURA_ENABLED=true',
      finding: 'NB411 .env.dev:2:16',
      needer: 'HASURA_ENABLED',
    },
    {
      name: 'Postgres, by auth',
      text: 'POSTGRES_ENABLED=false\nAUTH_ENABLED=true',
      finding: 'NB411 .env.dev:2:14',
      needer: 'AUTH_ENABLED',
    },
    { name: 'two services named auth', text: 'AUTH_ENABLED=true\nCS_1=auth:custom', finding: 'NB206 .env.dev:2:6', needer: 'CS_1' },
  ])('$name', ({ text, finding, needer }) => {
    const found = build(text).diagnostics.find((diagnostic) => show([diagnostic])[0] === finding)
    expect(found).toMatchObject({ severity: 'error', message: expect.stringContaining(needer) })
  })

  it('a bad switch is told once, however many ask for it', () => {
    expect(show(withCode(build('CS_1=auth:custom\nAUTH_ENABLED=maybe').diagnostics, 'NB407'))).toEqual(['NB407 .env.dev:2:14'])
  })
})

describe('settings of core services', () => {
  it.each([
    {
      name: 'the database is named after the project',
      text: 'PROJECT_NAME=my-shop',
      expected: { postgres: { database: 'my-shop', user: 'postgres' } },
    },
    { name: 'POSTGRES_DB and POSTGRES_USER', text: 'POSTGRES_DB=x\nPOSTGRES_USER=y', expected: { postgres: { database: 'x', user: 'y' } } },
    { name: 'versions', text: 'POSTGRES_VERSION=17-alpine', expected: { postgres: { image: 'postgres:17-alpine' } } },
    { name: 'ports on the host', text: 'POSTGRES_PORT=5433', expected: { postgres: { publishedPort: 5433 } } },
    {
      name: 'nginx listens on this machine in development',
      text: '',
      expected: { nginx: { bind: '127.0.0.1', httpPort: 80, httpsPort: 443 } },
    },
    {
      name: 'nginx by both names of its ports',
      text: 'NGINX_PORT=8081\nNGINX_SSL_PORT=8443',
      expected: { nginx: { httpPort: 8081, httpsPort: 8443 } },
    },
    { name: 'the size of a request', text: 'NGINX_CLIENT_MAX_BODY_SIZE=1G', expected: { nginx: { clientMaxBodySize: '1g' } } },
    {
      name: 'trusted proxies',
      text: 'TRUSTED_PROXIES=10.0.0.0/8, fd00::/8 127.0.0.1',
      expected: { nginx: { trustedProxies: ['10.0.0.0/8', 'fd00::/8', '127.0.0.1'] } },
    },
    { name: 'no trusted proxies', text: '', expected: { nginx: { trustedProxies: [] } } },
    { name: 'TLS in development', text: '', expected: { tls: 'local' } },
    { name: 'SSL_MODE', text: 'SSL_MODE=None', expected: { tls: 'none' } },
    {
      name: 'the bucket is named after the project',
      text: 'PROJECT_NAME=my_shop\nMINIO_ENABLED=true',
      expected: { minio: { bucket: 'my-shop-storage' } },
    },
  ])('$name', ({ text, expected }) => {
    expect(projectOf(text)).toMatchObject(expected)
  })

  it('outside development nginx listens everywhere, with certificates of Let’s Encrypt', () => {
    const project = projectOf({ '.env': 'BASE_DOMAIN=shop.org' }, { environment: 'prod' })
    expect(project).toMatchObject({ tls: 'letsencrypt', nginx: { bind: '0.0.0.0' } })
  })

  it.each([
    'POSTGRES_PORT=0',
    'POSTGRES_USER=a b',
    'POSTGRES_DB=a"b',
    'POSTGRES_VERSION=16 alpine',
    'NGINX_BIND_IP=localhost',
    'NGINX_BIND_IP=1.2.3.256',
    'NGINX_CLIENT_MAX_BODY_SIZE=1T',
    'TRUSTED_PROXIES=example.com',
    'TRUSTED_PROXIES=beef',
    'TRUSTED_PROXIES=10.0.0.0/33',
    'TRUSTED_PROXIES=10.0.0.256',
    'TRUSTED_PROXIES=fd00::/129',
    'NGINX_ENABLED=perhaps',
  ])('%s is refused', (line) => {
    expect(show(build(line).diagnostics)).toContain(`NB407 .env.dev:1:${line.indexOf('=') + 2}`)
  })

  it('an unknown SSL_MODE is refused', () => {
    expect(show(build('SSL_MODE=on').diagnostics)).toContain('NB410 .env.dev:1:10')
  })

  it.each([
    { image: 'nginx:1.22.1', version: [1, 22, 1] },
    { image: 'nginx:1.30-alpine', version: [1, 30, 99] },
    { image: 'nginx:alpine', version: [1, 30, 0] },
  ])('$image is version $version', ({ image, version }) => {
    expect(nginxVersion(image)).toEqual(version)
  })
})

describe('databases', () => {
  it.each([
    {
      name: 'each once, sorted',
      text: 'CS_1=a:custom\nCS_1_DATABASE=z\nCS_2=b:custom\nCS_2_DATABASE=a\nCS_3=c:custom\nCS_3_DATABASE=z',
      databases: ['a', 'z'],
    },
    { name: 'not the one that Postgres makes itself', text: 'CS_1=a:custom\nCS_1_DATABASE=shop', databases: [] },
  ])('$name', ({ text, databases }) => {
    expect(databasesOf(projectOf(text))).toEqual(databases)
  })
})

describe('secrets that the stack needs', () => {
  it('each missing one is a warning in development, an info elsewhere', () => {
    const messages = (environment: string) =>
      withCode(build({ '.env': 'BASE_DOMAIN=a.org' }, { environment }).diagnostics, 'NB408').map(
        ({ severity, message }) => `${severity}: ${message}`,
      )
    expect(messages('dev')).toEqual([
      'warning: POSTGRES_PASSWORD is not set in any env file.',
      'warning: HASURA_GRAPHQL_ADMIN_SECRET is not set in any env file.',
      'warning: HASURA_JWT_KEY or JWT_SECRET is not set in any env file.',
    ])
    expect(messages('prod')[0]).toMatch(/^info: /)
  })

  it.each([
    { name: 'characters with a meaning in URLs', text: 'POSTGRES_PASSWORD=a/b@c', findings: ['NB409 .env.dev:1:1'] },
    { name: 'plain ones', text: 'POSTGRES_PASSWORD=abc', findings: [] },
    { name: 'with the encoded form beside it', text: 'POSTGRES_PASSWORD=a/b\nPOSTGRES_PASSWORD_URLENCODED=a%2Fb', findings: [] },
    { name: 'of a service that is off', text: 'REDIS_PASSWORD=a/b', findings: [] },
  ])('a password: $name', ({ text, findings }) => {
    expect(show(withCode(build(text).diagnostics, 'NB409'))).toEqual(findings)
  })
})
