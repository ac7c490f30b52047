import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectOf, renderFiles, tool } from '../../support/project.ts'

// biome-ignore lint/suspicious/noExplicitAny: the compose file as its reader sees it
type Compose = any

const examples = readdirSync(join(tool, 'examples')).filter((name) => /^\d/.test(name))

function render(name: string, environment = 'development') {
  const example = examples.find((each) => each.startsWith(name)) as string
  const text = readFileSync(join(tool, 'examples', example, '.env.dev'), 'utf8')
  const file = { development: '.env.dev', staging: '.env.staging', production: '.env.prod' }[environment] as string
  const project = projectOf({ [file]: text }, { environment })
  const files = renderFiles(project)
  const folder = environment === 'development' ? '' : `deploy/${environment}/`
  const compose: Compose = parse(files.get(`${folder}docker-compose.yml`) as string)
  const site = (service: string) => files.get(`${folder}nginx/sites/cs-${service}.conf`)
  return { project, compose, site, files, sql: files.get(`${folder}postgres/init/10-databases.sql`) as string }
}

/** What is where, as rows: path into the compose service → value. */
function expectService(compose: Compose, service: string, rows: Record<string, unknown>) {
  for (const [path, value] of Object.entries(rows)) {
    const found = path.split('/').reduce((node: Compose, key) => node?.[key], compose.services[service])
    expect.soft(found, `${service}: ${path}`).toEqual(value)
  }
}

const limits = 'deploy/resources/limits'

describe('example 1, simple API', () => {
  const { compose, site } = render('1')

  it('has every modifier where it belongs', () => {
    expectService(compose, 'api', {
      [`${limits}/memory`]: '512M',
      [`${limits}/cpus`]: '1',
      'environment/PORT': '3001',
      'environment/SERVICE_PORT': '3001',
      'environment/SERVICE_NAME': 'api',
      ports: ['127.0.0.1:3001:3001'],
      'build/context': './services/api',
    })
    expect(site('api')).toContain('server_name api.local.nself.org;')
    expect(site('api')).toMatch(/limit_req_zone \$nself_client zone=rate_api:10m rate=1000r\/m;/)
    expect(site('api')).toMatch(/limit_req zone=rate_api burst=200 nodelay;/)
  })
})

describe('example 2, microservices', () => {
  const { compose, site, sql, project } = render('2')

  it('has every modifier where it belongs', () => {
    expectService(compose, 'gateway', {
      [`${limits}/memory`]: '1G',
      [`${limits}/cpus`]: '2',
      'deploy/replicas': 2,
      ports: undefined,
      'environment/PORT': '3000',
    })
    expectService(compose, 'auth', {
      'environment/TABLE_PREFIX': 'auth_',
      'environment/REDIS_PREFIX': 'auth:',
      'environment/JWT_EXPIRES_IN': '3600',
      'environment/REFRESH_EXPIRES_IN': '86400',
    })
    expectService(compose, 'users', {
      'environment/TABLE_PREFIX': 'users_',
      'environment/REDIS_PREFIX': 'users:',
      'environment/REDIS_DB': '1',
    })
    expect(compose.services.users.environment.REDIS_URL).toMatch(/@?redis:6379\/1$/)
    expectService(compose, 'products', {
      'environment/TABLE_PREFIX': 'products_',
      [`${limits}/memory`]: '2G',
      'environment/CATALOG_SIZE': '10000',
      'environment/ENABLE_CACHE': 'true',
    })
    expectService(compose, 'orders', {
      'environment/TABLE_PREFIX': 'orders_',
      'environment/POSTGRES_DB': 'orders_db',
      'environment/PAYMENT_GATEWAY_URL': 'https://payment.example.com',
      'depends_on/postgres-init/condition': 'service_completed_successfully',
    })
    expect(compose.services.orders.environment.DATABASE_URL).toMatch(/@postgres:5432\/orders_db$/)
    expectService(compose, 'notifications', {
      'environment/REDIS_PREFIX': 'notifications:',
      'environment/EMAIL_PROVIDER': 'sendgrid',
      'environment/SMS_PROVIDER': 'twilio',
    })
    expectService(compose, 'analytics', { [`${limits}/memory`]: '4G', [`${limits}/cpus`]: '4', 'environment/TABLE_PREFIX': 'analytics_' })
    expectService(compose, 'webhooks', { 'environment/WEBHOOK_SECRET': '${WEBHOOK_SECRET?CS_8_ENV refers to it}' })
    expectService(compose, 'jobs', { 'environment/REDIS_PREFIX': 'jobs:', 'environment/REDIS_DB': '2' })
    expectService(compose, 'ml', {
      [`${limits}/memory`]: '4G',
      [`${limits}/cpus`]: '2',
      'environment/MODEL': 'gpt-4',
      'environment/OPENAI_API_KEY': '${OPENAI_API_KEY?CS_10_ENV refers to it}',
    })
    expect(sql).toContain('CREATE DATABASE "orders_db"')
    expect(site('gateway')).toContain('rate=5000r/m')
    expect(site('webhooks')).toContain('rate=100r/m')
  })

  it('serves full domains as they are, routes below the base domain, and workers not at all', () => {
    expect(site('gateway')).toContain('server_name api.myapp.com;')
    expect(site('webhooks')).toContain('server_name webhooks.myapp.com;')
    expect(site('ml')).toContain('server_name ai.myapp.com;')
    expect(site('users')).toContain('server_name users.local.nself.org;')
    expect(site('notifications')).toBeUndefined()
    expect(site('jobs')).toBeUndefined()
  })

  it('lets the service auth be the auth service', () => {
    expect(project.auth).toBeUndefined()
    expect(compose.services.users.environment.AUTH_URL).toBe('http://auth:3001')
    expect(compose.services.auth.build.context).toBe('./services/auth')
  })

  it('switches Redis on, because services need it', () => {
    expect(compose.services.redis).toBeDefined()
    expect(compose.services.users.depends_on.redis).toEqual({ condition: 'service_healthy' })
  })
})

