import { chmodSync, existsSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { show, type TemporaryProject, temporaryProject } from '../../support/project.ts'

/** A project with a template of its own, whose files a test can change between runs. */
function withTemplate(files: Record<string, string>, env = 'CS_1=api:mine:3001:api\n'): TemporaryProject {
  const project = temporaryProject({
    '.env.dev': `PROJECT_NAME=p\nSERVICES_ENABLED=true\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nPOSTGRES_PASSWORD=x\n${env}`,
  })
  template(project, '1.0.0', files)
  return project
}

function template(project: TemporaryProject, version: string, files: Record<string, string>): void {
  rmSync(project.path('own/mine'), { recursive: true, force: true })
  project.write(
    'own/mine/template.yml',
    `id: mine\nversion: ${version}\ntitle: Mine\ndescription: A template for tests.\nlanguage: any\nframework: none\nimage: none\nkind: web\nminimumMemory: 16M\nstopGracePeriod: 10s\nstartPeriod: 10s\nreadOnly: true\nprobe: bash\nseed: ["seed/**"]\n`,
  )
  for (const [path, text] of Object.entries(files)) project.write(`own/mine/${path}`, text)
}

const generate = (project: TemporaryProject) => project.run('generate', { inputs: { templates: 'own' } })
const lockOf = (project: TemporaryProject) => JSON.parse(project.read('services/.scaffold/lock.json')).services.api

describe('the decision per file (base B, ours O, new render T)', () => {
  // [what happened, O after the user's change (undefined: deleted), T of the next version (undefined: dropped), what is on disk then, told?]
  it.each<[string, string | undefined, string | undefined, string | undefined, boolean]>([
    ['nothing changed', 'base', 'base', 'base', false],
    ['only the template changed: it is written', 'base', 'new', 'new', false],
    ['only the user changed: it is kept', 'mine', 'base', 'mine', false],
    ['both changed alike: it is kept, and is the new base', 'new', 'new', 'new', false],
    ['both changed: the user’s stays, and the user is told', 'mine', 'new', 'mine', true],
    ['the user deleted it: it stays deleted', undefined, 'base', undefined, false],
    ['the user deleted it and the template changed: it stays deleted, told', undefined, 'new', undefined, true],
    ['the template dropped it, untouched: it is removed', 'base', undefined, undefined, false],
    ['the template dropped it, edited: it is kept, told', 'mine', undefined, 'mine', true],
  ])('%s', async (_, ours, next, expected, told) => {
    using project = withTemplate({ 'file.txt': 'base', 'other.txt': 'other' })
    await generate(project)
    if (ours === undefined) rmSync(project.path('services/api/file.txt'))
    else project.write('services/api/file.txt', ours)
    template(project, '2.0.0', { 'other.txt': 'other', ...(next === undefined ? {} : { 'file.txt': next }) })
    const result = await generate(project)
    expect(result.exitCode).toBe(0)
    expect(existsSync(project.path('services/api/file.txt')) ? project.read('services/api/file.txt') : undefined).toBe(expected)
    expect(result.diagnostics.filter(({ code }) => code === 'NB506' || code === 'NB516')).toHaveLength(told ? 1 : 0)
  })

  it('advances a base only with what was written: a kept file keeps its old one', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    const before = lockOf(project).files['file.txt']
    project.write('services/api/file.txt', 'mine')
    template(project, '2.0.0', { 'file.txt': 'new' })
    await generate(project)
    expect(lockOf(project).files['file.txt']).toEqual({ ...before, state: 'kept' })
    expect(project.read(`services/.scaffold/base/${before.base.slice('sha256:'.length)}`)).toBe('base')
  })

  it('adopts a new file of the template only where nothing else is', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    project.write('services/api/taken.txt', 'mine')
    template(project, '2.0.0', { 'file.txt': 'base', 'taken.txt': 'theirs', 'free.txt': 'new' })
    const { diagnostics } = await generate(project)
    expect(project.read('services/api/taken.txt')).toBe('mine')
    expect(project.read('services/api/free.txt')).toBe('new')
    expect(show(diagnostics)).toContain('NB506 services/api/taken.txt:1:1')
  })
})

