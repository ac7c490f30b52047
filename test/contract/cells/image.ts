import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../e2e/support/run.ts'
import { dockerfileProblems } from '../dockerfile.ts'
import { buildImage, imageOf, names } from '../subject.ts'
import { assert, type Cell } from './cell.ts'

export const dockerfileCell: Cell = {
  id: 'dockerfile',
  title: 'its Dockerfile has stages and literal bases, downloads through package managers or by checksum, and holds no secret',
  check: async ({ root }) => {
    const folder = join(root, 'services', names.ordinary)
    const problems = dockerfileProblems(readFileSync(join(folder, 'Dockerfile'), 'utf8'))
    assert(problems.length === 0, problems.join('\n'))
    // Docker's own checks, where this Docker has them (buildx 0.15).
    const hasCheck = (await run('docker', ['buildx', 'build', '--help'])).includes('--check')
    if (hasCheck) await run('docker', ['buildx', 'build', '--check', folder])
  },
}

export const imageCells: readonly Cell[] = [
  {
    id: 'build',
    title: '`docker build` succeeds, and its user is a number above 0',
    check: async (subject) => {
      const image = await buildImage(subject, names.ordinary)
      const [user = '', size = '0'] = (await run('docker', ['image', 'inspect', '--format', '{{.Config.User}} {{.Size}}', image]))
        .trim()
        .split(' ')
      assert(/^[1-9]\d*(:[1-9]\d*)?$/.test(user), `the user is ${user || 'root'}`)
      subject.measured.size = `${Math.round(Number(size) / 1e6)} MB`
    },
  },
  {
    id: 'tests',
    title: 'its own tests pass in its build stage',
    notFor: ({ template }) => (template.test.length === 0 ? 'has no tests' : undefined),
    check: async (subject) => {
      const image = await buildImage(subject, names.ordinary, 'build')
      await run('docker', ['run', '--rm', '--network', 'none', image, ...subject.template.test])
    },
  },
  {
    id: 'lint',
    title: 'the linter of its language is content, in its build stage and without a network',
    notFor: ({ template }) => (template.lint.length === 0 ? 'has no linter' : undefined),
    check: async (subject) => {
      const image = await buildImage(subject, names.ordinary, 'build')
      await run('docker', ['run', '--rm', '--network', 'none', image, ...subject.template.lint])
    },
  },
  {
    id: 'names',
    title: 'keyword-like, hyphenated, underscored and 63-character names build',
    check: async (subject) => {
      await buildImage(subject, names.keyword)
      await buildImage(subject, names.hard)
      await run('docker', ['image', 'rm', '--force', imageOf(subject, names.keyword), imageOf(subject, names.hard)])
    },
  },
  {
    id: 'dev',
    title: 'the development stage builds',
    notFor: ({ template }) => (template.dev.target === undefined ? 'rebuilds instead' : undefined),
    check: async (subject) => {
      await buildImage(subject, names.ordinary, subject.template.dev.target)
    },
  },
]
