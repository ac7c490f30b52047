import fc from 'fast-check'
import { expect } from 'vitest'
import { basePath, type LockedFile } from '../../action/scaffold/lock.ts'
import { firstMarker } from '../../action/scaffold/merge/markers.ts'
import type { ConflictPolicy } from '../../action/scaffold/plan-service.ts'
import { hashOf } from '../../action/scaffold/render-scaffold.ts'
import type { DiskFile, History } from './history.ts'

export const firstVersion = {
  'main.py': { text: Array.from({ length: 12 }, (_, index) => `line ${index % 9}\n`).join('') },
  Dockerfile: { text: 'FROM node:20-slim AS base\nWORKDIR /app\nCOPY . .\nEXPOSE 3001\nCMD ["node", "x.js"]\n' },
  'package.json': {
    text: `${JSON.stringify({ name: 'api', scripts: { test: 'x' }, dependencies: { a: '1.0.0', b: '1.0.0' } }, null, 2)}\n`,
  },
  'pyproject.toml': { text: '[project]\nname = "api"\ndependencies = [\n    "a==1.0.0",\n    "b==1.0.0",\n]\n\n[tool.x]\ny = 1\n' },
  'config.yml': { text: 'a: 1\nb:\n  c: 1\n  d: 2\n' },
  'Cargo.toml': {
    text: '[package]\nname = "@name@"\n\n[[bin]]\nname = "main"\n\n[dependencies]\na = "1.0.0"\nb = { version = "1.0.0", features = ["x"] }\n',
  },
  'requirements.txt': { text: 'a==1.0.0\nb==1.0.0\n' },
  '.dockerignore': { text: 'one\ntwo\n' },
  'README.md': { text: '# @name@\n\nA service.\n\nMore\n=======\n\nThe end.\n' },
  'go.mod': { text: 'module x\n\nrequire (\n\ta v1.0.0\n\tb v1.0.0\n)\n' },
  'example.txt': { text: 'one\ntwo\n', seed: true },
  'run.sh': { text: '#!/bin/sh\necho\n', executable: true },
}

interface Step {
  readonly by: 'user' | 'template'
  readonly action:
    | 'insert'
    | 'change'
    | 'remove'
    | 'bump'
    | 'depend'
    | 'value'
    | 'section'
    | 'move'
    | 'rename'
    | 'drop'
    | 'add'
    | 'mode'
    | 'endings'
    | 'ending'
    | 'reformat'
    | 'resolve'
  readonly file: number
  readonly place: number
}

const step: fc.Arbitrary<Step> = fc.record({
  by: fc.constantFrom('user', 'template'),
  action: fc.constantFrom(
    'insert',
    'insert',
    'change',
    'change',
    'remove',
    'bump',
    'depend',
    'value',
    'value',
    'section',
    'move',
    'rename',
    'drop',
    'add',
    'mode',
    'endings',
    'ending',
    'reformat',
    'resolve',
  ),
  file: fc.nat(20),
  place: fc.nat(40),
})
export interface Round {
  readonly steps: readonly Step[]
  readonly policy: ConflictPolicy
  readonly loseBases: boolean
}

export const round: fc.Arbitrary<Round> = fc.record({
  steps: fc.array(step, { maxLength: 6 }),
  policy: fc.constantFrom('keep', 'markers'),
  loseBases: fc.nat(30).map((n) => n === 0),
})

