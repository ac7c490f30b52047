import { describe, expect, it } from 'vitest'
import { openTemplates } from '../../../../action/adapters/templates.ts'
import type { Template } from '../../../../action/config/template.ts'
import { createRenderer } from '../../../../action/render/liquid.ts'
import { renderScaffold, type ScaffoldFile, templateKey } from '../../../../action/scaffold/render-scaffold.ts'
import { History } from '../../../support/history.ts'
import { catalogue, tool } from '../../../support/project.ts'

const library = openTemplates(tool, tool, '')
const templates = catalogue.all().filter(({ placeholder }) => placeholder === undefined)

function render(template: Template, port: number): ScaffoldFile[] {
  const files = library.files(template.id)
  const liquid = files.filter(({ path }) => path.endsWith('.liquid'))
  const renderer = createRenderer(
    Object.fromEntries(liquid.map(({ path, content }) => [templateKey(template, path), content.toString('utf8')])),
  )
  return renderScaffold(template, files, { name: 'api', port, project: 'shop' }, renderer, new Map())
}

const manifest =
  /(?:^|\/)(?:package\.json|pyproject\.toml|go\.mod|composer\.json|Gemfile|deno\.json|Cargo\.toml|pom\.xml|mix\.exs|Package\.swift|CMakeLists\.txt|[^/]+\.csproj)$/

/** What a file may have been a version ago: lower base images, lower dependencies, other lines of code. */
function earlier(path: string, text: string): string {
  if (path === 'Dockerfile')
    return text.replace(/(?<=^FROM [a-z/]+:)\d+/gm, (major) => String(Number(major) - 1)).replace('WORKDIR', '# Earlier.\nWORKDIR')
  if (manifest.test(path)) return text.replace(version, earlierVersion)
  const lines = text.split('\n')
  if (lines.length < 16 || /\.(?:json|toml|ya?ml)$/.test(path)) return text
  const [first, second] = [Math.floor(lines.length / 4), Math.floor((lines.length * 3) / 4)]
  return lines.with(first, `${lines[first]} earlier`).toSpliced(second, 0, 'a line that is no more').join('\n')
}

