import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { keptOf } from '../../../action/commands/deploy/kept-images.ts'
import { projectOf } from '../../support/project.ts'
import { bundle, bundleOf, digest } from './support.ts'

const base = `SSL_MODE=none
POSTGRES_ENABLED=false
SERVICES_ENABLED=true
`

const rowsOf = (table: string) =>
  Object.fromEntries(
    table
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([name = '', ...rest]) => [name, rest]),
  )
const services = (text: string) => rowsOf(bundleOf(base + text).files.get('services.tsv') as string)
const compose = (text: string, options = {}) => parse(bundleOf(base + text, options).files.get('compose.yml') as string)

describe('the class of a service', () => {
  it.each([
    ['CS_1=api:express-ts', 'roll'],
    ['CS_1=api:express-ts\nCS_1_PUBLIC=false', 'roll'],
    ['CS_1=api:grpc', 'roll'],
    ['CS_1=api:socketio-ts', 'roll'],
    ['CS_1=api:python', 'recreate'],
    ['CS_1=api:python\nCS_1_PUBLIC=true', 'roll'],
    ['CS_1=api:python\nCS_1_PUBLIC=true\nCS_1_OVERLAP=false', 'recreate'],
    ['CS_1=api:python\nCS_1_OVERLAP=true', 'overlap'],
    ['CS_1=api:python\nCS_1_OVERLAP=true\nCS_1_PUBLIC=true', 'roll'],
    ['CS_1=api:express-ts\nCS_1_OVERLAP=false', 'recreate'],
    ['CS_1=api:express-ts\nCS_1_VOLUMES=data:/data', 'static'],
    ['CS_1=api:express-ts\nCS_1_VOLUMES=data:/data:ro', 'roll'],
    ['CS_1=api:python\nCS_1_VOLUMES=data:/data\nCS_1_OVERLAP=true', 'static'],
  ])('%s', (text, expected) => {
    expect(services(text).api?.[0]).toBe(expected)
  })
})

describe('a deploy of some services', () => {
  const text = `${base}CS_1=api:express-ts\nCS_2=my_web:express-ts\nCS_3=new:express-ts\n`
  const running = [
    { name: 'api', image: `ghcr.io/acme/shop-api@${digest('c')}` },
    { name: 'my-web', image: `ghcr.io/acme/shop-my-web@${digest('d')}` },
  ]
  const imagesOf = (kept: Readonly<Record<string, string>>) =>
    Object.fromEntries(bundleOf(text, { kept }).manifest.services.map(({ name, image }) => [name, image.slice(-1)]))

  it('keeps the images of the others, and takes new services from the build', () => {
    const kept = keptOf(projectOf({ '.env': `BASE_DOMAIN=example.com\n${text}` }, { environment: 'production' }), ['api'], running)
    expect(Object.fromEntries(kept)).toEqual({ my_web: `ghcr.io/acme/shop-my-web@${digest('d')}` })
    expect(imagesOf(Object.fromEntries(kept))).toEqual({ api: 'a', 'my-web': 'd', new: 'a' })
  })
})

describe('services.tsv', () => {
  it('has one line per service, with what the agent must know', () => {
    const [serviceClass, hash, ...rest] = services('CS_1=my_api:express-ts:3001\nCS_1_REPLICAS=3\nCS_1_MIGRATE=node migrate.js')[
      'my-api'
    ] as string[]
    expect(serviceClass).toBe('roll')
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    expect(rest).toEqual(['3', '90', '30', '15', `ghcr.io/acme/shop-my-api@${digest('a')}`, '3001', 'docker', 'yes'])
  })

  it('gives sockets and streams longer to end', () => {
    expect(services('CS_1=a:socketio-ts\nCS_2=b:grpc\nCS_3=c:gin')).toMatchObject({
      a: { 4: '60' },
      b: { 4: '60' },
      c: { 4: '30' },
    })
  })

  it('has the core services, and nginx not among them', () => {
    const names = Object.entries(
      rowsOf(
        bundleOf(
          'SSL_MODE=none\nPOSTGRES_PASSWORD=x1\nHASURA_GRAPHQL_ADMIN_SECRET=y1\nJWT_SECRET=z1\nCS_1=a:gin\nCS_1_DATABASE=a_db',
        ).files.get('services.tsv') as string,
      ),
    )
    expect(names.map(([name, [serviceClass]]) => `${name} ${serviceClass}`)).toEqual([
      'a roll',
      'auth static',
      'hasura static',
      'postgres static',
      'postgres-init once',
    ])
  })
})

