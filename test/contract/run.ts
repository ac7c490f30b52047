// Proves templates by building and running them: npm run contract -- [ids…] [--all] [--own folder] [--force] [--official]
// Results lie in test/contract/results/<id>.json with the template's digest, so that an interrupted run goes on where it
// stopped; at the end it writes docs/templates.md from them. Templates that cannot be built without the official images and
// every language's package registry (`verified` in template.yml) are only read, not built, without --official.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openTemplates } from '../../action/adapters/templates.ts'
import type { Template } from '../../action/config/template.ts'
import { textTable } from '../../action/report/table.ts'
import { createCatalogue } from '../../action/scaffold/catalogue.ts'
import { run } from '../e2e/support/run.ts'
import { tool } from '../support/project.ts'
import type { Cell } from './cells/cell.ts'
import { cellsFor, contract, isProven } from './contract.ts'
import { digestOf, type Result, readResult, writeResult } from './results.ts'
import { closeStage, openStage } from './stage.ts'
import { createSubject, imagesOf, removeSubject, type Stage, type Subject } from './subject.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean' }, own: { type: 'string', default: '' }, force: { type: 'boolean' }, official: { type: 'boolean' } },
})
const own = values.own === '' ? '' : resolve(values.own)
const library = openTemplates(tool, own === '' ? tool : resolve(own, '..'), own === '' ? '' : own.slice(resolve(own, '..').length + 1))
const templates = createCatalogue(library.sources, () => {})
  .all()
  .filter(({ id, placeholder }) => placeholder === undefined && (values.all || positionals.includes(id)))
const unknown = positionals.filter((id) => !templates.some((template) => template.id === id))
if (unknown.length > 0 || templates.length === 0) {
  console.error(`Name templates that have files, or --all. Not among them: ${unknown.join(', ') || '(none named)'}`)
  process.exit(2)
}

const failures: string[] = []
const rows: string[][] = []
const stage = await openStage()
try {
  const queue = [...templates]
  // Two at a time: the machines that run this have two cores.
  await Promise.all([work(queue, stage), work(queue, stage)])
} finally {
  await closeStage(stage)
}
if (own === '') await run(process.execPath, [join(tool, 'scripts/docs.ts')])
rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
console.log(`\n${textTable(['template', 'passed', 'failed', 'not for it', 'size', 'cold start', 'memory'], rows)}`)
for (const failure of failures) console.log(`FAILED ${failure}\n`)
console.log(`${rows.reduce((sum, row) => sum + Number(row[1]), 0)} passed, ${failures.length} failed`)
if (failures.length > 0) process.exitCode = 1

async function work(queue: Template[], shared: Stage): Promise<void> {
  for (let template = queue.shift(); template !== undefined; template = queue.shift()) await prove(template, shared)
}

async function prove(template: Template, shared: Stage): Promise<void> {
  const digest = digestOf(folderOf(template.id))
  const recorded = own === '' ? readResult(template.id) : undefined
  const known = values.force ? undefined : recorded
  const result: Result = known?.digest === digest ? known : { version: template.version, digest, cells: {}, measured: {} }
  const wanted = cellsFor(template, values.official === true)
  if (recorded !== undefined && isProven(template, recorded) && recorded.digest !== digest && recorded.version === template.version) {
    failures.push(`${template.id}: its files changed since version ${template.version} was proven: raise the version in its template.yml`)
    rows.push([template.id, '0', '1', '', '', '', ''])
    return
  }
  const failed = wanted.some(({ id }) => result.cells[id] === undefined) ? await runCells(template, wanted, shared, result) : 0
  const passed = Object.values(result.cells).filter((value) => value === 'passed').length
  const { size = '', coldStart = '', memory = '' } = result.measured
  rows.push([template.id, passed, failed, Object.keys(result.cells).length - passed, size, coldStart, memory].map(String))
}

/** Runs the cells that have no result yet, and records those that pass; returns the number of failures. */
async function runCells(
  template: Template,
  wanted: readonly Cell[],
  shared: Stage,
  { version, digest, cells, measured }: Result,
): Promise<number> {
  const subject = await createSubject(template, shared, own)
  Object.assign(subject.measured, measured)
  for (const { id, notFor } of wanted) cells[id] ??= notFor?.(subject) as string
  const open = wanted.filter(({ id }) => cells[id] === undefined)
  // Most cells run the image, so a resumed run builds it again, from the cache.
  const build = wanted.filter(({ id }) => id === 'build' && open.length > 0)
  if (build.length > 0) await run('bash', [join(tool, 'test/support/engine/up.sh'), ...imagesOf(subject)])
  const record = () => {
    if (own === '') writeResult(template.id, { version, digest, cells: inOrder(cells), measured: subject.measured })
  }
  let failed = 0
  try {
    for (const cell of new Set([...build, ...open])) {
      const outcome = await runCell(cell, subject)
      console.log(`${template.id}: ${cell.id}: ${outcome ?? 'FAILED'}`)
      if (outcome === undefined) {
        failed++
        console.log(failures.at(-1))
      } else {
        cells[cell.id] = outcome
        // At once: an interrupted run goes on here.
        record()
      }
      if (outcome === undefined && cell.id === 'build') break
    }
  } finally {
    await removeSubject(subject)
  }
  record()
  Object.assign(measured, subject.measured)
  return failed
}

async function runCell({ id, check }: Cell, subject: Subject): Promise<string | undefined> {
  try {
    await check(subject)
    return 'passed'
  } catch (error) {
    failures.push(`${subject.template.id}: ${id}\n${(error as Error).message}`)
    return undefined
  }
}

function inOrder(cells: Record<string, string>): Record<string, string> {
  return Object.fromEntries(contract.flatMap(({ id }) => (cells[id] === undefined ? [] : [[id, cells[id]]])))
}

function folderOf(id: string): string {
  return own !== '' && existsSync(join(own, id)) ? join(own, id) : join(tool, 'templates/services', id)
}
