import { mkdirSync, symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { snapshot, temporaryProject } from '../support/project.ts'

const env = { '.env.dev': 'PROJECT_NAME=shop\nCS_1=api:custom\n' }

describe('a link in the place of something that is written: refused, nothing written on either side', () => {
  it.each([
    { link: 'services', to: 'folder' },
    { link: 'services/api', to: 'folder' },
    { link: 'services/.scaffold', to: 'folder' },
    { link: 'services/.scaffold/base', to: 'folder' },
    { link: 'services/.scaffold/lock.json', to: 'file' },
    { link: 'services/.scaffold/compose', to: 'file' },
    { link: 'nginx', to: 'folder' },
    { link: 'nginx/conf.d', to: 'folder' },
    { link: 'nginx/sites', to: 'folder' },
    { link: 'nginx/nginx.conf', to: 'file' },
    { link: 'nginx/sites/cs-api.conf', to: 'nothing' },
    { link: 'postgres', to: 'folder' },
    { link: 'docker-compose.yml', to: 'file' },
    { link: 'docker-compose.yml', to: 'nothing' },
  ])('$link → $to', async ({ link, to }) => {
    using outside = temporaryProject({ file: 'mine' })
    mkdirSync(outside.path('folder'))
    using project = temporaryProject(env)
    mkdirSync(project.path(link.split('/').slice(0, -1).join('/')), { recursive: true })
    symlinkSync(outside.path(to), project.path(link))
    const before = [snapshot(project.root), snapshot(outside.root)]
    const { exitCode, diagnostics } = await project.run('generate', { handEdits: 'overwrite' })
    expect(exitCode).toBe(2)
    expect(diagnostics.find(({ code }) => code === 'NB508')).toMatchObject({ severity: 'error', position: { file: link } })
    expect([snapshot(project.root), snapshot(outside.root)]).toEqual(before)
  })

  it('a link at the place where a service is staged is replaced, not followed', async () => {
    using outside = temporaryProject({ file: 'mine' })
    using project = temporaryProject(env)
    mkdirSync(project.path('services'))
    symlinkSync(outside.root, project.path('services/.api.nself-partial'))
    const before = snapshot(outside.root)
    expect((await project.run('generate')).exitCode).toBe(0)
    expect(snapshot(outside.root)).toEqual(before)
  })

  it('a link at the place of a partial file is replaced, not followed', async () => {
    using outside = temporaryProject({ file: 'mine' })
    using project = temporaryProject(env)
    symlinkSync(outside.path('file'), project.path('docker-compose.yml.nself-partial'))
    await project.run('generate')
    expect(outside.read('file').length).toBe('mine'.length)
  })
})

describe('an env file that is a link', () => {
  it('may stay within the project', async () => {
    using project = temporaryProject({ 'config/env': env['.env.dev'] })
    symlinkSync('config/env', project.path('.env.dev'))
    expect((await project.run('generate')).exitCode).toBe(0)
  })

  it.each([
    { name: 'out of the project', target: '../' },
    { name: 'to nothing', target: 'missing' },
    { name: 'to itself', target: '.env.dev' },
  ])('is refused when it leads $name', async ({ target }) => {
    using project = temporaryProject({ 'a/b': '' })
    symlinkSync(target, project.path('.env.dev'))
    const { exitCode, diagnostics } = await project.run('generate')
    expect(exitCode).toBe(2)
    expect(diagnostics.find(({ code }) => code === 'NB107')).toMatchObject({ position: { file: '.env.dev', line: 1, column: 1 } })
  })
})
