import { describe, expect, it } from 'vitest'
import { nginxVersion } from '../../../action/config/core.ts'
import { serverNamesIn } from '../../../action/render/sites.ts'
import { projectOf, renderFiles, temporaryProject } from '../../support/project.ts'

const files = (env: string, options: Parameters<typeof projectOf>[1] = {}) =>
  renderFiles(projectOf({ '.env.dev': env, '.env.prod': env }, options))
const site = (env: string, options: Parameters<typeof projectOf>[1] = {}) => {
  const rendered = files(env, options)
  return rendered.get('nginx/sites/cs-api.conf') ?? rendered.get('deploy/production/nginx/sites/cs-api.conf') ?? ''
}

describe('the version of nginx decides the directives', () => {
  it.each([
    ['nginx:1.22', [1, 22, 99]],
    ['nginx:1.27.2-alpine', [1, 27, 2]],
    ['nginx:1.30-alpine', [1, 30, 99]],
    ['nginx:alpine', [1, 30, 0]],
    ['nginx:latest', [1, 30, 0]],
  ])('%s counts as %j', (image, version) => expect(nginxVersion(image)).toEqual(version))

  it('re-resolves upstreams by `resolve` where it exists, by a variable before', () => {
    expect(site('CS_1=api:gin:3001')).toContain('server api:3001 resolve')
    expect(site('CS_1=api:gin:3001\nNGINX_VERSION=1.27.2')).toContain('set $upstream api:3001;')
    expect(site('CS_1=api:gin:3001\nNGINX_VERSION=1.27.3')).toContain('server api:3001 resolve')
  })

  it('writes http2 in the way that the version knows', () => {
    expect(files('CS_1=api:gin').get('nginx/nginx.conf')).toContain('http2 on;')
    expect(files('CS_1=api:gin\nNGINX_VERSION=1.22').get('nginx/nginx.conf')).not.toContain('http2 on;')
    expect(site('CS_1=api:gin\nNGINX_VERSION=1.22')).toContain('listen 443 ssl http2;')
  })
})

describe('TLS', () => {
  it.each([
    ['local', { https: true, redirect: false, acme: false }],
    ['custom', { https: true, redirect: true, acme: false }],
    ['letsencrypt', { https: true, redirect: true, acme: true }],
    ['none', { https: false, redirect: false, acme: false }],
  ])('SSL_MODE=%s gives %j', (mode, { https, redirect, acme }) => {
    const text = site(`CS_1=api:gin\nSSL_MODE=${mode}`)
    expect(text.includes('listen 443')).toBe(https)
    expect(text.includes('return 308 https://$host$request_uri;')).toBe(redirect)
    expect(text.includes('include /etc/nginx/includes/acme.conf;')).toBe(acme)
  })

  it('is local in development and letsencrypt in production, where alone HSTS is sent', () => {
    expect(projectOf('CS_1=api:gin').tls).toBe('local')
    const production = files('CS_1=api:gin', { environment: 'production' })
    expect(production.get('deploy/production/nginx/includes/headers.conf')).toContain('Strict-Transport-Security')
    expect(files('CS_1=api:gin').get('nginx/includes/headers.conf')).not.toContain('Strict-Transport-Security')
  })

  it('chooses a certificate of its own for each domain outside the base domain', () => {
    const shared = files('CS_1=api:gin::api.other.com\nCS_2=web:gin::web').get('nginx/includes/shared.conf') as string
    expect(shared).toContain('default local-nself-org;')
    expect(shared).toContain('api.other.com api-other-com;')
    expect(shared).not.toContain('web.local.nself.org')
  })
})

describe('what users may set per service', () => {
  it('the size of a body', () => {
    expect(site('CS_1=api:gin\nCS_1_BODY_SIZE=2M')).toContain('client_max_body_size 2m;')
    expect(site('CS_1=api:gin')).not.toContain('client_max_body_size')
  })

  it.each([
    ['CS_1=api:gin', ''],
    ['CS_1=api:gin\nCS_1_TIMEOUT=5m', 'proxy_read_timeout 300s;'],
    ['CS_1=api:gin\nCS_1_WEBSOCKET=true', 'proxy_read_timeout 1h;'],
    ['CS_1=api:gin\nCS_1_WEBSOCKET=true\nCS_1_TIMEOUT=90', 'proxy_read_timeout 90s;'],
    ['CS_1=api:grpc:50051', 'grpc_read_timeout 1h;'],
    ['CS_1=api:grpc:50051\nCS_1_TIMEOUT=2h', 'grpc_read_timeout 7200s;'],
  ])('the time to wait: %j gives %j', (env, directive) => {
    const text = site(env)
    expect(text.includes('_read_timeout')).toBe(directive !== '')
    expect(text).toContain(directive)
  })
})