describe('a file that both sides changed', () => {
  const text = 'one\ntwo\nthree\nfour\nfive\n'
  const both = async (ours: string, theirs: string) => {
    const project = withTemplate({ 'file.txt': text })
    await generate(project)
    project.write('services/api/file.txt', ours)
    template(project, '2.0.0', { 'file.txt': theirs })
    return project
  }
  const conflicting = () => both(text.replace('two', 'mine'), text.replace('two', 'theirs'))
  const markers = { inputs: { templates: 'own', onConflict: 'markers' } } as const

  it('is merged, and its base advances', async () => {
    using project = await both(text.replace('one', 'mine'), text.replace('five', 'theirs'))
    const { diagnostics } = await generate(project)
    expect(project.read('services/api/file.txt')).toBe('mine\ntwo\nthree\nfour\ntheirs\n')
    expect([lockOf(project).files['file.txt'].state, show(diagnostics).filter((line) => line.includes('services/api'))]).toEqual([
      'tracked',
      [],
    ])
    expect((await generate(project)).data.files).toEqual([])
  })

  it('stays as it is in a conflict, and every run names the line until the user has taken over what the template has', async () => {
    using project = await conflicting()
    const before = lockOf(project).files['file.txt'].base
    for (let run = 0; run < 2; run++) {
      const { exitCode, diagnostics } = await generate(project)
      expect([exitCode, show(diagnostics).filter((line) => line.startsWith('NB516'))]).toEqual([0, ['NB516 services/api/file.txt:2:1']])
      expect(project.read('services/api/file.txt')).toBe(text.replace('two', 'mine'))
      expect(lockOf(project).files['file.txt']).toMatchObject({ state: 'kept', base: before })
    }
    expect((await project.run('check', { inputs: { templates: 'own' } })).exitCode).toBe(0)
    project.write('services/api/file.txt', text.replace('two', 'theirs'))
    expect((await generate(project)).diagnostics.map(({ code }) => code)).not.toContain('NB516')
    expect(lockOf(project).files['file.txt'].state).toBe('tracked')
  })

  it('is written with markers when asked, and not merged again while it has them', async () => {
    using project = await conflicting()
    const { diagnostics } = await project.run('generate', markers)
    expect(show(diagnostics)).toContain('NB517 services/api/file.txt:2:1')
    const marked = 'one\n<<<<<<< yours\nmine\n||||||| base\ntwo\n=======\ntheirs\n>>>>>>> template mine 2.0.0\nthree\nfour\nfive\n'
    expect(project.read('services/api/file.txt')).toBe(marked)
    template(project, '3.0.0', { 'file.txt': text.replace('two', 'theirs').replace('five', 'newer') })
    for (const options of [markers, { inputs: { templates: 'own' } }]) {
      const again = await project.run('generate', options)
      expect([show(again.diagnostics).includes('NB517 services/api/file.txt:2:1'), project.read('services/api/file.txt')]).toEqual([
        true,
        marked,
      ])
    }
    project.write('services/api/file.txt', text.replace('two', 'mine and theirs'))
    expect((await generate(project)).diagnostics.map(({ code }) => code)).not.toContain('NB517')
    expect(project.read('services/api/file.txt')).toBe(text.replace('two', 'mine and theirs').replace('five', 'newer'))
  })

  it('stays as it is where its pristine copy is missing or was changed', async () => {
    using project = await both(text.replace('one', 'mine'), text.replace('five', 'theirs'))
    const base = `services/.scaffold/base/${lockOf(project).files['file.txt'].base.slice('sha256:'.length)}`
    project.write(base, 'changed')
    expect(show((await generate(project)).diagnostics)).toContain('NB518 services/api/file.txt:1:1')
    rmSync(project.path(base))
    expect(show((await generate(project)).diagnostics)).toContain('NB518 services/api/file.txt:1:1')
    expect(project.read('services/api/file.txt')).toBe(text.replace('one', 'mine'))
    project.write(base, text.replaceAll('\n', '\r\n'))
    expect((await generate(project)).diagnostics.map(({ code }) => code)).not.toContain('NB518')
    expect(project.read('services/api/file.txt')).toBe('mine\ntwo\nthree\nfour\ntheirs\n')
  })

  it('stays as it is when it is no text', async () => {
    using project = await both('mine\0', 'theirs\0')
    expect(show((await generate(project)).diagnostics)).toContain('NB506 services/api/file.txt:1:1')
    expect(project.read('services/api/file.txt')).toBe('mine\0')
    expect((await generate(project)).diagnostics.map(({ code }) => code)).not.toContain('NB506')
  })

  it('stays as it is when it is an example, and names the command where that is a lock file', async () => {
    using project = withTemplate({ 'seed/package-lock.json': '1', 'seed/code.txt': 'a\nb\nc\n' })
    await generate(project)
    project.write('services/api/seed/package-lock.json', '2')
    project.write('services/api/seed/code.txt', 'mine\nb\nc\n')
    template(project, '2.0.0', { 'seed/package-lock.json': '3', 'seed/code.txt': 'a\nb\ntheirs\n' })
    const { diagnostics } = await generate(project)
    expect(diagnostics.filter(({ code }) => code === 'NB506').map(({ severity, fix }) => [severity, fix.includes('npm install')])).toEqual([
      ['info', false],
      ['warning', true],
    ])
    expect(project.read('services/api/seed/code.txt')).toBe('mine\nb\nc\n')
  })

  it('keeps its line endings, also where only a checkout turned them', async () => {
    using project = withTemplate({ 'file.txt': text, 'seed/x.txt': text })
    await generate(project)
    for (const file of ['file.txt', 'seed/x.txt']) project.write(`services/api/${file}`, text.replaceAll('\n', '\r\n'))
    template(project, '2.0.0', { 'file.txt': text.replace('two', 'new'), 'seed/x.txt': text.replace('two', 'new') })
    expect(show((await generate(project)).diagnostics).filter((line) => line.includes('services/api'))).toEqual([])
    for (const file of ['file.txt', 'seed/x.txt'])
      expect(project.read(`services/api/${file}`)).toBe(text.replace('two', 'new').replaceAll('\n', '\r\n'))
  })

  it('forgets pristine copies that nothing needs any more', async () => {
    using project = await both(text, text.replace('two', 'new'))
    const base = () => `services/.scaffold/base/${lockOf(project).files['file.txt'].base.slice('sha256:'.length)}`
    const old = base()
    await generate(project)
    expect([existsSync(project.path(old)), project.read(base())]).toEqual([false, text.replace('two', 'new')])
  })
})

