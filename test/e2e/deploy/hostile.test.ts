import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { hasErrors } from '../../../action/config/diagnostics.ts'
import { packRelease } from '../../../action/deploy/remote/pack.ts'
import { agentFile } from '../../support/hosts/world.ts'
import { digest, bundle as render } from '../../unit/deploy/support.ts'

// Whatever a release holds, a host takes it for text: through the real agent, a real shell and the real Compose. The image is one that no
// registry has, so that every run ends before it would start anything.
const folder = mkdtempSync(join(tmpdir(), 'nself-hostile-'))
const image = `127.0.0.1:9/nothing@${digest('a')}`
const marker = join(folder, 'owned')
const root = join(folder, 'machine/root')
afterAll(() => rmSync(folder, { recursive: true }))

const runs = Number(process.env.NSELF_PROPERTY_RUNS ?? 40)
const commands = [`$(touch ${marker})`, `\`touch ${marker}\``, `'; touch ${marker}; '`, `"; touch ${marker}; "`, `a\ntouch ${marker}\n`]
const odd = [
  '../../beside',
  '../../../beside',
  '-rf',
  '--help',
  '*',
  '~',
  '',
  ' ',
  '\\',
  '${IFS}',
  '$HOME',
  '${HOME:?x}',
  '$$',
  '#',
  '%s%n',
  'é漢😀',
]
const hostile = fc.oneof(
  fc.constantFrom(...commands, ...odd),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...'$`\'"\\;&|<>(){}[]*?~!#%\n\t =:/.-@aA0'), { maxLength: 12 }).map((parts) => parts.join('')),
)

beforeEach(() => {
  rmSync(join(folder, 'machine'), { recursive: true, force: true })
  mkdirSync(root, { recursive: true, mode: 0o700 })
  mkdirSync(join(folder, 'machine/beside'), { recursive: true })
  writeFileSync(join(folder, 'machine/beside/file'), 'mine')
})

/** Nothing was executed, and nothing outside of the project's folder was touched. */
function expectUntouched(): void {
  expect(existsSync(marker)).toBe(false)
  expect(readdirSync(join(folder, 'machine')).sort()).toEqual(['beside', 'root'])
  expect(readdirSync(join(folder, 'machine/beside'))).toEqual(['file'])
  expect(readFileSync(join(folder, 'machine/beside/file'), 'utf8')).toBe('mine')
}

function agent(words: readonly string[], input: Uint8Array | string) {
  return spawnSync('sh', [agentFile, ...words], { input, encoding: 'utf8', timeout: 60_000 })
}

/** Brings a release to the host and runs it; returns how that ended, or what it was refused with. */
async function deploy(id: string, files: ReadonlyMap<string, string>, hash: string, env: string): Promise<string> {
  const { stream, sum } = packRelease(files)
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  for (const { status, stderr } of [agent(['receive', root, id, sum], Buffer.concat(chunks)), agent(['secrets', root, hash], env)])
    if (status !== 0) return stderr
  const { status, stderr } = agent(['start', root, id, 'activate', Buffer.from('{"by":"$(id)"}').toString('base64')], '\n')
  if (status !== 0) return stderr
  for (let wait = 0; wait < 300; wait++, await sleep(100)) {
    const told = agent(['follow', root, id, '0', '0'], '').stdout.trim().split('\n').at(-1) ?? ''
    if (!told.includes('"running"')) return told
  }
  throw new Error('it does not end')
}

it('values with any character, as the command renders them', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        hostile.filter((text) => !text.includes('\0')),
        { minLength: 3, maxLength: 3 },
      ),
      async ([a = '', b = '', c = '']) => {
        const { bundle, diagnostics } = render(
          'SSL_MODE=none\nPOSTGRES_ENABLED=false\nCS_1=api:gin\nCS_1_ENV=A=${A},B=${B}\nCS_1_IMAGE=' +
            `${image}\nCS_2=web:gin\nCS_2_IMAGE=${image}\nCS_2_ENV=C=x\${C}\nCS_2_MIGRATE=echo \${C}\n`,
          { outer: { A: a, B: b, C: c } },
        )
        expect(hasErrors(diagnostics)).toBe(false)
        const { id, files, env, manifest } = bundle as NonNullable<typeof bundle>
        const ended = await deploy(id, files, manifest.envHash, env)
        expect(ended).toContain('could not be pulled')
        expectUntouched()
      },
    ),
    { numRuns: Math.ceil(runs / 4) },
  )
})

it('tables, names of files and contents of any kind', { timeout: 600_000 }, async () => {
  const valid = { project: 'hostile-test', network: 'hostile-test_network', envHash: '', edgeHash: 'abcd', edge: 'abcd' }
  const service = ['api', 'roll', 'abcd', '1', '1', '1', '1', image, '3001', 'docker', 'yes']
  const changed = <T extends string>(text: T) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(text as string) }, { weight: 1, arbitrary: hostile })
  const facts = fc.record(Object.fromEntries(Object.entries(valid).map(([name, text]) => [name, changed(text)])))
  const line = fc.tuple(...service.map(changed)).map((fields) => fields.join('\t'))
  const path = hostile.filter((text) => text !== '' && !text.includes('\0')).map((text) => `edge/${text}`)
  await fc.assert(
    fc.asyncProperty(
      facts,
      fc.array(line, { maxLength: 3 }),
      fc.array(fc.tuple(path, hostile), { maxLength: 3 }),
      hostile,
      async (values, lines, more, text) => {
        const id = 'abcdef012345'
        const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
        const rows = Object.entries({ ...values, envHash: values.envHash || hash, release: id })
        const files = new Map([
          ...more,
          ['release.tsv', rows.map(([name, value]) => `${name}\t${value}\n`).join('')],
          ['services.tsv', lines.map((each) => `${each}\n`).join('')],
          ['compose.yml', text],
          ['edge.yml', text],
        ])
        await deploy(id, files, hash, text)
        agent(['status', root], '')
        agent(['probe', root, 'hostile-test'], '')
        expectUntouched()
        rmSync(join(root, 'releases'), { recursive: true, force: true })
      },
    ),
    { numRuns: runs },
  )
})
