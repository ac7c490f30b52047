import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type TemporaryProject, temporaryProject } from '../support/project.ts'

const env =
  'PROJECT_NAME=shop\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nPOSTGRES_ENABLED=false\nCS_1=api:custom\nCS_2=shop:custom::shop.example.com\n'
const leaf = 'ssl/certificates/local-nself-org/fullchain.pem'

async function generated(text = env): Promise<TemporaryProject> {
  const project = temporaryProject({ '.env.dev': text })
  expect((await project.run('generate')).exitCode).toBe(0)
  return project
}

/** Runs the script as the compose command does, with an authority of this test's own and the programs of `path`. */
function make(project: TemporaryProject, path = process.env.PATH ?? '') {
  const { status, stderr } = spawnSync(project.path('services/.scaffold/certificates'), {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: path, HOME: project.root, NSELF_CA: project.path('ca') },
  })
  return { status, stderr }
}

/** A folder of programs: those named, from this machine, and stubs. */
function programs(project: TemporaryProject, names: readonly string[], stubs: Readonly<Record<string, string>> = {}): string {
  const folder = project.path('programs')
  mkdirSync(folder)
  for (const name of names)
    symlinkSync(spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(), join(folder, name))
  for (const [name, text] of Object.entries(stubs)) {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

const basics = ['sh', 'dirname', 'mkdir', 'chmod', 'mktemp', 'rm', 'mv', 'cat', 'find', 'uname', 'sed', 'id']
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
const read = (project: TemporaryProject, path: string) => new X509Certificate(project.read(path))

describe('the certificates of development', () => {
  it('cover every domain, by one authority, and are then left alone', async () => {
    using project = await generated()
    const first = make(project)
    expect(first).toMatchObject({ status: 0, stderr: expect.stringContaining('To trust it, once on this machine: sudo') })
    const authority = read(project, 'ca/rootCA.pem')
    for (const [path, name] of [
      [leaf, 'api.local.nself.org'],
      ['ssl/certificates/shop-example-com/fullchain.pem', 'shop.example.com'],
    ] as const) {
      const certificate = read(project, path)
      expect(certificate.checkHost(name)).toBeDefined()
      expect(certificate.verify(authority.publicKey)).toBe(true)
      expect(certificate.ca).toBe(false)
      // Apple's limit.
      expect((certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / 86_400_000).toBeLessThanOrEqual(825)
    }
    const before = project.read(leaf)
    expect(make(project)).toEqual({ status: 0, stderr: '' })
    expect(project.read(leaf)).toBe(before)
  })

  it('come with a command for each list of certificates that a browser keeps here, else for the first one', async () => {
    using none = await generated()
    expect(make(none).stderr).toContain(`mkdir -p '${none.path('.pki/nssdb')}' && certutil -d 'sql:${none.path('.pki/nssdb')}' -A`)
    using some = await generated()
    const stores = ['.local/share/pki/nssdb', '.mozilla/firefox/abc.default-release']
    for (const store of [...stores, '.mozilla/firefox/other']) some.write(`${store}/${store.endsWith('other') ? 'empty' : 'cert9.db'}`, '')
    const { stderr } = make(some)
    const named = [...stderr.matchAll(/^ {2}certutil -d 'sql:(.*?)'/gm)].map(([, store]) => store)
    expect(named).toEqual(stores.map((store) => some.path(store)))
    expect(stderr).not.toContain('mkdir')
  })

  it('keep their keys from other users of the machine', async () => {
    using project = await generated()
    make(project)
    expect(mode(project.path('ssl'))).toBe('700')
    expect(mode(project.path('ca'))).toBe('700')
    expect(mode(project.path('ca/rootCA-key.pem'))).toBe('600')
  })

  it('are made again for other names, and after a year', async () => {
    using project = await generated()
    make(project)
    project.write('.env.dev', `${env}CS_3=blog:custom::blog.example.org\n`)
    await project.run('generate')
    const before = project.read(leaf)
    expect(make(project).stderr).toMatch(/^HTTPS: made ssl\/certificates\/blog-example-org for blog\.example\.org$/m)
    expect(project.read(leaf)).toBe(before)

    const longAgo = new Date(Date.now() - 400 * 86_400_000)
    utimesSync(project.path('ssl/certificates/local-nself-org/.made-by-nself'), longAgo, longAgo)
    make(project)
    expect(project.read(leaf)).not.toBe(before)
  })

  it('never replace one that the user brought', async () => {
    using project = await generated()
    project.write(leaf, 'mine\n')
    make(project)
    expect(project.read(leaf)).toBe('mine\n')
  })

  it('are mkcert’s where it is installed', async () => {
    using project = await generated()
    const stub = '#!/bin/sh\nprintf "%s\\n" "$*" >>"$HOME/calls"\necho chain >"$2"\necho key >"$4"\n'
    const result = make(project, programs(project, basics, { mkcert: stub }))
    expect(result).toMatchObject({ status: 0, stderr: expect.stringContaining('mkcert -install') })
    expect(project.read(leaf)).toBe('chain\n')
    expect(project.read('calls')).toMatch(/ \*\.local\.nself\.org\n.* shop\.example\.com\n$/)
  })

  it('are missing without mkcert and openssl, which stops nothing', async () => {
    using project = await generated()
    expect(make(project, programs(project, basics))).toEqual({ status: 0, stderr: expect.stringContaining('install mkcert') })
  })

  it('are ignored by git after init, and are no generated files', async () => {
    using project = await generated()
    await project.run('init')
    make(project)
    expect(readFileSync(project.path('.gitignore'), 'utf8')).toMatch(/^ssl\/$/m)
    expect((await project.run('check')).exitCode).toBe(0)
  })

  it('explicit names stand in for a wildcard that browsers refuse', async () => {
    using project = await generated(`BASE_DOMAIN=localhost\n${env}`)
    make(project)
    expect(read(project, 'ssl/certificates/localhost/fullchain.pem').subjectAltName).toBe('DNS:api.localhost')
  })
})