describe('an older version of the tool', () => {
  it('takes no service back to an older template, and says so', async () => {
    using project = withTemplate({ 'file.txt': 'old', 'port.txt.liquid': '{{ port }}' })
    template(project, '2.0.0', { 'file.txt': 'new' })
    await generate(project)
    template(project, '1.10.0', { 'file.txt': 'old' })
    const { diagnostics, exitCode } = await generate(project)
    expect([exitCode, show(diagnostics).some((each) => each.startsWith('NB522'))]).toEqual([0, true])
    expect([project.read('services/api/file.txt'), lockOf(project).version]).toEqual(['new', '2.0.0'])
    template(project, '2.1.0', { 'file.txt': 'newest' })
    await generate(project)
    expect(project.read('services/api/file.txt')).toBe('newest')
  })
})

describe('the executable bit', () => {
  const mode = (project: TemporaryProject, path: string) => (statSync(project.path(path)).mode & 0o111) !== 0
  // [before, after the user, in the next version, then]
  it.each([
    [false, false, true, true],
    [true, true, false, false],
    [false, true, false, true],
    [true, false, true, false],
    [false, true, true, true],
    [true, false, false, false],
  ])('template %s, user %s, template %s: %s', async (first, users, next, expected) => {
    for (const edited of [false, true]) {
      using project = withTemplate({ 'run.sh': 'a\nb\nc\n' })
      chmodSync(project.path('own/mine/run.sh'), first ? 0o755 : 0o644)
      await generate(project)
      if (edited) project.write('services/api/run.sh', 'mine\nb\nc\n')
      chmodSync(project.path('services/api/run.sh'), users ? 0o755 : 0o644)
      template(project, '2.0.0', { 'run.sh': 'a\nb\nc\n' })
      chmodSync(project.path('own/mine/run.sh'), next ? 0o755 : 0o644)
      await generate(project)
      expect([mode(project, 'services/api/run.sh'), project.read('services/api/run.sh')]).toEqual([
        expected,
        edited ? 'mine\nb\nc\n' : 'a\nb\nc\n',
      ])
    }
  })
})

