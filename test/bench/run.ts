// Measures the bundle against the start of Node itself: medians of runs that alternate, so that a busy machine hits both alike.
// Exit 1 when a ratio is over its limit. Usage: npm run bench [runs]
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const cli = join(root, 'dist/cli.js')
const runs = Number(process.argv[2] ?? 15)
// In memory where that can be had: 2,600 new files measure the state of a disk's inode tables more than the tool.
const place = process.env.TMPDIR ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir())
const templates = ['express-ts', 'fastapi', 'gin', 'custom']

const environment = [
  'PROJECT_NAME=bench',
  'SERVICES_ENABLED=true',
  'POSTGRES_PASSWORD=development',
  ...Array.from({ length: 99 }, (_, index) => index + 1).flatMap((n) => [
    `CS_${n}=service-${n}:${templates[n % templates.length]}:${3000 + n}:s${n}`,
    ...(n % 3 === 0 ? [`CS_${n}_DATABASE=db_${n}`, `CS_${n}_RATE_LIMIT=600`] : []),
    ...(n % 5 === 0 ? [`CS_${n}_REDIS_PREFIX=s${n}:`, `CS_${n}_ENV=LOG_LEVEL=info,FEATURES=a,b,c`] : []),
  ]),
].join('\n')

function time(args: readonly string[], cwd: string, expected: number): number {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== expected) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
  return milliseconds
}

function freshProject(): string {
  const folder = mkdtempSync(join(place, 'nself-bench-'))
  writeFileSync(join(folder, '.env.dev'), environment)
  return folder
}

const samples: Record<'node' | 'fresh' | 'unchanged' | 'usage', number[]> = { node: [], fresh: [], unchanged: [], usage: [] }
for (let run = 0; run < runs; run++) {
  const folder = freshProject()
  samples.node.push(time(['-e', '0'], folder, 0))
  samples.fresh.push(time([cli, 'generate'], folder, 0))
  samples.node.push(time(['-e', '0'], folder, 0))
  samples.unchanged.push(time([cli, 'generate'], folder, 0))
  samples.usage.push(time([cli, 'generat'], folder, 2))
  rmSync(folder, { recursive: true, force: true })
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
const base = median(samples.node)
const rows = [
  { what: 'generate, 99 new services', ms: median(samples.fresh), limit: 12 },
  { what: 'generate, 99 unchanged services', ms: median(samples.unchanged), limit: 6 },
  { what: 'start to a usage error', ms: median(samples.usage), limit: 2.5 },
].map((row) => ({ ...row, ratio: row.ms / base }))

console.log(`in ${place}`)
console.log(`node -e 0: ${base.toFixed(0)} ms (median of ${samples.node.length})`)
for (const { what, ms, ratio, limit } of rows)
  console.log(
    `${ratio <= limit ? 'ok  ' : 'OVER'}  ${what.padEnd(34)} ${ms.toFixed(0).padStart(5)} ms  ${ratio.toFixed(1).padStart(5)} × (limit ${limit} ×)`,
  )
const bundle = statSync(join(root, 'dist/index.js')).size / 1e6
console.log(`${bundle <= 1.2 ? 'ok  ' : 'OVER'}  dist/index.js ${bundle.toFixed(2)} MB (limit 1.2 MB)`)
if (rows.some(({ ratio, limit }) => ratio > limit) || bundle > 1.2) process.exitCode = 1