describe('compose.yml', () => {
  it('has a rolled service twice, everything else once, migrations behind a profile', () => {
    const { services: entries, name } = compose('CS_1=api:gin\nCS_1_MIGRATE=./migrate up\nCS_2=jobs:python')
    expect(name).toBe('shop-production')
    expect(Object.keys(entries)).toEqual(['redis', 'api-blue', 'api-green', 'api-migrate', 'jobs'])
    expect(entries['api-blue'].profiles).toEqual(['blue'])
    expect(entries['api-migrate']).toMatchObject({
      command: ['./migrate', 'up'],
      restart: 'no',
      profiles: ['migrate'],
      healthcheck: { disable: true },
    })
    expect(entries.jobs.profiles).toBeUndefined()
  })

  it('has the colours differ in nothing but their colour', () => {
    const { services: entries } = compose('CS_1=api:gin\nCS_1_ENV=KEY=v\nCS_1_REPLICAS=2')
    const without = ({ labels, profiles: _, ...rest }: { labels: Record<string, string>; profiles: unknown }) => ({
      ...rest,
      labels: { ...labels, 'nself.color': '' },
    })
    expect(without(entries['api-blue'])).toEqual(without(entries['api-green']))
    expect(entries['api-blue'].labels).toMatchObject({ 'nself.project': 'shop-production', 'nself.service': 'api', 'nself.color': 'blue' })
  })

  it('leaves out what only a working copy has', () => {
    const { services: entries } = compose('CS_1=api:express-ts\nCS_1_DEPENDS_ON=b\nCS_2=b:gin')
    expect(entries['api-blue']).not.toHaveProperty('build')
    expect(entries['api-blue']).not.toHaveProperty('ports')
    expect(entries['api-blue']).not.toHaveProperty('depends_on')
    expect(entries['api-blue'].image).toBe(`ghcr.io/acme/shop-api@${digest('a')}`)
  })

  it('leaves the names of a rolled service to nginx, and those of others to themselves', () => {
    const { services: entries } = compose('CS_1=my_api:gin\nCS_2=my_jobs:python')
    expect(entries['my-api-blue'].networks).toBeUndefined()
    expect(entries['my-jobs'].networks).toEqual({ default: { aliases: ['my_jobs'] } })
    const edge = parse(bundleOf(`${base}CS_1=my_api:gin\nCS_2=my_jobs:python`).files.get('edge.yml') as string)
    expect(edge.services.nginx.networks).toEqual({ default: { aliases: ['my-api', 'my_api'] } })
    expect(edge.services['my-api'].profiles).toEqual(['names'])
    expect(edge.services['my-api'].ports).toBeUndefined()
  })

  it('names volumes and networks explicitly, so that two environments share a host', () => {
    const file = compose('CS_1=api:gin\nCS_1_VOLUMES=data:/data')
    expect(file.volumes).toEqual({ data: { name: 'shop-production_data' } })
    expect(file.networks.default).toEqual({ name: 'shop-production_network', external: true })
  })

  it('keeps env files here and their values as references', () => {
    const result = bundleOf(`${base}CS_1=api:gin\nCS_1_ENV_FILE=api.env`, { serviceEnvFiles: { 'api.env': 'TOKEN=sup3rsecret\nPORT=1\n' } })
    const text = result.files.get('compose.yml') as string
    expect(parse(text).services['api-blue'].environment.TOKEN).toBe('${CS_1_FILE_TOKEN?}')
    expect(parse(text).services['api-blue'].environment.PORT).toBe('8001')
    expect(text).not.toContain('sup3rsecret')
    expect(result.env).toContain('CS_1_FILE_TOKEN="sup3rsecret"')
    expect(result.secrets).toContain('sup3rsecret')
  })
})

