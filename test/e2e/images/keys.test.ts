import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Inputs } from '../../../action/inputs.ts'
import type { TemporaryProject } from '../../support/project.ts'
import { run } from '../support/run.ts'
import { imagesProject, runImages } from './support/project.ts'
import { moveTag, pushBase, removeImages } from './support/registry.ts'
import { type RegistryServer, startRegistry } from './support/registry-server.ts'
import { listTree } from './support/tree.ts'

// Prints the tree below /app in the lines of `listTree`.
const lister = `
cd /app && find . -mindepth 1 | sed 's,^\\./,,' | while IFS= read -r path; do
  if [ -L "$path" ]; then echo "link 0 \\"$path\\" $(readlink "$path")"
  elif [ -d "$path" ]; then echo "folder $(stat -c %a "$path") \\"$path\\" "
  else echo "file $(stat -c %a "$path") \\"$path\\" $(sha256sum < "$path" | cut -d' ' -f1)"
  fi
done`

let registry: RegistryServer
let namespace: string

beforeAll(async () => {
  registry = await startRegistry()
  namespace = `${registry.host}/acme`
  return async () => {
    await removeImages(namespace)
    await registry[Symbol.asyncDispose]()
  }
})

describe('one project, one change after another', () => {
  let base: string
  let tool: string
  let project: TemporaryProject
  let service: string
  let outside: string

  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always', ...args], service)
  const at = (path: string) => join(service, path)

  beforeAll(async () => {
    base = `${namespace}/base`
    tool = `${namespace}/tool`
    const dockerfile = `FROM ${base}:1\nARG GREETING=none\nCOPY . /app\nCOPY --from=${tool}:1 /version /tool\nRUN echo $GREETING > /greeting\n`
    const ignored = '*.log\n.git\n**/.git\n'
    project = imagesProject(['web'], () => ({
      Dockerfile: dockerfile,
      '.dockerignore': ignored,
      'main.txt': 'one\n',
      'run.sh': 'exit\n',
      'a/b.txt': 'b\n',
    }))
    service = project.path('services/web')
    symlinkSync('main.txt', at('link'))
    writeFileSync(at('debug.log'), 'noise')
    outside = mkdtempSync(join(tmpdir(), 'nself-submodule-'))
    await Promise.all([pushBase(`${base}:1`, 'base-1'), pushBase(`${tool}:1`, 'tool-1')])
    await Promise.all([pushBase(`${base}:2`, 'base-2'), pushBase(`${tool}:2`, 'tool-2')])
    return () => {
      project[Symbol.dispose]()
      rmSync(outside, { recursive: true })
    }
  })

  interface Row {
    readonly what: string
    readonly edit?: () => unknown
    readonly inputs?: Partial<Inputs>
    /** The reason of a build; none when the image is there already. */
    readonly because?: string
    /** A file of the image and its text. */
    readonly holds?: readonly [path: string, text: string]
  }

  const rows: Row[] = [
    { what: 'cold', because: 'never built', holds: ['/app/main.txt', 'one'] },
    { what: 'no change' },
    { what: 'other times', edit: () => run('touch', ['-d', '2001-01-01', at('main.txt'), at('a')]) },
    {
      what: 'a change in a file',
      edit: () => writeFileSync(at('main.txt'), 'two\n'),
      because: 'changed: context',
      holds: ['/app/main.txt', 'two'],
    },
    { what: 'a change in a mode', edit: () => chmodSync(at('run.sh'), 0o755), because: 'changed: context' },
    {
      what: 'a change in the target of a link',
      edit: () => {
        rmSync(at('link'))
        symlinkSync('run.sh', at('link'))
      },
      because: 'changed: context',
    },
    { what: 'a change in an ignored file', edit: () => writeFileSync(at('debug.log'), 'more noise\n') },
    {
      what: 'an ignored file that is sent now',
      edit: () => writeFileSync(at('.dockerignore'), '*.log\n!debug.log\n.git\n**/.git\n'),
      because: 'changed: context',
      holds: ['/app/debug.log', 'more noise'],
    },
    {
      what: 'a build argument',
      inputs: { buildArgs: { GREETING: 'hello' } },
      because: 'changed: build arguments',
      holds: ['/greeting', 'hello'],
    },
    { what: 'the same argument again', inputs: { buildArgs: { GREETING: 'hello' } } },
    { what: 'without the argument: as before', holds: ['/greeting', 'none'] },
    {
      what: "the base's digest",
      edit: () => moveTag(base, '2', '1'),
      because: 'changed: base BASE:1 moved, build arguments',
      holds: ['/version', 'base-2'],
    },
    {
      what: 'the digest of an image that is copied from',
      edit: () => moveTag(tool, '2', '1'),
      because: 'changed: base TOOL:1 moved',
      holds: ['/tool', 'tool-2'],
    },
    { what: 'a rename', edit: () => renameSync(at('a/b.txt'), at('a/c.txt')), because: 'changed: context', holds: ['/app/a/c.txt', 'b'] },
    { what: 'an empty folder', edit: () => mkdirSync(at('empty')), because: 'changed: context' },
    {
      what: 'a Dockerfile',
      edit: () => writeFileSync(at('Dockerfile'), `FROM ${base}:1\nCOPY . /app\n`),
      because: 'changed: base TOOL:1 is gone, context, dockerfile',
    },
    {
      what: 'a commit of what is there',
      edit: async () => {
        await git('init', '--quiet', '--initial-branch=main')
        await git('add', '.')
        await git('commit', '--quiet', '--message=first')
      },
    },
    {
      what: 'an untracked file',
      edit: () => writeFileSync(at('new.txt'), 'new\n'),
      because: 'changed: context',
      holds: ['/app/new.txt', 'new'],
    },
    { what: 'the same file, tracked', edit: async () => git('add', 'new.txt') },
    {
      what: 'a submodule',
      edit: async () => {
        await run('git', ['init', '--quiet', outside])
        writeFileSync(join(outside, 'sub.txt'), 'sub-1\n')
        await run('git', ['-C', outside, 'add', '.'])
        await run('git', ['-C', outside, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message=sub'])
        await git('submodule', '--quiet', 'add', outside, 'sub')
      },
      because: 'changed: context',
      holds: ['/app/sub/sub.txt', 'sub-1'],
    },
    {
      what: 'a dirty file in the submodule',
      edit: () => writeFileSync(at('sub/sub.txt'), 'sub-2\n'),
      because: 'changed: context',
      holds: ['/app/sub/sub.txt', 'sub-2'],
    },
    {
      what: 'a file that git takes for unchanged',
      edit: async () => {
        await git('update-index', '--assume-unchanged', 'main.txt')
        writeFileSync(at('main.txt'), 'three\n')
      },
      because: 'changed: context',
      holds: ['/app/main.txt', 'three'],
    },
    {
      what: 'line ends that git converts: what is on disk counts',
      edit: async () => {
        writeFileSync(at('.gitattributes'), '* text=auto eol=lf\n')
        writeFileSync(at('a/c.txt'), 'b\r\n')
      },
      because: 'changed: context',
      holds: ['/app/a/c.txt', 'b\r'],
    },
  ]

  it.each(rows)('$what', async ({ edit, inputs = {}, because, holds }) => {
    await edit?.()
    const all = { registry: namespace, ...inputs }
    const plan = await runImages(project, 'plan', all)
    expect(plan.data.reasons).toEqual({ web: (because ?? 'unchanged').replace('BASE', base).replace('TOOL', tool) })

    const build = await runImages(project, 'build', all)
    expect(build.text).not.toContain('failed:')
    expect(build).toMatchObject({
      exitCode: 0,
      data: because === undefined ? { built: [], reused: ['web'] } : { built: ['web'], reused: [] },
    })
    const image = build.data.images.web as string
    expect(JSON.parse(project.read('nself-digests.json'))).toMatchObject({ services: { web: { image, key: plan.data.keys.web } } })
    expect(project.read('nself-digests.json.env')).toBe(`CS_1_IMAGE=${image}\n`)

    if (because === undefined && holds === undefined) return
    const [file, text] = holds ?? ['/app/main.txt', undefined]
    const output = await run('docker', ['run', '--rm', '--network=none', image, 'sh', '-c', `cat ${file}; echo; echo ----; ${lister}`])
    const [shown = '', tree = ''] = output.split('\n----\n')
    if (text !== undefined) expect(shown).toBe(`${text}\n`)
    const isLogSent = project.read('services/web/.dockerignore').includes('!')
    const sent = listTree(service).filter((line) => !/"(?:.*\/)?\.git[/"]/.test(line) && (isLogSent || !line.includes('.log"')))
    expect(
      tree
        .trimEnd()
        .split('\n')
        .map((line) => line.trimEnd())
        .sort(),
    ).toEqual(sent.map((line) => line.trimEnd()).sort())
  })
})

describe('the same content elsewhere', () => {
  const dockerfile = 'FROM busybox:stable\nCOPY . /app\n'
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com']
  it('a shallow clone of the commit, and two branches there and back', async () => {
    const inputs = { registry: `${namespace}/clones` }
    using project = imagesProject(['web'], () => ({
      Dockerfile: dockerfile,
      '.dockerignore': '.git',
      'main.txt': 'one\n',
      'run.sh': 'exit\n',
    }))
    chmodSync(project.path('services/web/run.sh'), 0o755)
    const git = (...args: string[]) => run('git', [...identity, ...args], project.root)
    await git('init', '--quiet', '--initial-branch=one')
    await git('add', '.')
    await git('commit', '--quiet', '--message=one')
    const first = await runImages(project, 'build', inputs)
    expect(first.data.built).toEqual(['web'])

    using clone = imagesProject([], () => ({}))
    rmSync(clone.root, { recursive: true })
    await run('git', ['clone', '--quiet', '--depth=1', `file://${project.root}`, clone.root])
    expect((await runImages(clone, 'build', inputs)).data).toMatchObject({ reused: ['web'], images: first.data.images })

    await git('switch', '--quiet', '--create', 'two')
    project.write('services/web/main.txt', 'two\n')
    await git('commit', '--quiet', '--all', '--message=two')
    const second = await runImages(project, 'build', inputs)
    expect(second.data).toMatchObject({ built: ['web'], reasons: { web: 'changed: context' } })

    await git('switch', '--quiet', 'one')
    expect((await runImages(project, 'build', inputs)).data).toMatchObject({ reused: ['web'], images: first.data.images })
    await git('switch', '--quiet', 'two')
    expect((await runImages(project, 'build', inputs)).data).toMatchObject({ reused: ['web'], images: second.data.images })
  })

  it('two branches at once, and one of them twice', async () => {
    const inputs = { registry: `${namespace}/at-once`, tags: 'stable' }
    const branch = (text: string) => imagesProject(['web'], () => ({ Dockerfile: dockerfile, 'main.txt': text }))
    using one = branch('one\n')
    using two = branch('two\n')
    using twin = branch('one\n')
    const runs = await Promise.all([one, two, twin].map((project) => runImages(project, 'build', inputs)))
    for (const [index, text] of ['one\n', 'two\n', 'one\n'].entries()) {
      const { exitCode, data } = runs[index] as (typeof runs)[number]
      expect({ exitCode, failed: data.failed }).toEqual({ exitCode: 0, failed: [] })
      expect(await run('docker', ['run', '--rm', data.images.web as string, 'cat', '/app/main.txt'])).toBe(text)
    }
    for (const project of [one, two, twin]) expect((await runImages(project, 'build', inputs)).data.reused).toEqual(['web'])
  })

  it('a new version of a template counts when it has been generated', async () => {
    const template = (version: string) => `id: tiny
version: ${version}
title: Tiny
description: One file.
language: any
kind: web
image: busybox:stable
framework: none
defaults: { memory: 16M, cpu: 0.1 }
minimumMemory: 16M
needs: []
stopGracePeriod: 5s
startPeriod: 5s
readOnly: true
tmpfs: [/tmp]
probe: bash
dev:
  watch:
    - { action: rebuild, path: . }
seed: []
test: ["true"]
proof: []
`
    using project = imagesProject([], () => ({}))
    project.write('.env.dev', `${project.read('.env.dev')}CS_1=web:tiny:3001\n`)
    const write = (version: string) => {
      project.write('own/tiny/template.yml', template(version))
      project.write('own/tiny/Dockerfile', dockerfile)
      project.write('own/tiny/version.txt', version)
    }
    const own = { registry: `${namespace}/templates`, templates: 'own' }
    write('1.0.0')
    expect(await project.run('generate', { inputs: { templates: 'own' } })).toMatchObject({ exitCode: 0 })
    await runImages(project, 'build', own)
    write('1.1.0')
    expect((await runImages(project, 'build', own)).data.reused).toEqual(['web'])
    expect(await project.run('generate', { inputs: { templates: 'own' } })).toMatchObject({ exitCode: 0 })
    const { data } = await runImages(project, 'build', own)
    expect(data.reasons).toEqual({ web: 'changed: context' })
    expect(await run('docker', ['run', '--rm', data.images.web as string, 'cat', '/app/version.txt'])).toBe('1.1.0')
  })
})