describe('example 3, multi-tenant', () => {
  const { compose, site, sql } = render('3')

  it.each([1, 2, 3])('gives tenant %i its own prefix, keys, database and domain', (tenant) => {
    const service = `tenant${tenant}-api`
    expectService(compose, service, {
      'environment/TABLE_PREFIX': `t${tenant}_`,
      'environment/REDIS_PREFIX': `t${tenant}:`,
      'environment/POSTGRES_DB': `tenant${tenant}_db`,
    })
    expect(site(service)).toContain(`server_name tenant${tenant}.myapp.com;`)
    expect(sql).toContain(`CREATE DATABASE "tenant${tenant}_db"`)
  })

  it('keeps the shared services as they are declared', () => {
    expectService(compose, 'billing', { 'environment/STRIPE_SECRET_KEY': '${STRIPE_SECRET_KEY?CS_4_ENV refers to it}' })
    expectService(compose, 'admin', { 'environment/ADMIN_SECRET': '${ADMIN_SECRET?CS_5_ENV refers to it}' })
    expect(site('billing')).toBeUndefined()
    expect(site('admin')).toContain('server_name admin.myapp.com;')
  })
})

describe('example 4, event-driven', () => {
  const { compose, site } = render('4')

  it('keeps values with commas whole, and starts the event bus that a value names', () => {
    expectService(compose, 'api', { 'environment/EVENT_BUS': 'redis://redis:6379' })
    expectService(compose, 'order-processor', { 'environment/SUBSCRIBE_TO': 'order.created,order.updated' })
    expectService(compose, 'inventory-updater', { 'environment/SUBSCRIBE_TO': 'order.completed' })
    expectService(compose, 'email-sender', { 'environment/SUBSCRIBE_TO': 'user.registered,order.shipped' })
    expectService(compose, 'event-store', { 'environment/TABLE_PREFIX': 'events_', 'environment/RETENTION_DAYS': '90' })
    expect(compose.services.redis).toBeDefined()
    expect(['order-processor', 'inventory-updater', 'email-sender'].map(site)).toEqual([undefined, undefined, undefined])
  })
})

describe('example 5, development and production', () => {
  it('uses the development domains in development', () => {
    const { site } = render('5')
    expect(site('api')).toContain('server_name api.local.nself.org;')
    expect(site('worker')).toContain('server_name worker.local.nself.org;')
  })

  it('uses the production domains, sizes and replicas in production', () => {
    const { compose, site } = render('5', 'production')
    expect(site('api')).toContain('server_name api.production.com;')
    expect(site('worker')).toContain('server_name worker.production.com;')
    expectService(compose, 'api', {
      [`${limits}/memory`]: '4G',
      [`${limits}/cpus`]: '2',
      'deploy/replicas': 5,
      'environment/NODE_ENV': 'production',
      'environment/LOG_LEVEL': 'warn',
      'environment/ENABLE_METRICS': 'true',
      'environment/ENV': 'production',
      ports: undefined,
    })
    expectService(compose, 'worker', { [`${limits}/memory`]: '2G', 'deploy/replicas': 3 })
  })
})

describe('every example', () => {
  it.each(
    examples.flatMap((example) => ['development', 'staging', 'production'].map((environment) => [example, environment] as const)),
  )('%s renders for %s as recorded', async (example, environment) => {
    const { files } = render(example.slice(0, 1), environment)
    for (const [path, content] of files) {
      if (environment !== 'development' && !/docker-compose\.yml$|sites\//.test(path)) continue
      await expect(content).toMatchFileSnapshot(join(tool, 'test/golden', example, environment, path.replace(`deploy/${environment}/`, '')))
    }
  })
})