describe('hashes', () => {
  const hashes = (text: string, options = {}) => {
    const { manifest } = bundleOf(base + text, options)
    return Object.fromEntries(manifest.services.map(({ name, hash }) => [name, hash]))
  }
  const before = 'CS_1=a:gin\nCS_1_ENV=KEY=${SECRET}\nCS_2=b:gin\n'

  it.each([
    ['its image', before, { digests: { a: 'b' } }],
    ['a variable of its own', before, { outer: { SECRET: 'other' } }],
    ['its settings', `${before}CS_1_MEMORY=1G`, {}],
    ['its replicas', `${before}CS_1_REPLICAS=2`, {}],
    ['its migration', `${before}CS_1_MIGRATE=./m`, {}],
  ])('change with %s, and only those of that service', (_, text, options) => {
    const first = hashes(before, { outer: { SECRET: 'one' } })
    const second = hashes(text, { outer: { SECRET: 'one' }, ...options })
    expect(second.a).not.toBe(first.a)
    expect(second.b).toBe(first.b)
  })

  it('do not change with the commit, another service or a domain; the release does', () => {
    const first = bundleOf(base + before, { outer: { SECRET: 'one' }, commit: '1'.repeat(40) })
    const second = bundleOf(`${base}${before}CS_3=c:gin\n`, { outer: { SECRET: 'one' }, commit: '2'.repeat(40) })
    expect(second.manifest.services.filter(({ name }) => name !== 'c').map(({ hash }) => hash)).toEqual(
      first.manifest.services.map(({ hash }) => hash),
    )
    expect(second.manifest.edge.hash).toBe(first.manifest.edge.hash)
    expect(second.manifest.edgeHash).not.toBe(first.manifest.edgeHash)
    expect(second.id).not.toBe(first.id)
  })

  it('equal input gives equal bytes', () => {
    const make = () => bundleOf(base + before, { outer: { SECRET: 'one' } })
    expect(make()).toEqual(make())
    expect(make().id).toMatch(/^[0-9a-f]{12}$/)
  })
})

describe('secrets', () => {
  const all =
    'SSL_MODE=none\nPOSTGRES_PASSWORD=p@ss/word#1\nHASURA_GRAPHQL_ADMIN_SECRET=canary-admin\nJWT_SECRET=canary-jwt-secret\nREDIS_ENABLED=true\nREDIS_PASSWORD=r:1?canary\nCS_1=a:gin\nCS_1_ENV=STRIPE_KEY=${STRIPE_KEY}\n'

  it('are in .env, percent-encoded beside it where a URL holds them, and in no file of the release', () => {
    const { env, files, secrets } = bundleOf(all, { outer: { STRIPE_KEY: 'canary$stripe' } })
    expect(env).toContain('POSTGRES_PASSWORD="p@ss/word#1"\nPOSTGRES_PASSWORD_URLENCODED="p%40ss%2Fword%231"\n')
    expect(env).toContain('REDIS_PASSWORD_URLENCODED="r%3A1%3Fcanary"')
    expect(env).toContain('STRIPE_KEY="canary\\$stripe"')
    const values = ['p@ss/word#1', 'canary', 'p%40ss']
    for (const [path, text] of files) for (const value of values) expect(`${path}: ${text}`).not.toContain(value)
    expect(secrets).toEqual(
      expect.arrayContaining(['p@ss/word#1', 'canary-admin', 'canary-jwt-secret', 'r:1?canary', 'canary$stripe', 'p%40ss%2Fword%231']),
    )
  })

  it('holds no variable that nothing names', () => {
    expect(bundleOf(`${base}CS_1=a:gin\nUNUSED_SECRET=canary`).env).toBe('')
  })

  it('missing ones are named all at once, with the services that need them', () => {
    const { bundle: result, diagnostics } = bundle(
      'SSL_MODE=none\nMINIO_ENABLED=true\nCS_1=a:gin\nCS_1_ENV=STRIPE_KEY=${STRIPE_KEY}\nCS_2=b:gin\nCS_2_ENV=STRIPE_KEY=${STRIPE_KEY}',
    )
    expect(result).toBeUndefined()
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'NB803 HASURA_GRAPHQL_ADMIN_SECRET has no value; hasura, auth, a, b need it.',
      'NB803 POSTGRES_PASSWORD has no value; postgres, hasura, auth, a, b need it.',
      'NB803 STRIPE_KEY has no value; a, b need it.',
      'NB803 HASURA_JWT_KEY or JWT_SECRET has no value; hasura, auth, a, b need it.',
      'NB803 MINIO_ROOT_PASSWORD or S3_SECRET_KEY has no value; minio, a, b need it.',
    ])
  })

  it('an empty value is enough where a reference allows it, and not where it does not', () => {
    expect(bundle(`${base}CS_1=a:gin\nCS_1_ENV=X=\${X}\nX=`).diagnostics).toEqual([])
    expect(bundle(`${base}CS_1=a:gin\nCS_1_ENV=X=\${X:?needed}\nX=`).diagnostics.map(({ code }) => code)).toEqual(['NB803'])
  })
})

