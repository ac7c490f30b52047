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
const bake = (root: string, ...targets: string[]) =>
  time(root, 'docker', ['buildx', 'bake', '--file', 'docker-bake.json', '--progress', 'quiet', '--push', ...targets])

function measure(
  what: string,
  most: number | undefined,
  services: number,
  ours: (root: string) => number,
  theirs: (root: string) => number,
): Row {
  const root = createProject(services)
  try {
    tool(root, 'generate')
    tool(root, 'build')
    bake(root)
    const pairs = Array.from({ length: runs }, () => [ours(root), theirs(root)] as const)
    return { what, most, ours: median(pairs.map(([own]) => own)), bake: median(pairs.map(([, other]) => other)) }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
const goals: Readonly<Record<number, number>> = { 40: 1 / 25, 99: 1 / 40 }

const rows: Row[] = []
try {
  const asked = sizes.length > 0 ? sizes : [40, 99]
  for (const size of asked)
    rows.push(
      measure(
        `no change, ${size} services / bake`,
        goals[size],
        size,
        (root) => tool(root, 'build'),
        (root) => bake(root),
      ),
    )

  const many = asked[0] as number
  const changed = (build: (root: string) => number) => (root: string) => {
    change(root, 0)
    return build(root)
  }
  const alone = changed((root) => bake(root, 's0'))
  rows.push(
    measure(
      `one change among ${many} / that one alone`,
      1.5,
      many,
      changed((root) => tool(root, 'build')),
      alone,
    ),
  )

  const allNew = (build: (root: string) => number) => (root: string) => {
    for (let service = 0; service < 10; service++) change(root, service)
    return build(root)
  }
  rows.push(
    measure(
      '10 new services / bake',
      1.1,
      10,
      allNew((root) => tool(root, 'build')),
      allNew((root) => bake(root)),
    ),
  )
  for (const { what, ours, bake: theirs, most } of rows) {
    const ratio = ours / theirs
    const verdict = most === undefined ? '    ' : ratio <= most ? 'ok  ' : 'OVER'
    const goal = most === undefined ? '' : ` (goal ${most < 1 ? `1/${Math.round(1 / most)}` : most})`
    const shown = ratio < 1 ? `1/${(1 / ratio).toFixed(1)}` : ratio.toFixed(2)
    console.log(`${verdict}  ${what.padEnd(36)} ${ours.toFixed(0).padStart(6)} ms  ${theirs.toFixed(0).padStart(6)} ms  ${shown}${goal}`)
  }
  if (rows.some(({ ours, bake: theirs, most }) => most !== undefined && ours / theirs > most)) process.exitCode = 1
} finally {
  await removeImages(registry.host)
  await registry[Symbol.asyncDispose]()
}
