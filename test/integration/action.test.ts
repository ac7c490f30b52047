import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { temporaryProject } from '../support/project.ts'
import { action, snapshot } from './support/bundle.ts'

const env =
  'PROJECT_NAME=shop\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=api:express-ts:3001:api\nCS_2=jobs:celery\nCS_2_REDIS_PREFIX=jobs:\nCS_3=db:custom:3003:db.example.com\nCS_3_DATABASE=events\nCS_3_DEPENDS_ON=api\n'
const secrets = 'POSTGRES_PASSWORD=canary-postgres-1\nREDIS_PASSWORD=canary-redis-2\n'

describe('the action, started as the runner starts it', () => {
  it('generates by default, and sets outputs', () => {
    using project = temporaryProject({ '.env.dev': env })
    const { exitCode, outputs } = action(project.root, { env: secrets })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({
      environment: 'development',
      changed: 'true',
      'exit-code': '0',
      start: 'services/.scaffold/compose up --build --wait',
    })
    expect(JSON.parse(outputs.services ?? '')).toEqual(['api', 'jobs', 'db'])
    expect(JSON.parse(outputs.urls ?? '')).toEqual({ api: 'http://api.local.nself.org', db: 'http://db.example.com' })
    expect(JSON.parse(outputs.matrix ?? '').include[0]).toEqual({
      name: 'api',
      slot: 1,
      template: 'express-ts',
      image: 'shop-api',
      context: 'services/api',
      dockerfile: 'Dockerfile',
      target: 'dev',
    })
    expect(JSON.parse(outputs.files ?? '')).toContain('docker-compose.yml')
    expect(existsSync(project.path('services/api/Dockerfile'))).toBe(true)
  })

  it('does not mask what its outputs must show', () => {
    // The third is in every name of an image.
    const named = `${env.replace('=shop', '=workshop')}MINIO_ROOT_PASSWORD=workshop\nMINIO_ENABLED=true\n`
    using project = temporaryProject({ '.env.dev': `${named}POSTGRES_PASSWORD=development\nREDIS_PASSWORD=short\n` })
    const { stdout, outputs } = action(project.root, {})
    expect(outputs.environment).toBe('development')
    expect(outputs.matrix).toContain('"image":"workshop-api"')
    expect(stdout).not.toMatch(/^::add-mask::(development|short|workshop)$/m)
  })

  it('writes a summary with the service table and a topology picture', () => {
    using project = temporaryProject({ '.env.dev': env })
    const { summary } = action(project.root, { command: 'plan', env: secrets })
    expect(summary).toContain('| N | service | template |')
    expect(summary).toContain('```mermaid\nflowchart LR\n')
    expect(summary).toContain('nginx -- "api.local.nself.org" --> s1')
    expect(summary).toContain('s2[["jobs"]]')
    expect(summary).toContain('s3 --> db_events[("events")]')
    expect(summary).toContain('s3 -.-> s1')
  })

  it('annotates the exact place in the env file, below the working directory', () => {
    using project = temporaryProject({ 'apps/shop/.env.dev': env.replace('3001', '99999') })
    const { exitCode, stdout, outputs } = action(project.root, { 'working-directory': 'apps/shop' })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('::error title=NB209,file=apps/shop/.env.dev,line=5,col=21::')
    expect(outputs['exit-code']).toBe('2')
    expect([...snapshot(project.root).keys()]).toEqual(['apps/shop/.env.dev'])
  })

  it('fails check with the drifted files', () => {
    using project = temporaryProject({ '.env.dev': env })
    const { exitCode, outputs, stdout } = action(project.root, { command: 'check', env: secrets })
    expect([exitCode, outputs['exit-code'], outputs.changed]).toEqual([1, '3', 'true'])
    expect(stdout).toContain('::error title=NB513,file=docker-compose.yml')
    expect(stdout).toContain('::error title=NB513,file=.env.dev,line=5,col=6::services/api is not scaffolded')
    expect(stdout).toContain('The generated files are not up to date.')
  })

  it('groups its log, and shows at most ten annotations of a level while the log has all', () => {
    using project = temporaryProject({ '.env.dev': `${env}${Array.from({ length: 15 }, (_, index) => `CS_1_BAD${index}=x\n`).join('')}` })
    const { stdout } = action(project.root, { env: secrets })
    expect(stdout.match(/^::warning /gm)).toHaveLength(10)
    expect(stdout).toMatch(/::group::nself generate\n[\s\S]*::endgroup::/)
    expect(stdout.match(/warning NB326/g)).toHaveLength(15)
  })

  it('names a misspelled input', () => {
    using project = temporaryProject({ '.env.dev': env })
    const { exitCode, stdout } = action(project.root, { enviroment: 'production' })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('Did you mean environment')
  })

  it('masks secrets, and shows none in its log, outputs, summary or files', () => {
    using project = temporaryProject({ '.env.dev': env, '.env.secrets': 'STRIPE_KEY=canary-stripe-3\n' })
    const first = action(project.root, { env: secrets })
    project.write('docker-compose.yml', `${project.read('docker-compose.yml')}# canary-postgres-1\n`)
    const second = action(project.root, { command: 'plan', env: secrets })
    for (const { stdout, stderr, outputs, summary } of [first, second]) {
      expect(stdout).toContain('::add-mask::canary-postgres-1')
      const shown = stdout.replace(/^::add-mask::.*$/gm, '') + stderr + JSON.stringify(outputs) + summary
      expect(shown).not.toMatch(/canary-(postgres|redis|stripe)/)
    }
    const files = [...snapshot(project.root)].filter(([path]) => !path.startsWith('.env') && path !== 'docker-compose.yml')
    expect(files.filter(([, { content }]) => content.includes('canary'))).toEqual([])
  })

  it('lets no text of the user’s run a workflow command', () => {
    using project = temporaryProject({
      '.env.dev': `${env}CS_4=::error::x:custom\n"::set-output name=a::b"\nCS_4_ROUTE="x\n::add-mask::shop\n"\n`,
    })
    const { stdout } = action(project.root, { env: secrets })
    expect(
      stdout
        .split('\n')
        .filter((line) => /^\s*::(?!error |warning |notice |group::|endgroup::|add-mask::canary|error::The configuration)/.test(line)),
    ).toEqual([])
  })
})
