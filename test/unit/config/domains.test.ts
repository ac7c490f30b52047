import { describe, expect, it } from 'vitest'
import { type BuildOptions, build, projectOf, serviceOf, show } from '../../support/project.ts'

const inEnvironment = (text: string, environment: string): ReturnType<typeof serviceOf> =>
  serviceOf({ '.env': `BASE_DOMAIN=shop.org\n${text}` }, { environment })

describe('the domain of a route', () => {
  it.each([
    { name: 'without a route: the name', text: 'CS_1=api:custom', domains: ['api.shop.org'] },
    { name: 'without a route: underscores become hyphens', text: 'CS_1=my_api:custom', domains: ['my-api.shop.org'] },
    { name: 'a prefix', text: 'CS_1=svc:custom::api', domains: ['api.shop.org'] },
    { name: 'a prefix with a dot is no full domain', text: 'CS_1=svc:custom::api.v2', domains: ['api.v2.shop.org'] },
    { name: 'a full domain ends in two letters or more', text: 'CS_1=svc:custom::api.example.com', domains: ['api.example.com'] },
    { name: 'a short top-level domain', text: 'CS_1=svc:custom::api.example.io', domains: ['api.example.io'] },
    {
      name: 'several, the first is canonical',
      text: 'CS_1=svc:custom::api,api.v2,www.example.com',
      domains: ['api.shop.org', 'api.v2.shop.org', 'www.example.com'],
    },
    { name: 'one that is named twice counts once', text: 'CS_1=svc:custom::api,API', domains: ['api.shop.org'] },
    { name: 'upper case', text: 'CS_1=svc:custom::API.Example.COM', domains: ['api.example.com'] },
    { name: 'references', text: 'CS_1=svc:custom::api.${BASE_DOMAIN}', domains: ['api.shop.org'] },
    { name: 'ROUTE wins over the line', text: 'CS_1=svc:custom::api\nCS_1_ROUTE=v2', domains: ['v2.shop.org'] },
  ])('$name', ({ text, domains }) => {
    expect(inEnvironment(text, 'dev').domains).toEqual(domains)
  })

  it.each(['-a', 'a..b', 'a_b', 'a b', 'a/b', '*.a', 'a,', 'ä', `${'a'.repeat(64)}`])('%s is no route', (route) => {
    expect(show(build(`CS_1=svc:custom::${route}`).diagnostics)).toContainEqual(expect.stringMatching(/^NB212 \.env\.dev:1:(18|20)$/))
  })
})

describe('the domain of an environment', () => {
  const text = 'CS_1=svc:custom::api\nCS_1_DEV_DOMAIN=dev.org\nCS_1_STAGING_DOMAIN=staging.org,www.staging.org\nCS_1_PROD_DOMAIN=prod.org'
  it.each([
    { name: 'development: DEV_DOMAIN', text, environment: 'dev', domains: ['dev.org'] },
    { name: 'staging: STAGING_DOMAIN', text, environment: 'staging', domains: ['staging.org', 'www.staging.org'] },
    { name: 'production: PROD_DOMAIN', text, environment: 'prod', domains: ['prod.org'] },
    { name: 'an environment of your own: the route', text, environment: 'preview', domains: ['api.shop.org'] },
    {
      name: 'development without DEV_DOMAIN: the route',
      text: 'CS_1=svc:custom::api\nCS_1_PROD_DOMAIN=prod.org',
      environment: 'dev',
      domains: ['api.shop.org'],
    },
    {
      name: 'staging without STAGING_DOMAIN: the route',
      text: 'CS_1=svc:custom::api\nCS_1_PROD_DOMAIN=prod.org',
      environment: 'staging',
      domains: ['api.shop.org'],
    },
    {
      name: 'production without PROD_DOMAIN: the route',
      text: 'CS_1=svc:custom::api\nCS_1_DEV_DOMAIN=dev.org',
      environment: 'prod',
      domains: ['api.shop.org'],
    },
  ])('$name', ({ text: lines, environment, domains }) => {
    expect(inEnvironment(lines, environment).domains).toEqual(domains)
  })
})