describe('what cannot be deployed', () => {
  const codes = (text: string, options = {}) => bundle(base + text, options).diagnostics.map(({ code, message }) => `${code} ${message}`)
  it.each([
    ['a service that was not built', 'CS_1=a:gin', { digestsText: undefined }, ['NB801 a has no image: there is no nself-digests.json.']],
    [
      'a service that the file lacks',
      'CS_1=a:gin',
      { digestsText: '{"version":1,"project":"shop","services":{}}' },
      ['NB801 a has no image in nself-digests.json.'],
    ],
    [
      'an image without a digest',
      'CS_1=a:gin\nCS_1_IMAGE=acme/a:1',
      {},
      ['NB801 a runs acme/a:1, which names no digest: tomorrow it may be another image.'],
    ],
    [
      'digests of another project',
      'CS_1=a:gin',
      { digestsText: '{"version":1,"project":"other","services":{}}' },
      ['NB802 nself-digests.json belongs to the project "other", not to shop.'],
    ],
    [
      'digests that are none',
      'CS_1=a:gin',
      { digestsText: '{"version":1,"project":"shop","services":{"a":{"image":"acme/a:1; rm -rf /"}}}' },
      ['NB802 nself-digests.json: the image of a is not registry/name@sha256:….'],
    ],
    ['a broken file', 'CS_1=a:gin', { digestsText: '{' }, ['NB802 nself-digests.json is not JSON.']],
    ['null', 'CS_1=a:gin', { digestsText: 'null' }, ['NB802 nself-digests.json is not a digests file of this version.']],
    [
      'a mount of the project',
      'CS_1=a:gin\nCS_1_VOLUMES=./conf:/conf:ro',
      {},
      ['NB804 CS_1_VOLUMES: ./conf is a path of the project, which is not on the host.'],
    ],
    [
      'development',
      'CS_1=a:gin',
      { environment: 'development' },
      ['NB806 The environment is development, which runs on the machine of whoever develops.'],
    ],
    [
      'beside an nself CLI',
      'CS_1=a:gin',
      { core: 'external' },
      ['NB806 core is external: an nself CLI runs nginx and the core services, and deploys them, too.'],
    ],
    [
      'without nginx',
      'CS_1=a:gin\nNGINX_ENABLED=false',
      {},
      ['NB806 NGINX_ENABLED is false, but nginx is what moves traffic to new containers.'],
    ],
    ['a name of a colour', 'CS_1=a:gin\nCS_2=a-blue:gin', {}, ['NB818 a-blue is what a deploy calls the containers of a.']],
    ['the name of nginx', 'CS_1=edge:gin', {}, ['NB818 edge is what a deploy calls the containers of nginx.']],
    [
      'a file with a strange name',
      'CS_1=a:gin',
      { own: { 'deploy/production/postgres/init/a b.sql': '' } },
      ['NB817 The name of "deploy/production/postgres/init/a b.sql" cannot be deployed.'],
    ],
    ['a missing env file', 'CS_1=a:gin\nCS_1_ENV_FILE=x.env', {}, ['NB809 CS_1_ENV_FILE: x.env does not exist.']],
  ] as const)('%s', (_, text, options, expected) => {
    expect(codes(text, options)).toEqual(expected)
  })

  // On nginx's own ports the public would reach the server that is there for other containers.
  it.each([
    ['custom', 'CS_1=a:gin:443', ['NB807']],
    ['custom', 'CS_1=a:gin:80\nCS_1_PUBLIC=false', ['NB807']],
    ['none', 'CS_1=a:gin:80', ['NB807']],
    ['none', 'CS_1=a:gin:443', []],
    ['custom', 'CS_1=a:gin:80\nCS_1_OVERLAP=false', []],
    ['custom', 'CS_1=a:gin:80\nCS_1_VOLUMES=data:/data', []],
  ])('a port that the public reaches: SSL_MODE=%s, %j: %j', (mode, service, expected) => {
    const { diagnostics } = bundle(`SSL_MODE=${mode}\nTRUSTED_PROXIES=10.0.0.1\nPOSTGRES_ENABLED=false\n${service}`)
    expect(diagnostics.map(({ code }) => code)).toEqual(expected)
  })

  it('takes an image with its digest as it is', () => {
    expect(bundleOf(`${base}CS_1=a:gin\nCS_1_IMAGE=acme/a@${digest('c')}`, { digestsText: undefined }).manifest.services[0]?.image).toBe(
      `acme/a@${digest('c')}`,
    )
  })
})