describe('services/.scaffold/config.yml', () => {
  const config = (project: TemporaryProject, text: string) => project.write('services/.scaffold/config.yml', text)

  it('ejects a file: nothing is written or said until it comes back, and then nothing was lost', async () => {
    using project = withTemplate({ 'file.txt': 'a\nb\nc\n', 'other.txt': 'x' })
    await generate(project)
    project.write('services/api/file.txt', 'mine\nb\nc\n')
    config(project, 'eject: [services/api/file.txt]\n')
    await generate(project)
    template(project, '2.0.0', { 'file.txt': 'a\nb\nnew\n', 'other.txt': 'y' })
    const { diagnostics } = await generate(project)
    expect(show(diagnostics).filter((line) => /api|config/.test(line))).toEqual([])
    expect([project.read('services/api/file.txt'), project.read('services/api/other.txt')]).toEqual(['mine\nb\nc\n', 'y'])
    config(project, 'eject: []\n')
    await generate(project)
    expect(project.read('services/api/file.txt')).toBe('mine\nb\nnew\n')
  })

  it('ejects a file before it was ever written, and by pattern', async () => {
    using project = withTemplate({ 'file.txt': 'a', 'sub/x.txt': 'x' })
    config(project, 'eject: ["services/api/sub/**"]\n')
    const { diagnostics } = await generate(project)
    expect([existsSync(project.path('services/api/sub/x.txt')), show(diagnostics).filter((line) => line.startsWith('NB520'))]).toEqual([
      false,
      [],
    ])
    expect((await generate(project)).data.files).toEqual([])
  })

  it('ejects a file that the user made a link, which stops everything else', async () => {
    using project = withTemplate({ 'file.txt': 'base', 'other.txt': 'base' })
    await generate(project)
    rmSync(project.path('services/api/file.txt'))
    symlinkSync('other.txt', project.path('services/api/file.txt'))
    template(project, '2.0.0', { 'file.txt': 'new', 'other.txt': 'new' })
    const stopped = await generate(project)
    expect([stopped.exitCode, stopped.diagnostics.find(({ code }) => code === 'NB508')?.fix]).toEqual([
      2,
      'Replace it by a real file or folder, or list it under eject in services/.scaffold/config.yml.',
    ])
    project.write('services/.scaffold/config.yml', 'eject: [services/api/file.txt]\n')
    expect((await generate(project)).exitCode).toBe(0)
    expect([readlinkSync(project.path('services/api/file.txt')), project.read('services/api/other.txt')]).toEqual(['other.txt', 'new'])
  })

  it('skips a version, and takes the next one', async () => {
    using project = withTemplate({ 'file.txt': 'a' })
    await generate(project)
    config(project, 'skip: {api: 2.0.0}\n')
    template(project, '2.0.0', { 'file.txt': 'b' })
    expect((await generate(project)).diagnostics.map(({ code }) => code)).toContain('NB521')
    expect([project.read('services/api/file.txt'), lockOf(project).version]).toEqual(['a', '1.0.0'])
    template(project, '3.0.0', { 'file.txt': 'c' })
    expect((await generate(project)).diagnostics.map(({ code }) => code)).not.toContain('NB521')
    expect(project.read('services/api/file.txt')).toBe('c')
  })

  it('says what it names in vain', async () => {
    using project = withTemplate({ 'file.txt': 'a' })
    config(project, 'eject:\n  - services/api/nothing.txt\nskip:\n  nobody: 1.0.0\n')
    const { exitCode, diagnostics } = await generate(project)
    expect([exitCode, show(diagnostics).filter((line) => line.startsWith('NB520'))]).toEqual([
      0,
      ['NB520 services/.scaffold/config.yml:2:5', 'NB520 services/.scaffold/config.yml:4:3'],
    ])
  })

  it.each([
    ['- a\n', '1:1'],
    ['eject: services/api\n', '1:8'],
    ['eject:\n  - 1\n', '2:5'],
    ['eject:\n  - ../x\n', '2:5'],
    ['eject:\n  - services/api/../../x\n', '2:5'],
    ['skip: [api]\n', '1:7'],
    ['skip:\n  api: newest\n', '2:3'],
    ['ejects: []\n', '1:1'],
    ['constructor: []\n', '1:1'],
    ['eject: [\n', '2:1'],
    ['eject:\n', '1:7'],
  ])('refuses %j, and writes nothing', async (text, place) => {
    using project = withTemplate({ 'file.txt': 'a' })
    config(project, text)
    const { exitCode, diagnostics } = await generate(project)
    expect([exitCode, show(diagnostics).filter((line) => line.startsWith('NB519'))]).toEqual([
      2,
      [`NB519 services/.scaffold/config.yml:${place}`],
    ])
    expect(existsSync(project.path('services/api'))).toBe(false)
  })
})