describe('staging must not claim production’s name', () => {
  it.each([
    {
      name: 'a full domain without STAGING_DOMAIN warns',
      text: 'CS_1=svc:custom:3001:api.example.com',
      environment: 'staging',
      warns: true,
    },
    {
      name: 'with STAGING_DOMAIN it does not',
      text: 'CS_1=svc:custom:3001:api.example.com\nCS_1_STAGING_DOMAIN=s.example.com',
      environment: 'staging',
      warns: false,
    },
    { name: 'a prefix does not: it is below the base domain', text: 'CS_1=svc:custom:3001:api', environment: 'staging', warns: false },
    {
      name: 'an internal service does not',
      text: 'CS_1=svc:custom:3001:api.example.com\nCS_1_PUBLIC=false',
      environment: 'staging',
      warns: false,
    },
    { name: 'production does not', text: 'CS_1=svc:custom:3001:api.example.com', environment: 'prod', warns: false },
    { name: 'development does not', text: 'CS_1=svc:custom:3001:api.example.com', environment: 'dev', warns: false },
  ])('$name', ({ text, environment, warns }) => {
    const { diagnostics } = build({ '.env': `${text}\nBASE_DOMAIN=shop.org` }, { environment })
    const found = diagnostics.filter(({ code }) => code === 'NB214')
    expect(show(found)).toEqual(warns ? ['NB214 .env:1:22'] : [])
    if (warns) expect(found[0]).toMatchObject({ severity: 'warning', fix: 'Set CS_1_STAGING_DOMAIN=staging-api.example.com.' })
  })
})

describe('public or internal', () => {
  const kinds = { web: 'custom', worker: 'celery', grpc: 'grpc', websocket: 'socketio-ts' }
  it.each([
    { name: 'a web service is public', text: `CS_1=svc:${kinds.web}:3001`, isPublic: true },
    { name: 'a gRPC service is public', text: `CS_1=svc:${kinds.grpc}:3001`, isPublic: true },
    { name: 'a WebSocket service is public', text: `CS_1=svc:${kinds.websocket}:3001`, isPublic: true },
    { name: 'a worker is internal', text: `CS_1=svc:${kinds.worker}:3001`, isPublic: false },
    { name: 'a worker with a route is public', text: `CS_1=svc:${kinds.worker}:3001:jobs`, isPublic: true },
    { name: 'a worker with ROUTE is public', text: `CS_1=svc:${kinds.worker}:3001\nCS_1_ROUTE=jobs`, isPublic: true },
    {
      name: 'a worker with a domain in any environment is public',
      text: `CS_1=svc:${kinds.worker}:3001\nCS_1_PROD_DOMAIN=jobs.org`,
      isPublic: true,
    },
    { name: 'PUBLIC=true wins over the kind', text: `CS_1=svc:${kinds.worker}:3001\nCS_1_PUBLIC=true`, isPublic: true },
    { name: 'PUBLIC=false wins over the kind', text: `CS_1=svc:${kinds.web}:3001\nCS_1_PUBLIC=false`, isPublic: false },
    { name: 'PUBLIC=false wins over a route', text: `CS_1=svc:${kinds.web}:3001:api\nCS_1_PUBLIC=false`, isPublic: false },
  ])('$name', ({ text, isPublic }) => {
    expect(serviceOf(text).public).toBe(isPublic)
  })

  it.each([
    'python',
    'celery',
    'bullmq-js',
    'bullmq-ts',
    'temporal-js',
    'temporal-ts',
    'ray',
    'agent-data',
  ])('%s is a worker', (framework) => {
    expect(serviceOf(`CS_1=svc:${framework}`)).toMatchObject({ public: false, template: { kind: 'worker' } })
  })
})

