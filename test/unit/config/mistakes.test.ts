import { spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Code } from '../../../action/config/codes.ts'
import type { Diagnostic } from '../../../action/config/diagnostics.ts'
import { projectOf, snapshot, type TemporaryProject, temporaryProject, tool } from '../../support/project.ts'

/** One mistake: the lines that make it, and where it has to be named. `line` counts within the row's own lines. */
interface Mistake {
  readonly name: string
  readonly text: string
  readonly code: Code
  readonly line?: number
  readonly column: number
  readonly fix: RegExp
}

/** The lines of `.env.dev`. The tool has to find every one of them in a single run. */
const mistakes: readonly Mistake[] = [
  // Lines of an env file
  { name: 'a line without an equals sign', text: 'PORT 3000', code: 'NB101', column: 1, fix: /KEY=value/ },
  { name: 'YAML', text: '  PORT: 3000', code: 'NB101', column: 3, fix: /PORT=/ },
  { name: 'text behind a closing quote', text: 'QUOTED="a" b', code: 'NB103', column: 12, fix: /quotes/ },
  { name: 'a control character', text: 'BELL=a\u0007b', code: 'NB104', column: 7, fix: /Remove/ },
  { name: 'a variable twice', text: 'TWICE=1\nTWICE=2', code: 'NB108', line: 2, column: 1, fix: /Keep one/ },
  { name: 'a variable that .env sets, too', text: 'SHARED=2', code: 'NB109', column: 1, fix: /one of them/ },
  {
    name: 'a variable that refers to itself',
    text: 'CIRCLE=${CIRCLE}\nCS_1=a${CIRCLE}:custom',
    code: 'NB110',
    column: 8,
    fix: /value of its own/,
  },
  { name: 'a reference without a value', text: 'CS_2=two:custom:${MISSING}', code: 'NB111', column: 17, fix: /Set MISSING=/ },
  {
    name: 'a reference that grows without bounds',
    text: `${growing()}\nCS_3=three:custom:$G20`,
    code: 'NB116',
    line: 22,
    column: 6,
    fix: /value itself/,
  },
  { name: 'a secret in a structural value', text: 'CS_4=four:custom:${API_TOKEN}', code: 'NB330', column: 18, fix: /CS_N_ENV/ },

  // CS_N lines
  { name: 'no framework', text: 'CS_5=five', code: 'NB201', column: 6, fix: /name:framework/ },
  { name: 'a fifth field', text: 'CS_6=six:custom:80:https://x.org', code: 'NB201', column: 25, fix: /name:framework/ },
  { name: 'a name that is none', text: 'CS_7=sev/en:custom', code: 'NB202', column: 6, fix: /lower-case/ },
  { name: 'a name in upper case', text: 'CS_8=Eight:custom', code: 'NB203', column: 6, fix: /eight/ },
  { name: 'a reserved name', text: 'CS_9=redis:custom', code: 'NB204', column: 6, fix: /my-redis/ },
  { name: 'a name twice', text: 'CS_10=eight:custom', code: 'NB205', column: 7, fix: /of its own/ },
  { name: 'a host name twice', text: 'CS_11=my-api:custom\nCS_12=my_api:custom', code: 'NB205', line: 2, column: 7, fix: /of its own/ },
  { name: 'two auth services', text: 'AUTH_ENABLED=true\nCS_13=auth:custom', code: 'NB206', line: 2, column: 7, fix: /AUTH_ENABLED=false/ },
  { name: 'an unknown framework', text: 'CS_14=fourteen:fastapy', code: 'NB207', column: 16, fix: /fastapi/ },
  { name: 'a route in the place of the port', text: 'CS_15=fifteen:custom:app', code: 'NB209', column: 22, fix: /fifteen:custom::app/ },
  { name: 'a port that is too high', text: 'CS_16=sixteen:custom:65536', code: 'NB209', column: 22, fix: /1 to 65535/ },
  {
    name: 'a port that is too low, by PORT',
    text: 'CS_17=seventeen:custom\nCS_17_PORT=0',
    code: 'NB209',
    line: 2,
    column: 12,
    fix: /1 to 65535/,
  },
  { name: 'a port twice', text: 'CS_18=c18:custom:3001\nCS_19=c19:custom:3001', code: 'NB210', line: 2, column: 18, fix: /of its own/ },
  {
    name: 'a port that another one’s automatic port was',
    text: 'CS_20=c20:custom\nCS_21=c21:custom:8020',
    code: 'NB211',
    line: 1,
    column: 7,
    fix: /Write the port/,
  },
  { name: 'a route that is none', text: 'CS_22=c22:custom::a_b', code: 'NB212', column: 19, fix: /prefix such as api/ },
  {
    name: 'a route that is none, by ROUTE',
    text: 'CS_23=c23:custom\nCS_23_ROUTE=ok,-b',
    code: 'NB212',
    line: 2,
    column: 16,
    fix: /prefix such as api/,
  },
  {
    name: 'a domain with a scheme',
    text: 'CS_24=c24:custom\nCS_24_DEV_DOMAIN=https://x.org',
    code: 'NB212',
    line: 2,
    column: 18,
    fix: /without scheme/,
  },
  {
    name: 'another environment’s domain with a path',
    text: 'CS_25=c25:custom\nCS_25_PROD_DOMAIN=x.org/y',
    code: 'NB212',
    line: 2,
    column: 19,
    fix: /without scheme/,
  },
  {
    name: 'a domain twice',
    text: 'CS_26=c26:custom::shop\nCS_27=c27:custom::shop',
    code: 'NB213',
    line: 2,
    column: 19,
    fix: /CS_N_PUBLIC=false/,
  },
  { name: 'N above 99', text: 'CS_100=c100:custom', code: 'NB215', column: 1, fix: /CS_99/ },
  { name: 'N with a leading zero', text: 'CS_07=c07:custom', code: 'NB215', column: 1, fix: /leading zeros/ },
  {
    name: 'a core service and yours in one place',
    text: 'MAILPIT_ENABLED=true\nMAIL_ROUTE=shop',
    code: 'NB219',
    line: 2,
    column: 12,
    fix: /another route/,
  },

  // CS_N_* modifiers
  { name: 'a size without a unit', text: 'CS_28=c28:custom\nCS_28_MEMORY=512', code: 'NB301', line: 2, column: 14, fix: /512M/ },
  { name: 'a size that is none', text: 'CS_29=c29:custom\nCS_29_MEMORY=plenty', code: 'NB301', line: 2, column: 14, fix: /512M/ },
  { name: 'a CPU count that is none', text: 'CS_30=c30:custom\nCS_30_CPU=500m', code: 'NB303', line: 2, column: 11, fix: /0\.5/ },
  { name: 'a replica count that is none', text: 'CS_31=c31:custom\nCS_31_REPLICAS=0', code: 'NB304', line: 2, column: 16, fix: /1 to 100/ },
  {
    name: 'a boolean that is none',
    text: 'CS_32=c32:custom\nCS_32_PUBLIC=maybe',
    code: 'NB305',
    line: 2,
    column: 14,
    fix: /true or false/,
  },
  {
    name: 'a health check that is none',
    text: 'CS_33=c33:custom\nCS_33_HEALTHCHECK=health',
    code: 'NB306',
    line: 2,
    column: 19,
    fix: /\/health/,
  },
  {
    name: 'a rate limit that is none',
    text: 'CS_34=c34:custom\nCS_34_RATE_LIMIT=5r/h',
    code: 'NB307',
    line: 2,
    column: 18,
    fix: /100r\/m/,
  },
  { name: 'a table prefix that is none', text: 'CS_35=c35:custom\nCS_35_TABLE_PREFIX=a-', code: 'NB308', line: 2, column: 20, fix: /api_/ },
  { name: 'a database that is none', text: 'CS_36=c36:custom\nCS_36_DATABASE=a;b', code: 'NB309', line: 2, column: 16, fix: /orders_db/ },
  { name: 'a Redis prefix that is none', text: 'CS_37=c37:custom\nCS_37_REDIS_PREFIX=a*', code: 'NB310', line: 2, column: 20, fix: /api:/ },
  {
    name: 'a Redis database that is none',
    text: 'CS_38=c38:custom\nCS_38_REDIS_DB=16',
    code: 'NB311',
    line: 2,
    column: 16,
    fix: /0 to 15/,
  },
  { name: 'an environment without KEY=', text: 'CS_39=c39:custom\nCS_39_ENV=debug', code: 'NB312', line: 2, column: 11, fix: /KEY=value/ },
  {
    name: 'an environment with a bad key',
    text: 'CS_40=c40:custom\nCS_40_ENV=A=1,B-C=2',
    code: 'NB312',
    line: 2,
    column: 15,
    fix: /letters, digits/,
  },
  {
    name: 'a literal secret',
    text: 'CS_41=c41:custom\nCS_41_ENV=DB_PASSWORD=hunter2hunter2',
    code: 'NB313',
    line: 2,
    column: 23,
    fix: /\.env\.secrets/,
  },
  {
    name: 'a key twice in one environment',
    text: 'CS_42=c42:custom\nCS_42_ENV=A=1,A=2',
    code: 'NB314',
    line: 2,
    column: 15,
    fix: /Keep one/,
  },
  {
    name: 'a reference without braces',
    text: 'CS_43=c43:custom\nCS_43_ENV=A=$SHARED',
    code: 'NB315',
    line: 2,
    column: 13,
    fix: /\$\{SHARED\}/,
  },
  { name: 'an image that is none', text: 'CS_44=c44:custom\nCS_44_IMAGE=Acme/API', code: 'NB316', line: 2, column: 13, fix: /lower case/ },
  { name: 'an absolute path', text: 'CS_45=c45:custom\nCS_45_PATH=/etc', code: 'NB317', line: 2, column: 12, fix: /inside the project/ },
  {
    name: 'a Dockerfile that leaves the project',
    text: 'CS_46=c46:custom\nCS_46_DOCKERFILE=../Dockerfile',
    code: 'NB317',
    line: 2,
    column: 18,
    fix: /inside the project/,
  },
  {
    name: 'the second env file of a list',
    text: 'CS_47=c47:custom\nCS_47_ENV_FILE=a.env,../b.env',
    code: 'NB317',
    line: 2,
    column: 22,
    fix: /inside the project/,
  },
  { name: 'a build stage that is none', text: 'CS_48=c48:custom\nCS_48_BUILD_TARGET=a b', code: 'NB318', line: 2, column: 20, fix: /AS/ },
  {
    name: 'a dependency on nobody',
    text: 'CS_49=c49:custom\nCS_49_DEPENDS_ON=nobody',
    code: 'NB320',
    line: 2,
    column: 18,
    fix: /The services are/,
  },
  { name: 'a dependency on itself', text: 'CS_50=c50:custom\nCS_50_DEPENDS_ON=c50', code: 'NB320', line: 2, column: 18, fix: /Remove/ },
  {
    name: 'a dependency with an unknown condition',
    text: 'CS_51=c51:custom\nCS_51_DEPENDS_ON=c18:soon',
    code: 'NB320',
    line: 2,
    column: 22,
    fix: /:started/,
  },
  {
    name: 'a dependency on a health check that is off',
    text: 'CS_52=c52:custom\nCS_52_HEALTHCHECK=off\nCS_53=c53:custom\nCS_53_DEPENDS_ON=c52',
    code: 'NB320',
    line: 4,
    column: 18,
    fix: /c52:started/,
  },
  {
    name: 'a circle of dependencies',
    text: 'CS_54=c54:custom\nCS_54_DEPENDS_ON=c55\nCS_55=c55:custom\nCS_55_DEPENDS_ON=c54',
    code: 'NB321',
    line: 2,
    column: 18,
    fix: /Remove one/,
  },
  {
    name: 'somebody else’s network',
    text: 'CS_56=c56:custom\nCS_56_NETWORKS=bridge',
    code: 'NB322',
    line: 2,
    column: 16,
    fix: /start with/,
  },
  { name: 'a network that is none', text: 'CS_57=c57:custom\nCS_57_NETWORKS=a b', code: 'NB322', line: 2, column: 16, fix: /networks/ },
  {
    name: 'a volume outside the project',
    text: 'CS_58=c58:custom\nCS_58_VOLUMES=/etc:/etc',
    code: 'NB323',
    line: 2,
    column: 15,
    fix: /source:\/target/,
  },
  {
    name: 'a volume over everything',
    text: 'CS_59=c59:custom\nCS_59_VOLUMES=data:/',
    code: 'NB323',
    line: 2,
    column: 20,
    fix: /source:\/target/,
  },
  {
    name: 'a passed-on name that is none',
    text: 'CS_60=c60:custom\nCS_60_ENV_PASSTHROUGH=A,B-C',
    code: 'NB324',
    line: 2,
    column: 25,
    fix: /API_KEY,SENTRY_DSN/,
  },
  {
    name: 'an image beside a build',
    text: 'CS_61=c61:custom\nCS_61_IMAGE=nginx\nCS_61_PATH=apps/x',
    code: 'NB325',
    line: 3,
    column: 1,
    fix: /not both/,
  },
  { name: 'an unknown modifier', text: 'CS_62=c62:custom\nCS_62_MEMROY=1G', code: 'NB326', line: 2, column: 1, fix: /MEMORY/ },
  { name: 'a service without its underscore', text: 'CS63=c63:custom', code: 'NB326', column: 1, fix: /CS_63/ },
  { name: 'a modifier without its service', text: 'CS_64_MEMORY=1G', code: 'NB327', column: 1, fix: /Define CS_64=/ },
  {
    name: 'a rate limit of an internal service',
    text: 'CS_65=c65:custom\nCS_65_PUBLIC=false\nCS_65_RATE_LIMIT=5',
    code: 'NB328',
    line: 3,
    column: 1,
    fix: /PUBLIC=true/,
  },
  { name: 'an older spelling of services', text: 'CUSTOM_SERVICES=api', code: 'NB329', column: 1, fix: /CS_N=/ },

  // The project and its core services
  { name: 'a project name that is none', text: 'PROJECT_NAME=My Shop', code: 'NB402', column: 14, fix: /PROJECT_NAME=my-shop/ },
  { name: 'a base domain that is none', text: 'BASE_DOMAIN=http://x.org', code: 'NB403', column: 13, fix: /without scheme/ },
  {
    name: 'Redis off, but needed',
    text: 'REDIS_ENABLED=false\nCS_66=c66:custom\nCS_66_REDIS_PREFIX=x:',
    code: 'NB405',
    column: 15,
    fix: /REDIS_ENABLED=true/,
  },
  {
    name: 'Postgres off, but needed',
    text: 'POSTGRES_ENABLED=false\nCS_67=c67:custom\nCS_67_DATABASE=x',
    code: 'NB406',
    column: 18,
    fix: /POSTGRES_ENABLED=true/,
  },
  { name: 'Hasura on, but Postgres off', text: 'HASURA_ENABLED=true', code: 'NB411', column: 16, fix: /POSTGRES_ENABLED=true/ },
  { name: 'a port of nginx that is none', text: 'NGINX_PORT=http', code: 'NB407', column: 12, fix: /1 to 65535/ },
  { name: 'an address that is none', text: 'NGINX_BIND_IP=localhost', code: 'NB407', column: 15, fix: /127\.0\.0\.1/ },
  { name: 'a body size that is none', text: 'NGINX_CLIENT_MAX_BODY_SIZE=big', code: 'NB407', column: 28, fix: /100M/ },
  { name: 'a trusted proxy that is none', text: 'TRUSTED_PROXIES=10.0.0.0/33', code: 'NB407', column: 17, fix: /10\.0\.0\.0\/8/ },
  { name: 'a version that is none', text: 'NGINX_VERSION=1.30 alpine', code: 'NB407', column: 15, fix: /16-alpine/ },
  { name: 'a TLS mode that is none', text: 'SSL_MODE=on', code: 'NB410', column: 10, fix: /letsencrypt/ },
  { name: 'a time of HSTS that is none', text: 'HSTS_MAX_AGE=long', code: 'NB413', column: 14, fix: /whole number/ },

  // Last, since everything behind it would be part of the value.
  { name: 'a quote that is never closed', text: "OPEN='never", code: 'NB102', column: 6, fix: /closing '/ },
]

/** What is wrong with the other files. */
const elsewhere: readonly { name: string; file: string; code: Code; line: number; column: number; fix: RegExp }[] = [
  { name: 'ENV contradicts --environment', file: '.env', code: 'NB113', line: 1, column: 1, fix: /Remove ENV/ },
  { name: 'an env file that is not UTF-8', file: '.env.local', code: 'NB105', line: 1, column: 1, fix: /UTF-8/ },
  { name: 'an env file with a NUL byte', file: '.env.secrets', code: 'NB105', line: 1, column: 1, fix: /UTF-8/ },
  {
    name: 'an env file that is a link out of the project',
    file: '.env.development',
    code: 'NB107',
    line: 1,
    column: 1,
    fix: /Copy the file/,
  },
  { name: 'a compose file that was edited by hand', file: 'docker-compose.yml', code: 'NB501', line: 1, column: 1, fix: /--force/ },
  { name: 'a site that was edited by hand', file: 'nginx/sites/cs-api.conf', code: 'NB501', line: 1, column: 1, fix: /--force/ },
]

const rows = [
  ...mistakes.map(({ line = 1, text, ...mistake }, index) => {
    const before = mistakes.slice(0, index).reduce((lines, each) => lines + each.text.split('\n').length, 0)
    return { ...mistake, file: '.env.dev', line: before + line, text }
  }),
  ...elsewhere,
]

/** G1 is G0 twice, and so on: the last of them would have a million characters. */
function growing(): string {
  return ['G0=x', ...Array.from({ length: 20 }, (_, step) => `G${step + 1}=\${G${step}}\${G${step}}`)].join('\n')
}

describe(`${rows.length} mistakes in one project`, () => {
  let project: TemporaryProject
  let exitCode: number | null
  let found: readonly Diagnostic[]
  let before: Record<string, string>

  beforeAll(async () => {
    project = temporaryProject({ '.env.dev': 'PROJECT_NAME=shop\nCS_1=api:custom\n' })
    await project.run('generate')
    for (const file of ['docker-compose.yml', 'nginx/sites/cs-api.conf']) project.write(file, `${project.read(file)}# mine\n`)
    project.write('.env', 'ENV=staging\nSHARED=1\n')
    project.write('.env.dev', mistakes.map(({ text }) => `${text}\n`).join(''))
    project.write('.env.local', Buffer.from([0x41, 0x3d, 0xff]))
    project.write('.env.secrets', 'A=\0')
    symlinkSync(join(tool, 'package.json'), project.path('.env.development'))
    before = snapshot(project.root)
    const cli = spawnCli(join(tool, 'action', 'cli.ts'), project.root)
    exitCode = cli.status
    found = JSON.parse(cli.stdout).diagnostics
  })
  afterAll(() => project[Symbol.dispose]())

  it('are at least 60', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60)
  })

  it.each(rows)('$code $file:$line:$column: $name', ({ file, code, line, column, fix }) => {
    const here = found.filter(({ position }) => position?.file === file && position.line === line)
    expect(here.map((each) => `${each.code}:${each.position?.column}`)).toContain(`${code}:${column}`)
    expect(here.find((each) => each.code === code)?.fix).toMatch(fix)
  })

  it('every finding has a fix', () => {
    expect(found.filter(({ fix }) => fix.trim() === '')).toEqual([])
  })

  it('exit with 2, and nothing is written', () => {
    expect(exitCode).toBe(2)
    expect(snapshot(project.root)).toEqual(before)
  })

  it('are named by check, too', async () => {
    const { exitCode: code, diagnostics } = await project.run('check', { inputs: { environment: 'dev' } })
    expect(code).toBe(2)
    const places = diagnostics.filter(({ code: each }) => each !== 'NB501').map(({ code: each, position }) => [each, position])
    expect(places).toEqual(found.filter(({ code: each }) => each !== 'NB501').map(({ code: each, position }) => [each, position]))
  })
})