describe('files and inputs', () => {
  it('renders .liquid files with the spellings of the name, and copies all others byte for byte', async () => {
    using project = withTemplate(
      {
        'a.txt.liquid': '{{ name }} {{ host }} {{ snake }} {{ pascal }} {{ port }} {{ project }}',
        'b.txt': '{{ name }} {% if %} \r\n',
        '.hidden': 'h',
      },
      'CS_1=3d_render:mine:3001\n',
    )
    await generate(project)
    expect(project.read('services/3d_render/a.txt')).toBe('3d_render 3d-render _3d_render _3dRender 3001 p')
    expect(project.read('services/3d_render/b.txt')).toBe('{{ name }} {% if %} \r\n')
    expect(project.read('services/3d_render/.hidden')).toBe('h')
  })

  it('keeps the executable bit', async () => {
    using project = withTemplate({ 'run.sh': '#!/bin/sh\n' })
    chmodSync(project.path('own/mine/run.sh'), 0o755)
    await generate(project)
    expect(statSync(project.path('services/api/run.sh')).mode & 0o111).toBe(0o111)
    expect(lockOf(project).files['run.sh'].mode).toBe('755')
  })

  it('marks seeds by the template’s globs', async () => {
    using project = withTemplate({ 'seed/a/b.txt': 's', 'c.txt': 'm' })
    await generate(project)
    expect(Object.entries<{ class: string }>(lockOf(project).files).map(([path, file]) => [path, file.class])).toEqual([
      ['c.txt', 'merge'],
      ['seed/a/b.txt', 'seed'],
    ])
  })

  it('renders again when an input changes, such as the port', async () => {
    using project = withTemplate({ 'port.txt.liquid': '{{ port }}' })
    await generate(project)
    project.write('.env.dev', project.read('.env.dev').replace('3001', '3999'))
    await generate(project)
    expect(project.read('services/api/port.txt')).toBe('3999')
  })
})