describe('a domain twice', () => {
  it.each([
    { name: 'two routes: at the second', text: 'CS_1=a:custom::api\nCS_2=b:custom::api', findings: ['NB213 .env.dev:2:16'] },
    { name: 'a name and a route', text: 'CS_1=api:custom\nCS_2=b:custom::api', findings: ['NB213 .env.dev:2:16'] },
    { name: 'a route and a name', text: 'CS_1=a:custom::b\nCS_2=b:custom', findings: ['NB213 .env.dev:2:6'] },
    {
      name: 'by DEV_DOMAIN',
      text: 'CS_1=a:custom\nCS_1_DEV_DOMAIN=x.org\nCS_2=b:custom\nCS_2_DEV_DOMAIN=x.org',
      findings: ['NB213 .env.dev:4:17'],
    },
    {
      name: 'the second of a list',
      text: 'CS_1=a:custom\nCS_1_DEV_DOMAIN=x.org\nCS_2=b:custom\nCS_2_DEV_DOMAIN=y.org,x.org',
      findings: ['NB213 .env.dev:4:17'],
    },
    {
      name: 'only another environment’s',
      text: 'CS_1=a:custom\nCS_1_PROD_DOMAIN=x.org\nCS_2=b:custom\nCS_2_PROD_DOMAIN=x.org',
      findings: [],
    },
    { name: 'an internal service claims none', text: 'CS_1=a:custom::api\nCS_2=b:custom::api\nCS_2_PUBLIC=false', findings: [] },
  ])('$name', ({ text, findings }) => {
    const found = build(text).diagnostics.filter(({ code }) => code === 'NB213')
    expect(show(found)).toEqual(findings)
    if (found.length > 0) expect(found[0]?.message).toContain('CS_1')
  })
})

describe('core services give way', () => {
  const sitesOf = (text: string, options: BuildOptions = {}) =>
    Object.fromEntries(projectOf(text, options).coreSites.map(({ service, domain }) => [service, domain.replace('.local.nself.org', '')]))

  it.each([
    { name: 'where nobody else wants them', text: 'CS_1=svc:custom', sites: { hasura: 'api', auth: 'auth' } },
    { name: 'api to a service of that name', text: 'CS_1=api:custom', sites: { hasura: 'hasura', auth: 'auth' } },
    { name: 'auth to a route', text: 'CS_1=svc:custom::auth', sites: { hasura: 'api', auth: 'hasura-auth' } },
    { name: 'an internal service wants none', text: 'CS_1=api:custom\nCS_1_PUBLIC=false', sites: { hasura: 'api', auth: 'auth' } },
    { name: 'HASURA_ROUTE chooses', text: 'HASURA_ROUTE=graphql', sites: { hasura: 'graphql', auth: 'auth' } },
    {
      name: 'HASURA_ROUTE may be a full domain',
      text: 'HASURA_ROUTE=graphql.example.com',
      sites: { hasura: 'graphql.example.com', auth: 'auth' },
    },
    { name: 'one core service to another one’s choice', text: 'HASURA_ROUTE=auth', sites: { hasura: 'auth', auth: 'hasura-auth' } },
    {
      name: 'storage and mail',
      text: 'MINIO_ENABLED=true\nMAILPIT_ENABLED=true',
      sites: { hasura: 'api', auth: 'auth', minio: 'storage', mailpit: 'mail' },
    },
    { name: 'without a site where both of its names are taken', text: 'CS_1=api:custom\nCS_2=x:custom::hasura', sites: { auth: 'auth' } },
  ])('$name', ({ text, sites }) => {
    expect(sitesOf(text)).toEqual(sites)
  })

  it('an info says so', () => {
    const finding = build('CS_1=api:custom').diagnostics.find(({ code }) => code === 'NB218')
    expect(finding).toMatchObject({
      severity: 'info',
      message: 'api.local.nself.org goes to your service api, so hasura answers at hasura.local.nself.org.',
    })
  })

  it.each([
    { name: 'a service of yours', text: 'CS_1=api:custom\nHASURA_ROUTE=api', finding: 'NB219 .env.dev:2:14' },
    { name: 'another core service', text: 'HASURA_ROUTE=x\nAUTH_ROUTE=x', finding: 'NB219 .env.dev:2:12' },
  ])('a chosen route that belongs to $name is an error', ({ text, finding }) => {
    expect(show(build(text).diagnostics)).toContain(finding)
  })
})
