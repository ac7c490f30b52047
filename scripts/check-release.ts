// Says what keeps a tag from being released: npm run check:release -- v1.2.3
import { globSync, readFileSync } from 'node:fs'

const tag = process.argv[2] ?? ''
const version = tag.replace(/^v/, '')
const major = tag.replace(/\..*$/, '')
const { version: packaged } = JSON.parse(readFileSync('package.json', 'utf8'))

/** Names of this action and its workflows that are not `wanted`. */
function otherNames(patterns: readonly string[], wanted: (ref: string) => boolean): string[] {
  return globSync([...patterns])
    .sort()
    .flatMap((file) => {
      const refs = [...readFileSync(file, 'utf8').matchAll(/nself\/build-action(?:\/[\w./-]+)?@([\w.${}-]+)/g)].map(([, ref = '']) => ref)
      return refs.filter((ref) => !wanted(ref)).map((ref) => `${file} names @${ref}, not @${major}`)
    })
}

const problems = [
  ...(/^v\d+\.\d+\.\d+$/.test(tag) ? [] : [`${tag || 'no tag'} is not vX.Y.Z`]),
  ...(packaged === version ? [] : [`package.json has version ${packaged}`]),
  ...(readFileSync('CHANGELOG.md', 'utf8').includes(`\n## [${version}]`) ? [] : [`CHANGELOG.md has no section [${version}]`]),
  // What users copy follows the major version.
  ...otherNames(['workflows/*.yml', 'README.md'], (ref) => ref === major),
  ...otherNames(['docs/**/*.md'], (ref) => ref === major || ref.startsWith(`${major}.`)),
  // What they call runs the action of its own commit, whichever version they name.
  ...globSync('.github/workflows/*.yml')
    .sort()
    .filter((file) => /nself\/build-action[@/]/.test(readFileSync(file, 'utf8')))
    .map((file) => `${file} names nself/build-action instead of $/`),
]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
