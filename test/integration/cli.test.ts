import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { temporaryProject, tool } from '../support/project.ts'
import { cli, snapshot } from './support/bundle.ts'

const env =
  'PROJECT_NAME=shop\nPOSTGRES_PASSWORD=development\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=api:express-ts:3001:api\nCS_2=web:gin:3002:web\nCS_2_DATABASE=web\n'

describe('exit codes', () => {
  it('0: done', () => {
    using project = temporaryProject({ '.env.dev': env })
    const { exitCode, stdout } = cli(project.root, ['generate'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Start the stack: services/.scaffold/compose up --build --wait')
  })

  it('1: the operation failed, with the next step instead of a stack trace', () => {
    using project = temporaryProject({ '.env.dev': env })
    // No file can be made in /proc, not even by root.
    const { exitCode, stderr } = cli('/proc', ['init', '--working-directory', '/proc'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^error: /)
    expect(stderr).not.toContain('    at ')
    expect(existsSync(project.path('docker-compose.yml'))).toBe(false)
  })

  it.each([
    [['generat'], 'NB601'],
    [['generate', '--enviroment', 'production'], 'NB602'],
    [['generate', '--core', 'none'], 'NB603'],
    [['generate', '--working-directory', 'nowhere'], 'NB604'],
    [[], 'NB601'],
    [['generate'], 'NB114'],
    [['generate', '--environment', 'Not Legal'], 'NB112'],
    [['generate', '--templates', 'nowhere'], 'NB603'],
  ])('2: %j is invalid usage or configuration (%s)', (args, code) => {
    using project = temporaryProject({ 'README.md': '' })
    const { exitCode, stderr } = cli(project.root, args)
    expect([exitCode, stderr.includes(code)]).toEqual([2, true])
    expect([...snapshot(project.root).keys()]).toEqual(['README.md'])
  })

  // CI calls the reusable workflow for it.
  it('0: the smallest project of all is up to date', () => {
    const { exitCode, stderr } = cli(join(tool, 'test/fixtures/minimal'), ['check', '--core', 'external'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  })

  it('3: check found drift, and lists each file', () => {
    using project = temporaryProject({ '.env.dev': env })
    expect(cli(project.root, ['check']).exitCode).toBe(3)
    cli(project.root, ['generate'])
    expect(cli(project.root, ['check'])).toMatchObject({ exitCode: 0, stderr: '' })
    rmSync(project.path('nginx/nginx.conf'))
    project.write('docker-compose.yml', `${project.read('docker-compose.yml')}# edited\n`)
    const { exitCode, stderr } = cli(project.root, ['check'])
    expect(exitCode).toBe(3)
    expect(stderr).toContain('nginx/nginx.conf:1:1: error NB513')
    expect(stderr).toContain('docker-compose.yml:1:1: warning NB501')
  })
})

describe('a secret input', () => {
  const services = (flags: string[]) => {
    using project = temporaryProject({ '.env.dev': env })
    const { stdout } = cli(project.root, ['plan', '--json', ...flags], { env: { NSELF_ENV: 'CS_7=fromenvironment:go' } })
    return JSON.parse(stdout).services.map(({ name }: { name: string }) => name)
  }

  it('is read from the environment, since a command line is in the process list', () => {
    expect(services([])).toContain('fromenvironment')
  })

  it('given as a flag, wins over the environment', () => {
    expect(services(['--env', 'CS_7=fromflag:go'])).toEqual(['api', 'web', 'fromflag'])
  })
})

describe('deploy', () => {
  const production = env.replace('CS_1', 'BASE_DOMAIN=example.com\nSSL_MODE=none\nCS_1')

  it.each(['deploy', 'rollback', 'status'])('%s: says all that is missing, and connects to nothing', (command) => {
    using project = temporaryProject({ '.env': production })
    const { exitCode, stdout, stderr } = cli(project.root, [command, '--environment', 'production'])
    expect(exitCode).toBe(2)
    expect(stdout).toBe('Nothing was changed on any machine.\n')
    for (const missing of ['host is not set', 'key is not set', 'known-hosts is not set']) expect(stderr).toContain(missing)
    expect(stderr.includes('error NB801')).toBe(command === 'deploy')
  })

  it.each([
    ['one file for all environments', {}, false],
    ['a domain of production', { '.env.prod': 'BASE_DOMAIN=example.com' }, true],
    ['a base domain of its own', { '.env.prod': 'BASE_DOMAIN=example.com', '.env.staging': 'BASE_DOMAIN=staging.example.com' }, false],
  ])('to staging with %s', (_, files, isRefused) => {
    using project = temporaryProject({ '.env': production, ...files })
    const { stderr } = cli(project.root, ['deploy', '--environment', 'staging'])
    expect(stderr.includes('error NB805')).toBe(isRefused)
  })

  it('does not deploy a tree with conflict markers', () => {
    using project = temporaryProject({ '.env': production })
    cli(project.root, ['generate', '--environment', 'production'])
    project.write('services/api/src/server.ts', '<<<<<<< yours\na\n||||||| base\n=======\nb\n>>>>>>> template express-ts 2.0.0\n')
    const { stderr } = cli(project.root, ['deploy', '--environment', 'production'])
    expect(stderr).toContain('services/api/src/server.ts:1:1: error NB808')
  })

  it.each([
    [['--host', 'a b'], 'host'],
    [['--wait-timeout', 'soon'], 'wait-timeout'],
    [['--deploy-path', '/a/../b'], 'deploy-path'],
    [['--deploy-path', 'relative'], 'deploy-path'],
    [['--keep', '1'], 'keep'],
    [['--port', '70000'], 'port'],
    [['--release', 'latest'], 'release'],
    [['--recreate', 'a;b'], 'recreate'],
  ])('refuses %j', (flags, name) => {
    using project = temporaryProject({ '.env': production })
    const { exitCode, stderr } = cli(project.root, ['deploy', ...flags])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`error NB603: --${name}`)
  })

  it('says in words that a machine cannot be reached', () => {
    using project = temporaryProject({
      '.env': production,
      known_hosts: '[127.0.0.1]:1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVXKYHiVxV1QJKpuQ2zXGwVFZ8eeYt1b1UBv7Hk0f6a\n',
    })
    const { exitCode, stderr } = cli(project.root, [
      'status',
      '--environment',
      'production',
      '--host',
      'me@127.0.0.1:1',
      '--key',
      'no key',
      '--known-hosts',
      './known_hosts',
    ])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/error NB85\d/)
    expect(stderr).not.toContain('    at ')
  })
})

describe('status --public', () => {
  it.each([
    ['no env file of the environment', { '.env.dev': 'PROJECT_NAME=p\n' }],
    ['names that lead nowhere', { '.env.prod': 'PROJECT_NAME=p\nBASE_DOMAIN=shop.invalid\nCS_1=api:custom\n' }],
  ])('is content before the first deploy: %s', (_, files) => {
    using project = temporaryProject(files)
    const { exitCode, stderr } = cli(project.root, ['status', '--public', '--environment', 'production'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('NB910') })
  })

  it('says what is wrong with the configuration', () => {
    using project = temporaryProject({ '.env.prod': 'BASE_DOMAIN=shop.invalid\n' })
    expect(cli(project.root, ['status', '--public', '--environment', 'production']).exitCode).toBe(2)
  })
})

describe('--json', () => {
  it('prints the result alone on stdout', () => {
    using project = temporaryProject({ '.env.dev': `${env}CS_1_MEMROY=1G\n` })
    const { stdout, stderr } = cli(project.root, ['generate', '--json'])
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({
      environment: 'development',
      services: ['api', 'web'],
      changed: true,
      exitCode: 0,
      urls: { api: 'http://api.local.nself.org' },
    })
    expect(result.files).toContain('docker-compose.yml')
    expect(result.diagnostics).toEqual([
      expect.objectContaining({ code: 'NB326', position: { file: '.env.dev', line: 9, column: 1 }, fix: 'Did you mean MEMORY?' }),
    ])
    expect(stderr).toContain('.env.dev:9:1: warning NB326')
  })

  it('of plan shows every service with its domains in each environment', () => {
    using project = temporaryProject({
      '.env.dev': env,
      '.env.prod': 'PROJECT_NAME=shop\nBASE_DOMAIN=shop.com\nCS_1=api:express-ts:3001:api\nCS_1_REPLICAS=3\n',
    })
    const { services, changes } = JSON.parse(cli(project.root, ['plan', '--json']).stdout)
    expect(services[0]).toEqual({
      slot: 1,
      name: 'api',
      template: 'express-ts',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      kind: 'web',
      port: 3001,
      public: true,
      domains: { development: ['api.local.nself.org'], production: ['api.shop.com'] },
      image: 'shop-api',
      context: 'services/api',
      dockerfile: 'Dockerfile',
      target: 'dev',
      replicas: 1,
      limits: { memory: '256M', cpu: 0.25 },
      rateLimit: null,
      database: null,
      redisDatabase: null,
    })
    expect(changes).toContainEqual({ kind: 'create', path: 'docker-compose.yml' })
    expect(existsSync(project.path('docker-compose.yml'))).toBe(false)
  })
})

describe('plan', () => {
  it('shows what generate would do, as a diff', () => {
    using project = temporaryProject({ '.env.dev': env })
    cli(project.root, ['generate'])
    expect(cli(project.root, ['plan']).stdout).toContain('Nothing to do')
    project.write('.env.dev', env.replace('3001', '3005'))
    const { stdout } = cli(project.root, ['plan'])
    expect(stdout).toContain('update  docker-compose.yml')
    expect(stdout).toMatch(/^-\s+PORT: "3001"$/m)
    expect(stdout).toMatch(/^\+\s+PORT: "3005"$/m)
  })
})

describe('generate', () => {
  it('writes nothing the second time', () => {
    using project = temporaryProject({ '.env.dev': env })
    cli(project.root, ['generate'])
    const before = snapshot(project.root)
    expect(cli(project.root, ['generate']).stdout).toContain('Nothing to do')
    expect(snapshot(project.root)).toEqual(before)
  })

  it('gives byte-equal trees in every time zone, locale and umask', () => {
    const trees = [
      { TZ: 'UTC', LANG: 'C' },
      { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' },
    ].map((variables) => {
      using project = temporaryProject({ '.env.dev': env })
      cli(project.root, ['generate'], { env: variables })
      return new Map([...snapshot(project.root)].map(([path, { content, mode }]) => [path, { content, mode }]))
    })
    expect(trees[1]).toEqual(trees[0])
  })

  it('needs no services folder for another environment, and leaves development alone', () => {
    using project = temporaryProject({ '.env.dev': env, '.env.prod': env })
    cli(project.root, ['generate', '--environment', 'prod'])
    expect(project.read('deploy/production/docker-compose.yml')).toContain('context: ../../services/api')
    expect(existsSync(project.path('docker-compose.yml'))).toBe(false)
    expect(existsSync(project.path('services/api/Dockerfile'))).toBe(true)
  })

  it('writes files that containers can read, whatever the umask', () => {
    using project = temporaryProject({ '.env.dev': env })
    const umask = process.umask(0o077)
    try {
      cli(project.root, ['generate'])
    } finally {
      process.umask(umask)
    }
    const modes = [...snapshot(project.root)].filter(([path]) => !path.startsWith('.env')).map(([, { mode }]) => mode & 0o777)
    expect([...new Set(modes)].sort()).toEqual([0o644, 0o755])
    expect(statSync(project.path('nginx/sites')).mode & 0o777).toBe(0o755)
  })

  it('leaves no partial file or folder behind', () => {
    using project = temporaryProject({ '.env.dev': env })
    cli(project.root, ['generate'])
    expect([...snapshot(project.root).keys()].filter((path) => path.includes('partial'))).toEqual([])
  })
})

describe('init', () => {
  it('makes an empty folder a project that generates and checks without a finding', () => {
    using project = temporaryProject({})
    expect(cli(project.root, ['init']).exitCode).toBe(0)
    expect(Object.keys(Object.fromEntries(snapshot(project.root))).sort()).toEqual([
      '.env.dev',
      '.github/workflows/nself-deploy.yml',
      '.github/workflows/nself-rebuild.yml',
      '.github/workflows/nself-rollback.yml',
      '.github/workflows/nself-status.yml',
      '.github/workflows/nself-update.yml',
      '.github/workflows/nself.yml',
      '.gitignore',
    ])
    expect(cli(project.root, ['generate'])).toMatchObject({ exitCode: 0, stderr: '' })
    expect(cli(project.root, ['check'])).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('never changes what is there', () => {
    using project = temporaryProject({ '.env.dev': 'MINE=1\n', '.gitignore': 'mine' })
    const { stderr } = cli(project.root, ['init'])
    expect(stderr).toContain('NB514')
    expect(project.read('.env.dev')).toBe('MINE=1\n')
    expect(project.read('.gitignore')).toMatch(/^mine\n\n# nself/)
    const before = snapshot(project.root)
    cli(project.root, ['init'])
    expect(snapshot(project.root)).toEqual(before)
  })
})

describe('init in a git repository', () => {
  const git = (root: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], { cwd: root })

  it.each<[string, string, string[][]]>([
    ['trunk', 'that is new, on trunk', []],
    [
      'master',
      'with a master, on another branch',
      [
        ['commit', '-qm', '1', '--allow-empty'],
        ['branch', 'master'],
      ],
    ],
    [
      'main',
      'with both',
      [
        ['commit', '-qm', '1', '--allow-empty'],
        ['branch', 'master'],
        ['branch', 'main'],
      ],
    ],
    [
      'release/v1',
      'whose remote says so',
      [
        ['commit', '-qm', '1', '--allow-empty'],
        ['branch', 'main'],
        ['update-ref', 'refs/remotes/origin/release/v1', 'HEAD'],
        ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/release/v1'],
      ],
    ],
  ])('writes workflows for pushes to %s in one %s', (branch, _, commands) => {
    using project = temporaryProject({})
    git(project.root, 'init', '--quiet', '--initial-branch=trunk')
    for (const command of commands) git(project.root, ...command)
    expect(cli(project.root, ['init']).exitCode).toBe(0)
    expect(parse(project.read('.github/workflows/nself.yml')).on.push.branches).toEqual([branch])
    expect(parse(project.read('.github/workflows/nself-update.yml')).on.push.branches).toEqual([branch, 'nself/update/**'])
  })
})

describe('init in a repository with env files', () => {
  it('makes everything that the first push needs', () => {
    using project = temporaryProject({ '.env.dev': env })
    const { exitCode, stdout } = cli(project.root, ['init', '--json'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout).files).toEqual(
      expect.arrayContaining(['.github/workflows/nself.yml', 'docker-compose.yml', 'services/api/Dockerfile']),
    )
    expect(cli(project.root, ['check'])).toMatchObject({ exitCode: 0, stderr: '' })
    const before = snapshot(project.root)
    expect(cli(project.root, ['init']).stdout).not.toContain('wrote')
    expect(snapshot(project.root)).toEqual(before)
  })

  it('adds no settings to those that are there', () => {
    using project = temporaryProject({ '.env': env })
    expect(cli(project.root, ['init']).exitCode).toBe(0)
    expect(snapshot(project.root).has('.env.dev')).toBe(false)
    expect(project.read('docker-compose.yml')).toContain('name: shop')
  })

  it.each<[string, Record<string, string>]>([
    ['a compose file of others', { '.env.dev': env, 'docker-compose.yml': 'services: {}\n' }],
    ['code where a service belongs', { '.env.dev': env, 'docker-compose.override.yml': '', 'nginx/nginx.conf': 'mine' }],
    ['lines with errors', { '.env.dev': `${env}CS_3=x:nothing-like-it\n` }],
  ])('generates nothing beside %s', (_, files) => {
    using project = temporaryProject(files)
    const { exitCode, stdout } = cli(project.root, ['init'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('nself-build generate')
    for (const [path, text] of Object.entries(files)) expect(project.read(path)).toBe(text)
    expect(existsSync(project.path('services'))).toBe(false)
  })

  it('leaves a project alone that was generated before', () => {
    using project = temporaryProject({ '.env.dev': env })
    cli(project.root, ['generate'])
    rmSync(project.path('services/web/README.md'))
    cli(project.root, ['init'])
    expect(existsSync(project.path('services/web/README.md'))).toBe(false)
  })
})

describe('init in a subfolder of a repository', () => {
  const folder = 'apps/shop'
  const written = [
    'apps-shop-nself-deploy',
    'apps-shop-nself-rebuild',
    'apps-shop-nself-rollback',
    'apps-shop-nself-status',
    'apps-shop-nself-update',
    'apps-shop-nself',
  ]
  const repository = () =>
    temporaryProject({ '.git/HEAD': 'ref: refs/heads/main\n', [`${folder}/src.txt`]: '', '.github/workflows/nself.yml': 'theirs' })

  it('writes the workflows where GitHub looks for them, for that folder, and nothing of others', () => {
    using project = repository()
    const { exitCode, stdout } = cli(project.path(folder), ['init', '--json'])
    expect(exitCode).toBe(0)
    const files = [`${folder}/.env.dev`, `${folder}/.gitignore`, ...written.map((name) => `.github/workflows/${name}.yml`)]
    expect(JSON.parse(stdout).files).toEqual(files.sort())
    expect(project.read('.github/workflows/nself.yml')).toBe('theirs')
    expect(project.read(`${folder}/.env.dev`)).toContain('PROJECT_NAME=shop\n')
    for (const name of written) {
      const { name: title, jobs } = parse(project.read(`.github/workflows/${name}.yml`))
      expect(title).toMatch(/^nself.* \(apps\/shop\)$/)
      for (const job of Object.values(jobs)) expect(job).toMatchObject({ with: { 'working-directory': folder } })
    }
    expect(cli(project.path(folder), ['generate'])).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('never changes what is there, and says what comes next', () => {
    using project = repository()
    expect(cli(project.path(folder), ['init']).stdout).toContain(`Look through ${folder}/.env.dev`)
    project.write('.github/workflows/apps-shop-nself.yml', 'mine')
    const before = snapshot(project.root)
    expect(cli(project.path(folder), ['init']).stderr).toContain('.github/workflows/apps-shop-nself.yml is there already')
    expect(snapshot(project.root)).toEqual(before)
  })
})

describe('templates', () => {
  it('lists the catalogue: 44 templates', () => {
    const { stdout } = cli(tool, ['templates', '--json'])
    const { templates } = JSON.parse(stdout)
    expect(templates).toHaveLength(44)
    expect(templates.filter(({ state }: { state: string }) => state === 'ready').map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['custom', 'express-ts', 'fastapi', 'gin']),
    )
  })
})

// Compiled code is kept by Node 22 and newer only, and node:fs has grown: the bundle must start on all of them.
const runtimes = ['node-20', 'node-22'].map((name) => [name, join(tool, 'node_modules', name, 'bin/node')] as const)

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('Node 20 and 22', () => {
  let expected: string
  let reference: string

  beforeAll(() => {
    reference = mkdtempSync(join(tmpdir(), 'nself-node-'))
    cpSync(join(tool, 'examples/1-simple-api/.env.dev'), join(reference, '.env.dev'))
    cli(reference, ['generate'])
    expected = readFileSync(join(reference, 'docker-compose.yml'), 'utf8')
  })
  afterAll(() => rmSync(reference, { recursive: true, force: true }))

  it.each(runtimes)('%s gives the same files', (name, node) => {
    using project = temporaryProject({ '.env.dev': readFileSync(join(reference, '.env.dev'), 'utf8') })
    const { exitCode, stderr } = cli(project.root, ['generate'], { node })
    expect([exitCode, stderr.includes('Error')], stderr).toEqual([0, false])
    expect(project.read('docker-compose.yml')).toBe(expected)
    expect(cli(project.root, ['--help'], { node }).stdout).toContain('nself-build <command>')
    expect(cli(project.root, ['check'], { node }).exitCode, name).toBe(0)
  })
})