describe('HTTP/3', () => {
  const http3 = (env: string, environment: string) => site(env, { environment }).includes('listen 443 quic;')

  it.each([
    ['', 'production', true],
    ['SSL_MODE=custom', 'production', true],
    ['SSL_MODE=none', 'production', false],
    ['NGINX_HTTP3=false', 'production', false],
    ['NGINX_VERSION=1.22', 'production', false],
    ['NGINX_VERSION=1.25.0', 'production', false],
    ['', 'development', false],
  ])('%j in %s: %j', (env, environment, expected) => {
    expect(http3(`CS_1=api:gin\n${env}`, environment)).toBe(expected)
    const compose = [...files(`CS_1=api:gin\n${env}`, { environment })].find(([path]) => path.endsWith('docker-compose.yml'))?.[1] ?? ''
    expect(compose.includes(':443/udp')).toBe(expected)
  })
})

describe('issued certificates', () => {
  const list = (env: string) =>
    files(`BASE_DOMAIN=shop.org\nHASURA_ENABLED=false\nAUTH_ENABLED=false\n${env}`, { environment: 'production' })
      .get('deploy/production/nginx/acme/certificates.tsv')
      ?.split('\n')
      .filter((line) => !line.startsWith('#'))

  it('are one per name, so that one refused name hurts no other', () => {
    expect(list('CS_1=api:gin::api,shop.example.com\nCS_2=web:gin::web')).toEqual([
      'api-shop-org\tapi.shop.org',
      'shop-example-com\tshop.example.com',
      'web-shop-org\tweb.shop.org',
      '',
    ])
  })

  it('share a wildcard where DNS proves it', () => {
    expect(list('ACME_DNS_PROVIDER=exec\nCS_1=api:gin::api,shop.org,a.b\nCS_2=web:gin::web,shop.example.com')).toEqual([
      'a-b-shop-org\ta.b.shop.org',
      'shop-example-com\tshop.example.com',
      'shop-org\t*.shop.org,shop.org',
      '',
    ])
  })

  it('are only asked for with SSL_MODE=letsencrypt', () => expect(list('SSL_MODE=custom\nCS_1=api:gin')).toBeUndefined())
})

describe('rate limits', () => {
  it.each([
    ['100', 'rate=100r/m', 'burst=20'],
    ['10r/m', 'rate=10r/m', 'burst=5'],
    ['50r/s', 'rate=50r/s', 'burst=10'],
  ])('CS_1_RATE_LIMIT=%s is %s with %s', (limit, rate, burst) => {
    const text = site(`CS_1=api:gin\nCS_1_RATE_LIMIT=${limit}`)
    expect(text).toContain(rate)
    expect(text).toContain(`${burst} nodelay`)
  })
})

describe('gRPC', () => {
  it('is passed on as gRPC', () => expect(site('CS_1=api:grpc:50051')).toContain('grpc_pass grpc://upstream_api;'))
})

describe('hand-written files', () => {
  it.each([
    ['server { server_name a.b c.d; }', ['a.b', 'c.d']],
    ['server_name a.b;\n# server_name x.y;\nserver_name  c.d ;', ['a.b', 'c.d']],
    ['server_name _;', []],
    ['my_server_name a.b;', []],
  ])('%j serves %j', (text, names) => expect(serverNamesIn(text)).toEqual(names))

  it('take their names away from the generated site, with a notice', async () => {
    using project = temporaryProject({
      '.env.dev': 'PROJECT_NAME=p\nCS_1=api:custom:3001:api,www\nCS_2=web:custom:3002:web\n',
      'nginx/conf.d/mine.conf': 'server { listen 80; server_name web.local.nself.org api.local.nself.org; }\n',
    })
    const { diagnostics } = await project.run('generate')
    expect(project.read('nginx/sites/cs-api.conf')).toContain('server_name www.local.nself.org;')
    expect(() => project.read('nginx/sites/cs-web.conf')).toThrow()
    expect(diagnostics.filter(({ code }) => code === 'NB509')).toHaveLength(2)
    expect(project.read('nginx/conf.d/mine.conf')).toContain('listen 80')
  })
})

describe('core: external', () => {
  const rendered = files('CS_1=api:gin:3001:api\nCS_1_DATABASE=a\nCS_1_RATE_LIMIT=60', { core: 'external' })

  it('writes only what an nself CLI does not have', () => {
    expect([...rendered.keys()]).toEqual([
      'docker-bake.json',
      'docker-compose.custom.yml',
      'nginx/sites/cs--shared.conf',
      'nginx/sites/cs-api.conf',
      'postgres/init/10-databases.sql',
      'services/.scaffold/compose',
    ])
  })

  it('uses nothing that only our own nginx.conf defines', () => {
    expect(rendered.get('nginx/sites/cs-api.conf')).not.toContain('/etc/nginx/includes/')
    expect(rendered.get('docker-compose.custom.yml')).toContain('external: true')
  })
})
