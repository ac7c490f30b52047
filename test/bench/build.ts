// Measures `build` against bake on the machine's own Docker Engine and a registry of its own: medians of runs that alternate, so that a
// busy machine hits both alike. Exit 1 when a goal is missed. Usage: npm run bench:build [runs] [services…], by default 5 runs, 40 and 99
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { removeImages } from '../e2e/images/support/registry.ts'
import { startRegistry } from '../e2e/images/support/registry-server.ts'

const cli = join(dirname(fileURLToPath(import.meta.url)), '../../dist/cli.js')
const [runs = 5, ...sizes] = process.argv.slice(2).map(Number)
const filesPerService = 20
const registry = await startRegistry()

interface Row {
  readonly what: string
  readonly ours: number
  readonly bake: number
  /** What our time may be at most, as a part of bake's. Sizes of one's own have no goal. */
  readonly most: number | undefined
}

/** A generated project whose services are one layer of small files and one command. */
function createProject(services: number): string {
  const root = mkdtempSync(join(tmpdir(), 'nself-bench-'))
  const lines = ['PROJECT_NAME=bench', 'POSTGRES_PASSWORD=development', 'SERVICES_ENABLED=true']
  for (let service = 0; service < services; service++) {
    lines.push(`CS_${service + 1}=s${service}:custom:${3001 + service}`)
    const folder = join(root, `services/s${service}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'Dockerfile'), 'FROM busybox:stable\nCOPY . /app\nRUN test -f /app/0.txt\n')
    for (let file = 0; file < filesPerService; file++) writeFileSync(join(folder, `${file}.txt`), `${service} ${file}\n`.repeat(20))
  }
  writeFileSync(join(root, '.env.dev'), lines.join('\n'))
  return root
}

let changes = 0
const change = (root: string, service: number) => writeFileSync(join(root, `services/s${service}/0.txt`), `change ${changes++}\n`)

function time(root: string, command: string, args: readonly string[]): number {
  const start = performance.now()
  const { status, stderr, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`)
  return performance.now() - start
}

const tool = (root: string, command: string) =>
  time(root, process.execPath, [cli, command, '--registry', `${registry.host}/${command === 'generate' ? 'bake' : 'ours'}`])

/** The attempt that succeeds: now and then bake reads a tag of this registry while it writes it, gets a 500, and gives up. */
function bake(root: string, ...targets: string[]): number {
  for (let attempt = 1; ; attempt++) {
    try {
      return time(root, 'docker', ['buildx', 'bake', '--file', 'docker-bake.json', '--progress', 'quiet', '--push', ...targets])
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

/** In parts of 33: on two cores bake gives up (DeadlineExceeded) over 99 images at once. The parts are faster, too, so this favours bake. */
function bakeAll(root: string, services: number): number {
  const names = Array.from({ length: services }, (_, index) => `s${index}`)
  let milliseconds = 0
  while (names.length > 0) milliseconds += bake(root, ...names.splice(0, services > 40 ? 33 : 40))
  return milliseconds
}

function measure(
  what: string,
  most: number | undefined,
  services: number,
  ours: (root: string) => number,
  theirs: (root: string) => number,
): void {
  const root = createProject(services)
  try {
    tool(root, 'generate')
    tool(root, 'build')
    bakeAll(root, services)
    const pairs = Array.from({ length: runs }, () => [rested(() => ours(root)), rested(() => theirs(root))] as const)
    report({ what, most, ours: median(pairs.map(([own]) => own)), bake: median(pairs.map(([, other]) => other)) })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** After a pause: an Engine goes on tidying up when a build has ended, and what comes next must not pay for that. */
function rested(run: () => number): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000)
  return run()
}

/** At once: a later measurement may fail. */
function report({ what, ours, bake: theirs, most }: Row): void {
  const ratio = ours / theirs
  const verdict = most === undefined ? '    ' : ratio <= most ? 'ok  ' : 'OVER'
  const goal = most === undefined ? '' : ` (goal ${most < 1 ? `1/${Math.round(1 / most)}` : most})`
  const shown = ratio < 1 ? `1/${(1 / ratio).toFixed(1)}` : ratio.toFixed(2)
  console.log(`${verdict}  ${what.padEnd(36)} ${ours.toFixed(0).padStart(6)} ms  ${theirs.toFixed(0).padStart(6)} ms  ${shown}${goal}`)
  if (verdict === 'OVER') process.exitCode = 1
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
const goals: Readonly<Record<number, number>> = { 40: 1 / 25, 99: 1 / 40 }

try {
  const asked = sizes.length > 0 ? sizes : [40, 99]
  const many = asked[0] as number
  const changed = (build: (root: string) => number) => (root: string) => {
    change(root, 0)
    return build(root)
  }
  const alone = changed((root) => bake(root, 's0'))
  measure(
    `one change among ${many} / that one alone`,
    1.5,
    many,
    changed((root) => tool(root, 'build')),
    alone,
  )

  const allNew = (build: (root: string) => number) => (root: string) => {
    for (let service = 0; service < 10; service++) change(root, service)
    return build(root)
  }
  measure(
    '10 new services / bake',
    1.1,
    10,
    allNew((root) => tool(root, 'build')),
    allNew((root) => bake(root)),
  )

  // Last: an Engine that holds many images is slow.
  for (const size of asked)
    measure(
      `no change, ${size} services / bake`,
      goals[size],
      size,
      (root) => tool(root, 'build'),
      (root) => bakeAll(root, size),
    )
} finally {
  await registry[Symbol.asyncDispose]()
  await removeImages(registry.host)
}