describe('domains of other environments', () => {
  const production = { environment: 'production', domains: new Map([['api.example.com', 'api']]) }
  const staging = { environment: 'staging', domains: new Map([['api.staging.example.com', 'api']]) }

  it('staging gives way to production', () => {
    const { diagnostics } = bundle(`${base}CS_1=api:gin::api.example.com`, { environment: 'staging', others: [production] })
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toContain(
      'NB805 staging would serve api.example.com, which is the domain of api in production.',
    )
  })

  it('production does not give way to staging', () => {
    expect(bundle(`${base}CS_1=api:gin::api.staging.example.com`, { others: [staging] }).diagnostics).toEqual([])
  })

  it('looks into hand-written files, too', () => {
    const own = { 'deploy/production/nginx/conf.d/old.conf': 'server { listen 80; server_name api.staging.example.com; }' }
    const result = bundle(`${base}CS_1=api:gin`, { others: [staging], own })
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['NB805'])
  })

  it('is content with names of its own', () => {
    expect(bundle(`${base}CS_1=api:gin::api`, { others: [staging] }).diagnostics).toEqual([])
  })
})

describe("nginx's files", () => {
  it('include each other by relative paths, so that a candidate tests itself', () => {
    const { files } = bundleOf(`${base}CS_1=api:gin`)
    for (const [path, text] of files)
      if (path.startsWith('edge/')) expect(`${path}: ${text}`).not.toMatch(/include\s+\/etc\/nginx\/(?!mime\.types)/)
    expect(files.get('edge/nginx.conf')).toContain('include sites/*.conf;')
  })

  it("take the user's own files of this environment along", () => {
    const own = {
      'deploy/production/nginx/custom/api.location.conf': 'client_max_body_size 1g;',
      'deploy/production/nginx/conf.d/more.conf': 'include /etc/nginx/includes/proxy.conf;',
    }
    const { files } = bundleOf(`${base}CS_1=api:gin`, { own })
    expect(files.get('edge/custom/api.location.conf')).toBe('client_max_body_size 1g;')
    expect(files.get('edge/conf.d/more.conf')).toBe('include includes/proxy.conf;')
  })

  it('switch by a file, per request', () => {
    const { files } = bundleOf(`${base}CS_1=my_api:gin:3000:api`)
    for (const path of ['edge/sites/cs-my_api.conf', 'edge/internal/my-api.conf'])
      expect(files.get(path)).toContain(
        'set $nself_live nself_my_api_blue;\n    if (-f /etc/nginx/nself/live/my-api.green) {\n        set $nself_live nself_my_api_green;\n    }',
      )
    expect(files.get('edge/upstreams/my-api-green.conf')).toContain('server my-api-green:3000 resolve max_fails=0;')
    expect(files.get('edge/internal/my-api.conf')).toContain('server_name my-api my_api;')
  })

  it('use the older form before nginx 1.27.3', () => {
    const { files } = bundleOf(`${base}NGINX_VERSION=1.26.3\nCS_1=api:gin:3000`)
    expect(files.get('edge/upstreams/api-blue.conf')).toContain("map '' $nself_api_blue {\n    default api-blue:3000;\n}")
    expect(files.get('edge/sites/cs-api.conf')).toContain('set $nself_live $nself_api_blue;')
    expect(files.get('edge/nginx.conf')).not.toContain('keepalive_min_timeout')
  })
})
