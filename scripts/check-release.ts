// Says what keeps a tag from being released: node scripts/check-release.ts v1.2.3
import { globSync, readFileSync } from 'node:fs'

const tag = process.argv[2] ?? ''
const version = tag.replace(/^v/, '')
const major = tag.replace(/\..*$/, '')
const { version: packaged } = JSON.parse(readFileSync('package.json', 'utf8'))
const workflows = [
  ...globSync('workflows/*.yml'),
  ...globSync('.github/workflows/*.yml'),
  ...globSync('docs/*.md'),
  'README.md',
  'action/**/*.ts',
]
const others = workflows
  .flatMap((pattern) => globSync(pattern))
  .flatMap((file) => {
    const refs = [...readFileSync(file, 'utf8').matchAll(/nself\/build-action(?:\/[\w./-]+)?@(v[\w.]+)/g)].map(([, ref]) => ref)
    return refs.filter((ref) => ref !== major && !ref?.startsWith(`${major}.`)).map((ref) => `${file} names @${ref}, not @${major}`)
  })
const problems = [
  ...(/^v\d+\.\d+\.\d+$/.test(tag) ? [] : [`${tag || 'no tag'} is not vX.Y.Z`]),
  ...(packaged === version ? [] : [`package.json has version ${packaged}`]),
  ...(readFileSync('CHANGELOG.md', 'utf8').includes(`\n## [${version}]`) ? [] : [`CHANGELOG.md has no section [${version}]`]),
  ...others,
]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