describe('services that come and go', () => {
  it('leaves code that was there before alone', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    project.write('services/api/main.py', 'mine')
    const { diagnostics } = await generate(project)
    expect(existsSync(project.path('services/api/file.txt'))).toBe(false)
    expect(show(diagnostics).some((each) => each.startsWith('NB503'))).toBe(true)
  })

  it('adopts a directory whose files equal the scaffold: a lost lock is found again', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    const lock = project.read('services/.scaffold/lock.json')
    rmSync(project.path('services/.scaffold'), { recursive: true })
    project.write('services/api/extra.txt', 'mine')
    await generate(project)
    expect(project.read('services/.scaffold/lock.json')).toBe(lock)
  })

  it('adopts it, too, where a checkout turned the line endings', async () => {
    using project = withTemplate({ 'file.txt': 'base\n' })
    await generate(project)
    const lock = project.read('services/.scaffold/lock.json')
    rmSync(project.path('services/.scaffold'), { recursive: true })
    project.write('services/api/file.txt', 'base\r\n')
    await generate(project)
    expect([project.read('services/.scaffold/lock.json'), project.read('services/api/file.txt')]).toEqual([lock, 'base\r\n'])
  })

  it('scaffolds again when the whole directory is gone', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    rmSync(project.path('services/api'), { recursive: true })
    await generate(project)
    expect(project.read('services/api/file.txt')).toBe('base')
  })

  it('lists a removed service as orphaned, and re-attaches it when its name returns', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    const env = project.read('.env.dev')
    project.write('services/api/file.txt', 'mine')
    project.write('.env.dev', env.replace(/CS_1=.*/, ''))
    const removed = await generate(project)
    expect(removed.diagnostics.map(({ code }) => code)).toContain('NB505')
    expect(existsSync(project.path('nginx/sites/cs-api.conf'))).toBe(false)
    expect(project.read('services/api/file.txt')).toBe('mine')
    expect(lockOf(project).orphaned).toBe(true)
    project.write('.env.dev', env)
    const returned = await generate(project)
    expect(returned.diagnostics.map(({ code }) => code)).not.toContain('NB505')
    expect(lockOf(project).orphaned).toBe(false)
    expect(project.read('services/api/file.txt')).toBe('mine')
  })

  it('moves a renamed service, edits and all', async () => {
    using project = withTemplate({ 'file.txt': 'base', 'name.txt.liquid': '{{ name }}' })
    await generate(project)
    project.write('services/api/file.txt', 'mine')
    project.write('services/api/own/code.txt', 'own')
    project.write('.env.dev', project.read('.env.dev').replace('api:mine', 'core:mine'))
    const { diagnostics } = await generate(project)
    expect(diagnostics.map(({ code }) => code)).toContain('NB511')
    expect(existsSync(project.path('services/api'))).toBe(false)
    expect(['file.txt', 'own/code.txt', 'name.txt'].map((path) => project.read(`services/core/${path}`))).toEqual(['mine', 'own', 'core'])
    expect((await generate(project)).data.files).toEqual([])
  })

  it('follows a service that the user renamed and moved by hand', async () => {
    using project = withTemplate({ 'a.txt': 'base', 'b.txt': 'base', 'c.txt': 'base', 'name.txt.liquid': '{{ name }}' })
    await generate(project)
    renameSync(project.path('services/api'), project.path('services/core'))
    project.write('services/core/a.txt', 'mine')
    project.write('.env.dev', project.read('.env.dev').replace('api:mine', 'core:mine'))
    template(project, '2.0.0', { 'a.txt': 'base', 'b.txt': 'new', 'c.txt': 'base', 'name.txt.liquid': '{{ name }}' })
    const { diagnostics } = await generate(project)
    expect(diagnostics.filter(({ code }) => /^NB50|^NB511/.test(code)).map(({ message }) => message)).toEqual([
      'CS_1 was renamed: services/core is what services/api was.',
    ])
    expect(['a.txt', 'b.txt', 'name.txt'].map((path) => project.read(`services/core/${path}`))).toEqual(['mine', 'new', 'core'])
    expect((await generate(project)).data.files).toEqual([])
  })

  it('takes no service that was without a line for a while for a renamed one', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    const env = project.read('.env.dev')
    project.write('services/api/file.txt', 'mine')
    project.write('.env.dev', env.replace(/CS_1=.*/, ''))
    await generate(project)
    project.write('.env.dev', env.replace('api:mine', 'billing:mine'))
    await generate(project)
    expect([project.read('services/api/file.txt'), project.read('services/billing/file.txt')]).toEqual(['mine', 'base'])
  })

  it('takes no code of the user’s own for a renamed service', async () => {
    using project = withTemplate({ 'a.txt': 'base', 'b.txt': 'base' })
    await generate(project)
    rmSync(project.path('services/api'), { recursive: true })
    project.write('services/core/a.txt', 'base')
    project.write('services/core/b.txt', 'of my own')
    project.write('.env.dev', project.read('.env.dev').replace('api:mine', 'core:mine'))
    const { diagnostics } = await generate(project)
    expect(diagnostics.map(({ code }) => code)).toContain('NB503')
    expect(project.read('services/.scaffold/lock.json')).not.toContain('core')
  })

  it('does not take a new service for a renamed one while the old name is still in use', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    project.write(
      '.env.dev',
      project.read('.env.dev').replace('CS_1=api:mine:3001:api', 'CS_1=core:mine:3002:core\nCS_2=api:mine:3001:api'),
    )
    await generate(project)
    expect(project.read('services/api/file.txt')).toBe('base')
    expect(project.read('services/core/file.txt')).toBe('base')
  })

  it('writes nothing into a service whose framework changed', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    project.write('.env.dev', project.read('.env.dev').replace('api:mine', 'api:custom'))
    const { diagnostics } = await generate(project)
    expect(diagnostics.map(({ code }) => code)).toContain('NB504')
    expect(existsSync(project.path('services/api/Dockerfile'))).toBe(false)
    renameSync(project.path('services/api'), project.path('services-old'))
    await generate(project)
    expect(existsSync(project.path('services/api/Dockerfile'))).toBe(true)
  })

  it('does not orphan in one environment what another one has', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    project.write('.env.prod', project.read('.env.dev').replace(/CS_1=.*/, 'CS_1=\nCS_2=other:mine:3002'))
    await generate(project)
    const { diagnostics } = await project.run('generate', { inputs: { templates: 'own', environment: 'production' } })
    expect(diagnostics.map(({ code }) => code)).not.toContain('NB505')
    expect(lockOf(project).orphaned).toBe(false)
    expect(project.read('services/other/file.txt')).toBe('base')
    expect((await generate(project)).exitCode).toBe(0)
  })
})

