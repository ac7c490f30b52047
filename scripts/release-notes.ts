// Prints the section of the changelog for a tag: npm run --silent release-notes -- v1.2.3
import { readFileSync } from 'node:fs'

const version = process.argv[2]?.replace(/^v/, '') ?? ''
const changelog = readFileSync('CHANGELOG.md', 'utf8')
const section = changelog.split(/^## /m).find((text) => text.startsWith(`[${version}]`))
if (section === undefined) throw new Error(`CHANGELOG.md has no section [${version}]`)
console.log(section.replace(/^.*\n+/, '').trim())