describe('the bundle', () => {
  const bundle = join(tool, 'dist', 'cli.js')

  it.skipIf(!existsSync(bundle))('finds mistakes, exits with 2 and writes nothing', () => {
    using project = temporaryProject({ '.env.dev': 'PROJECT_NAME=shop\nCS_1=api:fastapy\nCS_2=redis:custom:x\n' })
    const before = snapshot(project.root)
    const { status, stdout } = spawnCli(bundle, project.root)
    expect(status).toBe(2)
    expect(JSON.parse(stdout).diagnostics.map(({ code }: Diagnostic) => code)).toEqual(expect.arrayContaining(['NB207', 'NB204', 'NB209']))
    expect(snapshot(project.root)).toEqual(before)
  })
})

describe('what does not stop a run', () => {
  it('staging with production’s domain is a warning', async () => {
    using project = temporaryProject({ '.env': 'PROJECT_NAME=shop\nBASE_DOMAIN=shop.org\nCS_1=api:custom:3001:api.shop.org\n' })
    const { exitCode, diagnostics } = await project.run('generate', { inputs: { environment: 'staging' } })
    expect(exitCode).toBe(0)
    expect(diagnostics.find(({ code }) => code === 'NB214')).toMatchObject({ severity: 'warning', position: { line: 3, column: 22 } })
  })

  it('the same project without its mistakes has none', () => {
    expect(projectOf('CS_1=api:custom').services).toHaveLength(1)
  })
})

function spawnCli(cli: string, root: string) {
  const args = [cli, 'generate', '--json', '--environment', 'dev', '--working-directory', root]
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: { PATH: process.env.PATH } })
}
