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

function reformatted(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 4)}\n`
  } catch {
    return text
  }
}

export function takeStep(history: History, step: Step, word: string): void {
  const { by, action, file, place } = step
  if (by === 'template') {
    const paths = [...history.template.keys()]
    const path = paths[file % paths.length] as string
    const old = history.template.get(path)
    if (old === undefined) return
    if (action === 'drop' && paths.length > 3) history.template.delete(path)
    else if (action === 'add') history.template.set(`new${place % 3}.txt`, { text: `${word}\n` })
    else if (action === 'mode') history.template.set(path, { ...old, executable: !old.executable })
    else if (action !== 'resolve') history.template.set(path, { ...old, text: changed(old.text, path, step, word) })
    return
  }
  const paths = history.files()
  const path = paths[file % paths.length]
  if (action === 'add' || path === undefined)
    history.write(`services/api/${place % 2 ? `new${place % 3}.txt` : `${word}.txt`}`, `${word}\n`)
  else if (action === 'drop') history.disk.delete(path)
  else if (action === 'mode') history.disk.set(path, { content: Buffer.from(history.read(path)), executable: place % 2 === 0 })
  else history.write(path, changed(history.read(path), path, step, word))
}

const words = (text: string, kind: 'user' | 'template') => new Set(text.match(new RegExp(`${kind}-\\d+`, 'g')) ?? [])
export const lockedFiles = (history: History): Readonly<Record<string, LockedFile>> => history.lock.services.api?.files ?? {}

export interface Before {
  readonly disk: ReadonlyMap<string, DiskFile>
  readonly files: Readonly<Record<string, LockedFile>>
}

/** Every word of the user's is where it was, be it between markers; a file that no template has is untouched. */
export function verifyUserWords(history: History, before: Before): void {
  for (const [path, { content }] of before.disk) {
    if (!path.startsWith('services/api/')) continue
    const after = words(history.read(path), 'user')
    for (const word of words(content.toString('utf8'), 'user')) expect([path, [...after]]).toEqual([path, expect.arrayContaining([word])])
    const name = path.slice('services/api/'.length)
    if (before.files[name] === undefined && !history.template.has(name)) expect(history.disk.get(path)?.content).toEqual(content)
  }
}

/** A base advances with what was written, and with nothing less: all that the template added is in the file. */
export function verifyBases(history: History, before: Before): void {
  for (const [name, { base, state }] of Object.entries(lockedFiles(history))) {
    const pristine = history.read(basePath(base))
    if (history.disk.has(basePath(base))) expect(hashOf(pristine)).toBe(base)
    const old = before.files[name]
    if (old === undefined || old.base === base) continue
    expect(state).not.toBe('kept')
    const earlier = words(before.disk.get(basePath(old.base))?.content.toString('utf8') ?? '', 'template')
    const present = words(history.read(`services/api/${name}`), 'template')
    expect([name, [...words(pristine, 'template')].filter((word) => !earlier.has(word) && !present.has(word))]).toEqual([name, []])
  }
}

/** Markers come only where they were asked for, and the lock remembers them. */
export function verifyMarkers(history: History, policy: ConflictPolicy, before: Before): void {
  for (const [name, { state }] of Object.entries(lockedFiles(history))) {
    const path = `services/api/${name}`
    const isNew = firstMarker(before.disk.get(path)?.content.toString('utf8') ?? '') === undefined
    if (isNew && firstMarker(history.read(path)) !== undefined) expect([policy, state]).toEqual(['markers', 'conflict'])
  }
}