// The versions of dependencies in all manifests that are there.
const version =
  /(?<=(?:==|@|(?<!"version)": "\^?|\t\S+ v|gem "[\w-]+", "|= "=|<version>|\{:\w+, "(?:~> )?|from: "|Version="))\d+(?:\.\d+)+/g
const earlierVersion = '0.1.0'

/** A service made from the earlier version. */
async function scaffolded(template: Template, port = 3001): Promise<History> {
  const history = new History()
  await offer(history, render(template, port), earlier)
  return history
}

async function offer(history: History, files: readonly ScaffoldFile[], alter: (path: string, text: string) => string = (_, text) => text) {
  history.template = new Map(
    files.map((file) => {
      const text = file.content.toString('utf8')
      const isSeed = file.class === 'seed'
      return [file.path, { text: isSeed ? text : alter(file.path, text), executable: file.executable, seed: isSeed }]
    }),
  )
  history.version++
  return history.generate('keep')
}

/** Upgrades to the version of today: what was reported of which files, and which files are not as the template has them. */
async function upgrade(history: History, template: Template, port = 3001) {
  const files = render(template, port)
  const plan = await offer(history, files)
  const conflicts = plan.diagnostics
    .filter(({ code }) => code === 'NB516')
    .map(({ position }) => position?.file.slice('services/api/'.length))
  const different = files.filter(({ path, content }) => history.read(`services/api/${path}`) !== content.toString('utf8'))
  return { conflicts, different: different.map(({ path }) => path), diagnostics: plan.diagnostics }
}

/** The longest file of code that follows the template. */
function mainFile(template: Template): string {
  const code = render(template, 3001).filter(
    ({ path, class: kind }) => kind === 'merge' && /\.(?:[jt]s|py|go|rb|php|java|kt|rs|cs|exs?|swift|cpp)$/.test(path),
  )
  return code.sort((a, b) => b.content.length - a.content.length)[0]?.path ?? 'README.md'
}

const edit = (history: History, path: string, change: (text: string) => string) =>
  history.write(`services/api/${path}`, change(history.read(`services/api/${path}`)))

const insertInTheMiddle = (text: string, lines: string) => {
  const all = text.split('\n')
  return all.toSpliced(Math.floor(all.length / 2), 0, lines).join('\n')
}

describe.each(templates)('$id, upgraded from an earlier version', (template) => {
  const hasManifest = render(template, 3001).find(({ path, class: kind }) => kind === 'merge' && manifest.test(path))?.path
  const mergesDockerfile = render(template, 3001).some(({ path, class: kind }) => path === 'Dockerfile' && kind === 'merge')

  it('without an edit: is as the template has it', async () => {
    const history = await scaffolded(template)
    expect(await upgrade(history, template)).toEqual({ conflicts: [], different: [], diagnostics: [] })
  })

  it('with a route added', async () => {
    const [history, path] = [await scaffolded(template), mainFile(template)]
    edit(history, path, (text) => insertInTheMiddle(text, 'a route of mine\nwith two lines'))
    expect(await upgrade(history, template)).toMatchObject({ conflicts: [], different: [path] })
    expect(history.read(`services/api/${path}`)).toContain('a route of mine\nwith two lines')
    expect(history.read(`services/api/${path}`)).not.toContain('a line that is no more')
  })

  if (hasManifest !== undefined)
    it('with a dependency added, and another bumped by a bot', async () => {
      const [history, path] = [await scaffolded(template), hasManifest]
      edit(history, path, (text) => withDependency(path, text.replace(earlierVersion, '999.0.0')))
      const { conflicts } = await upgrade(history, template)
      expect(conflicts).toEqual([])
      const upgraded = history.read(`services/api/${path}`)
      expect(upgraded).toContain('mine')
      expect(upgraded).not.toContain(earlierVersion)
      const isVersioned = !path.endsWith('CMakeLists.txt')
      expect(upgraded.includes('999.0.0')).toBe(isVersioned)
      if (path === 'package.json') expect(() => JSON.parse(upgraded)).not.toThrow()
    })

  it('with another port in the env file, and edits beside it', async () => {
    const history = await scaffolded(template)
    edit(history, 'README.md', (text) => `${text}\n## Mine\n`)
    const { conflicts } = await upgrade(history, template, 3999)
    expect(conflicts).toEqual([])
    expect(history.read('services/api/README.md')).toContain('## Mine')
  })

  if (mergesDockerfile)
    it('with a RUN line added, and a FROM bumped by a bot', async () => {
      const history = await scaffolded(template)
      edit(history, 'Dockerfile', (text) => text.replace(/(?<=^FROM [a-z/]+:)\d+/m, '999').replace(/^(WORKDIR .*)$/m, '$1\nRUN mine'))
      const { conflicts } = await upgrade(history, template)
      expect(conflicts).toEqual([])
      expect(history.read('services/api/Dockerfile')).toContain('RUN mine')
      expect(history.read('services/api/Dockerfile')).not.toContain('# Earlier.')
    })

  it('with the README rewritten: told, and left alone', async () => {
    const history = await scaffolded(template)
    edit(history, 'README.md', () => '# Mine\n\nAll of it.\n')
    const { conflicts } = await upgrade(history, template)
    expect(conflicts.filter((path) => path !== 'README.md')).toEqual([])
    expect(history.read('services/api/README.md')).toBe('# Mine\n\nAll of it.\n')
  })

  it('with a file deleted, and one moved', async () => {
    const [history, path] = [await scaffolded(template), mainFile(template)]
    const text = history.read(`services/api/${path}`)
    history.disk.delete(`services/api/${path}`)
    history.write('services/api/moved.txt', text)
    const { conflicts } = await upgrade(history, template)
    expect([conflicts, history.disk.has(`services/api/${path}`), history.read('services/api/moved.txt')]).toEqual([[], false, text])
  })

  it('with code reformatted: a conflict in that file, and no line lost', async () => {
    const [history, path] = [await scaffolded(template), mainFile(template)]
    const wide = (text: string) => text.replace(/^[ \t]+/gm, '$&$&')
    edit(history, path, wide)
    const text = history.read(`services/api/${path}`)
    const { conflicts } = await upgrade(history, template)
    expect(conflicts.filter((each) => each !== path)).toEqual([])
    const after = history.read(`services/api/${path}`)
    if (conflicts.length > 0) expect(after).toBe(text)
    const lines = new Set(after.split('\n'))
    expect(text.split('\n').filter((line) => !lines.has(line) && !/ earlier$|^a line that is no more$/.test(line))).toEqual([])
  })

  if (hasManifest?.endsWith('.json'))
    it('with a manifest reformatted', async () => {
      const [history, path] = [await scaffolded(template), hasManifest]
      edit(history, path, (text) => `${JSON.stringify(JSON.parse(text), null, '\t')}\n`)
      expect((await upgrade(history, template)).conflicts).toEqual([])
      const expected = JSON.parse(
        render(template, 3001)
          .find((file) => file.path === path)
          ?.content.toString('utf8') ?? '',
      )
      expect(history.read(`services/api/${path}`)).toBe(`${JSON.stringify(expected, null, '\t')}\n`)
    })

  it('with other line endings', async () => {
    const history = await scaffolded(template)
    for (const path of history.files()) history.write(path, history.read(path).replaceAll('\n', '\r\n'))
    const { conflicts, diagnostics } = await upgrade(history, template)
    expect([conflicts, diagnostics]).toEqual([[], []])
    for (const { path, content } of render(template, 3001))
      expect(history.read(`services/api/${path}`)).toBe(content.toString('utf8').replaceAll('\n', '\r\n'))
  })
})

/** One more dependency, where its language has them. */
function withDependency(path: string, text: string): string {
  if (path.endsWith('mix.exs')) return text.replace(/(\{:\w+, "[^"]*"\})\n/, '$1,\n      {:mine, "1.0.0"}\n')
  if (path.endsWith('pom.xml'))
    return text.replace('  <dependencies>\n', '  <dependencies>\n    <dependency>\n      <groupId>mine</groupId>\n    </dependency>\n')
  if (path.endsWith('CMakeLists.txt')) return text.replace(/^find_package\(/m, 'find_package(mine REQUIRED)\nfind_package(')
  return text.replace(/^([ \t]*)(?=.*999\.0\.0)/m, `$1${lineOf(path)}\n$1`)
}

function lineOf(path: string): string {
  if (path.endsWith('.json')) return '"mine": "1.0.0",'
  if (path.endsWith('Cargo.toml')) return 'mine = "=1.0.0"'
  if (path.endsWith('.toml')) return '"mine==1.0.0",'
  if (path.endsWith('.swift')) return '.package(url: "https://example.com/mine.git", from: "1.0.0"),'
  if (path.endsWith('.csproj')) return '<PackageReference Include="mine" Version="1.0.0" />'
  return path.endsWith('go.mod') ? 'mine v1.0.0' : 'gem "mine", "1.0.0"'
}