describe('environments that differ', () => {
  const inProduction = (project: TemporaryProject) => project.run('generate', { inputs: { templates: 'own', environment: 'production' } })

  it('share a scaffold, with the port and names of development', async () => {
    using project = withTemplate({ 'port.txt.liquid': '{{ project }} {{ port }}' })
    project.write('.env.prod', `${project.read('.env.dev').replace('3001', '4001').replace('PROJECT_NAME=p', 'PROJECT_NAME=live')}`)
    await generate(project)
    await inProduction(project)
    expect(project.read('services/api/port.txt')).toBe('p 3001')
    expect((await generate(project)).data.files).toEqual([])
    expect((await inProduction(project)).data.files).toEqual([])
  })

  it('take no service of development for a renamed one', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    project.write('.env.prod', project.read('.env.dev').replace('api:mine', 'live:mine'))
    await generate(project)
    project.write('services/api/file.txt', 'mine')
    const { diagnostics } = await inProduction(project)
    expect(diagnostics.map(({ code }) => code)).not.toContain('NB511')
    expect([project.read('services/api/file.txt'), project.read('services/live/file.txt')]).toEqual(['mine', 'base'])
  })

  it('scaffold a new service first in any of them', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    project.write('.env', project.read('.env.dev'))
    rmSync(project.path('.env.dev'))
    await inProduction(project)
    expect(project.read('services/api/file.txt')).toBe('base')
  })
})

describe('the development stage', () => {
  it.each([
    { name: 'is not asked of a Dockerfile of the user’s own that has none', dockerfile: 'FROM scratch\n', target: undefined },
    { name: 'is used where it is there', dockerfile: 'FROM scratch AS base\nfrom base as dev\nFROM base\n', target: 'dev' },
    { name: 'is not found in a comment', dockerfile: 'FROM scratch\n# FROM x AS dev\n', target: undefined },
  ])('$name', async ({ dockerfile, target }) => {
    using project = temporaryProject({ '.env.dev': 'PROJECT_NAME=p\nCS_1=api:express-ts\n', 'services/api/Dockerfile': dockerfile })
    await project.run('generate')
    expect(parse(project.read('docker-compose.yml')).services.api.build.target).toBe(target)
  })
})