/** Changes one text as `step` says; `word` is new and unique, so that it can be looked for. */
function changed(text: string, path: string, { action, place }: Step, word: string): string {
  const lines = text.split(/(?<=\n)/)
  const at = lines.length === 0 ? 0 : place % lines.length
  const version = `${place}.${place % 3}.0`
  switch (action) {
    case 'insert':
      // Half of them are comments, so that a manifest can still be read.
      return [...lines.slice(0, at), `${place % 2 ? (path.endsWith('.json') ? '//' : '#') : ''}${word}\n`, ...lines.slice(at)].join('')
    case 'change':
      return lines.with(at, `${word}\n`).join('')
    case 'remove':
      return lines.toSpliced(at, 1).join('')
    case 'bump':
      return text.replace(/(?<=node:)\d+|(?<=(?:==|v|: "))\d+\.\d+\.\d+/, (old) => (old.includes('.') ? version : String(place)))
    case 'depend':
      if (path.endsWith('.json')) return text.replace(/("dependencies": \{)/, `$1\n    "${word}": "1.0.0",`)
      if (path.endsWith('.toml')) return text.replace('    "b==', `    "${word}==1.0.0",\n    "b==`)
      return text.replace('\tb v', `\t${word} v1.0.0\n\tb v`)
    case 'value':
      return text.replace(/(?<="test": )"[^"]*"|(?<=\by = ).+|(?<=\b[cd]: ).+/, `"${word}"`)
    case 'section':
      return withSection(text, path, place, word)
    case 'endings':
      return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n')
    case 'ending':
      return text.endsWith('\n') ? text.slice(0, -1) : `${text}\n`
    case 'reformat':
      return reformatted(text)
    case 'resolve':
      // Keeps the user's side, and of every second conflict both.
      return text.replace(
        /<{7} yours\r?\n([\s\S]*?)\|{7} base\r?\n[\s\S]*?={7}\r?\n([\s\S]*?)>{7} template .*\r?\n/g,
        (_, ours, theirs) => ours + (place % 2 ? theirs : ''),
      )
    default:
      return text
  }
}

// A part of its own, in the manner of the format.
function withSection(text: string, path: string, place: number, word: string): string {
  if (path.endsWith('.json')) return text.replace('{\n', `{\n  "${word}": {\n    "x": ${place}\n  },\n`)
  if (path === 'Cargo.toml' && place % 2) return `${text}\n[[bin]]\nname = "${word}"\n`
  if (path.endsWith('.toml')) return `${text}\n[tool.${word}]\nx = ${place}\n`
  return path.endsWith('.yml') ? `${text}${word}:\n  x: ${place}\n` : text
}

function reformatted(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 4)}\n`
  } catch {
    return text
  }
}

export function takeStep(history: History, step: Step, word: string): void {
  if (step.by === 'template') changeTemplate(history, step, word)
  else changeService(history, step, word)
}

function changeTemplate({ template }: History, step: Step, word: string): void {
  const { action, file, place } = step
  const paths = [...template.keys()]
  const path = paths[file % paths.length] as string
  const old = template.get(path)
  if (old === undefined) return
  if (action === 'drop' && paths.length > 3) template.delete(path)
  else if (action === 'add') template.set(`new${place % 3}.txt`, { text: `${word}\n` })
  else if (action === 'mode') template.set(path, { ...old, executable: !old.executable })
  else if (action !== 'resolve') template.set(path, { ...old, text: changed(old.text, path, step, word) })
}

function changeService(history: History, step: Step, word: string): void {
  const { action, file, place } = step
  const paths = history.files()
  const path = paths[file % paths.length]
  if (action === 'rename') rename(history, place)
  else if (action === 'add' || path === undefined)
    history.write(`services/${history.name}/${place % 2 ? `new${place % 3}.txt` : `${word}.txt`}`, `${word}\n`)
  else if (action === 'drop') history.disk.delete(path)
  else if (action === 'move')
    moveFile(history, path, `services/${history.name}/${place % 2 ? `moved/${place % 5}` : `new${place % 3}.txt`}`)
  else if (action === 'mode') history.disk.set(path, { content: Buffer.from(history.read(path)), executable: place % 2 === 0 })
  else history.write(path, changed(history.read(path), nameIn(path), step, word))
}

const names = ['api', 'web', 'core']

// The line alone, or the directory with it.
function rename(history: History, place: number): void {
  const from = history.name
  const to = names[(names.indexOf(from) + 1) % names.length] as string
  const isTaken = history.files().some((path) => path.startsWith(`services/${to}/`))
  // Once between two runs: who renames twice and moves once means something else.
  if (isTaken || history.lock.services[from] === undefined) return
  history.name = to
  if (place % 3 === 0) history.move(from, to)
}

function moveFile(history: History, from: string, to: string): void {
  const file = history.disk.get(from)
  if (file === undefined || history.disk.has(to)) return
  history.disk.delete(from)
  history.disk.set(to, file)
}

/** A file's path inside its service. */
const nameIn = (path: string) => path.split('/').slice(2).join('/')

const templateWords = (text: string) => new Set(text.match(/template-\d+/g) ?? [])

/** What the lock says of the service's files, whatever its name was then. */
export const lockedFiles = ({ lock }: History): Readonly<Record<string, LockedFile>> =>
  Object.values(lock.services).find(({ orphaned }) => !orphaned)?.files ?? {}

export interface Before {
  readonly disk: ReadonlyMap<string, DiskFile>
  readonly files: Readonly<Record<string, LockedFile>>
}

/** A file as it is in the service, under whichever of its names; '' when there is none. */
function inService(disk: ReadonlyMap<string, DiskFile>, name: string): string {
  return names.map((service) => disk.get(`services/${service}/${name}`)?.content.toString('utf8') ?? '').join('\n')
}

const filesIn = (disk: ReadonlyMap<string, DiskFile>) => [...disk.keys()].filter((path) => /^services\/[^.]/.test(path))

// A comma may have to follow, and an indent may have to be the file's.
const userLines = (text: string) => {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/,$/, ''))
  return lines.filter((line) => /user-\d+/.test(line))
}

/** Every line of the user's is where it was, be it between markers; and a file that no template has is untouched. */
export function verifyUserWords(history: History, before: Before): void {
  for (const path of filesIn(before.disk)) {
    const content = before.disk.get(path)?.content as Buffer
    const name = nameIn(path)
    const after = inService(history.disk, name)
    const present = new Set(userLines(after))
    expect([path, userLines(content.toString('utf8')).filter((line) => !present.has(line))]).toEqual([path, []])
    if (before.files[name] === undefined && !history.template.has(name)) expect(after).toContain(content.toString('utf8'))
  }
}

/** What the user deleted stays away. */
export function verifyDeletions(history: History, before: Before): void {
  const paths = filesIn(before.disk)
  if (paths.length === 0) return
  const isGone = (name: string) => !paths.some((path) => nameIn(path) === name)
  const returned = Object.keys(before.files).filter((name) => isGone(name) && inService(history.disk, name).trim() !== '')
  expect(returned).toEqual([])
}

/** A base advances with what was written, and with nothing less: all that the template added is in the file. */
export function verifyBases(history: History, before: Before): void {
  for (const [name, { base, state }] of Object.entries(lockedFiles(history))) {
    const pristine = history.read(basePath(base))
    if (history.disk.has(basePath(base))) expect(hashOf(pristine)).toBe(base)
    const old = before.files[name]
    if (old === undefined || old.base === base) continue
    expect(state).not.toBe('kept')
    const earlier = templateWords(before.disk.get(basePath(old.base))?.content.toString('utf8') ?? '')
    const present = templateWords(inService(history.disk, name))
    expect([name, [...templateWords(pristine)].filter((word) => !earlier.has(word) && !present.has(word))]).toEqual([name, []])
  }
}

/** Markers come only where they were asked for, and the lock remembers them. */
export function verifyMarkers(history: History, policy: ConflictPolicy, before: Before): void {
  for (const [name, { state }] of Object.entries(lockedFiles(history))) {
    const isNew = firstMarker(inService(before.disk, name)) === undefined
    if (isNew && firstMarker(inService(history.disk, name)) !== undefined) expect([policy, state]).toEqual(['markers', 'conflict'])
  }
}