describe('tool-owned files', () => {
  it('stops at a hand edit in a terminal, rewrites it with --force, and rewrites it with a warning in CI', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    const pristine = project.read('docker-compose.yml')
    const edited = pristine.replace('restart: unless-stopped', 'restart: always')
    project.write('docker-compose.yml', edited)
    const stopped = await generate(project)
    expect(stopped.exitCode).toBe(2)
    expect(show(stopped.diagnostics)).toContain('NB501 docker-compose.yml:1:1')
    expect(stopped.text).toContain('-    restart: always\n+    restart: unless-stopped')
    expect(project.read('docker-compose.yml')).toBe(edited)
    const planned = await project.run('plan', { inputs: { templates: 'own' }, handEdits: 'stop' })
    expect(planned.text).toContain('-    restart: always')
    const forced = await project.run('generate', { inputs: { templates: 'own' }, handEdits: 'overwrite' })
    expect(forced.exitCode).toBe(0)
    expect(project.read('docker-compose.yml')).toBe(pristine)
    project.write('docker-compose.yml', edited)
    const reported = await project.run('generate', { inputs: { templates: 'own' }, handEdits: 'report' })
    expect([reported.exitCode, project.read('docker-compose.yml')]).toEqual([0, pristine])
    expect(show(reported.diagnostics)).toContain('NB501 docker-compose.yml:1:1')
  })

  it('never replaces a file that someone else wrote, not even in CI', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    project.write('docker-compose.yml', 'services: {}\n')
    const { exitCode, diagnostics } = await project.run('generate', { inputs: { templates: 'own' }, handEdits: 'report' })
    expect([exitCode, show(diagnostics).includes('NB502 docker-compose.yml:1:1')]).toEqual([2, true])
    expect(project.read('docker-compose.yml')).toBe('services: {}\n')
    expect(existsSync(project.path('services/api'))).toBe(false)
  })

  it('removes its own leftovers, and keeps the user’s files beside them', async () => {
    using project = withTemplate({ 'file.txt': 'base' }, 'CS_1=api:mine:3001:api\nCS_2=web:mine:3002:web\n')
    project.write('nginx/sites/my-own.conf', '# mine\n')
    await generate(project)
    project.write('.env.dev', project.read('.env.dev').replace(/CS_2=.*/, ''))
    await generate(project)
    expect(existsSync(project.path('nginx/sites/cs-web.conf'))).toBe(false)
    expect(project.read('nginx/sites/my-own.conf')).toBe('# mine\n')
  })

  it('keeps an edited leftover', async () => {
    using project = withTemplate({ 'file.txt': 'base' }, 'CS_1=api:mine:3001:api\nCS_2=web:mine:3002:web\n')
    await generate(project)
    project.write('nginx/sites/cs-web.conf', `${project.read('nginx/sites/cs-web.conf')}# mine\n`)
    project.write('.env.dev', project.read('.env.dev').replace(/CS_2=.*/, ''))
    const { diagnostics } = await project.run('generate', { inputs: { templates: 'own' }, handEdits: 'report' })
    expect(show(diagnostics)).toContain('NB501 nginx/sites/cs-web.conf:1:1')
    expect(project.read('nginx/sites/cs-web.conf')).toContain('# mine')
  })

  it('takes turned line endings for no edit', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    await generate(project)
    project.write('docker-compose.yml', project.read('docker-compose.yml').replaceAll('\n', '\r\n'))
    expect((await generate(project)).data.files).toEqual([])
  })

  it('is as it was after a checkout that turned the line endings of everything', async () => {
    using project = withTemplate({ 'file.txt': 'base\n', 'manifest.json': '{\n  "a": 1\n}\n' })
    await generate(project)
    const files = readdirSync(project.root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    for (const { parentPath, name } of files) {
      const path = relative(project.root, join(parentPath, name))
      if (!path.startsWith('own/')) project.write(path, project.read(path).replaceAll('\n', '\r\n'))
    }
    const check = await project.run('check', { inputs: { templates: 'own' } })
    expect([check.exitCode, check.data.files]).toEqual([0, []])
  })

  it('says what is in the way where a folder has the name of a file', async () => {
    using project = withTemplate({ 'file.txt': 'base' })
    mkdirSync(project.path('docker-compose.yml'))
    const { exitCode, diagnostics } = await generate(project)
    expect([exitCode, show(diagnostics).includes('NB512 docker-compose.yml:1:1')]).toEqual([2, true])
  })
})
