import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CommandResult } from '../../action/commands/result.ts'
import { formatDiagnostic } from '../../action/report/diagnostics.ts'
import { redact, redactDiagnostics } from '../../action/report/redact.ts'
import { temporaryProject } from '../support/project.ts'

/** Random enough never to occur by chance, and with characters that mean something to YAML, URLs and shells. */
const secret = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 16, maxLength: 40 }),
    fc.constantFrom('', '/', '@', '$', '%', '!', '&', '*', ': ', '+', ';', '?'),
  )
  .map(([hex, mark]) => `canary${mark}${hex}`)

const names = [
  'POSTGRES_PASSWORD',
  'REDIS_PASSWORD',
  'JWT_SECRET',
  'HASURA_GRAPHQL_ADMIN_SECRET',
  'MINIO_ROOT_PASSWORD',
  'STRIPE_API_KEY',
] as const

const settings = `PROJECT_NAME=shop
REDIS_ENABLED=true
MINIO_ENABLED=true
CS_1=api:custom
CS_1_ENV=STRIPE=\${STRIPE_API_KEY},URL=redis://:\${REDIS_PASSWORD}@redis:6379,INNOCENT=\${INNOCENT}
CS_1_ENV_PASSTHROUGH=JWT_SECRET
`

/** What the two doors print, annotate, put out and summarise. */
function everythingSaid({ text, data, summary, diagnostics, secrets }: CommandResult): string {
  const shown = redactDiagnostics(diagnostics, secrets)
  return [text, JSON.stringify(data), redact(summary, secrets), JSON.stringify(shown), ...shown.map(formatDiagnostic)].join('\n')
}

function everythingWritten(root: string): string {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.env'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

describe('a secret of several lines', () => {
  it('is hidden in a log that shows it line by line', () =>
    expect(redact('#7 0.1 first-half\n#7 0.1 second-half\n', ['first-half\nsecond-half\n'])).toBe('#7 0.1 ***\n#7 0.1 ***\n'))
})

describe('a secret of an env file', () => {
  it('appears in no file and in nothing that a command says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(secret, { minLength: 7, maxLength: 7 }), async (secrets) => {
        const lines = [...names, 'INNOCENT'].map((name, index) => `${name}='${secrets[index]}'\n`).join('')
        using project = temporaryProject({ '.env.dev': settings, '.env.secrets': lines })
        const said: string[] = []
        for (const command of ['plan', 'generate', 'check', 'plan'] as const) said.push(everythingSaid(await project.run(command)))
        expect(readdirSync(project.root)).toContain('docker-compose.yml')
        for (const each of secrets) {
          expect(everythingWritten(project.root)).not.toContain(each)
          expect(said.join('\n')).not.toContain(each)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('that someone pastes into a generated file is not shown by the diff', async () => {
    await fc.assert(
      fc.asyncProperty(secret, secret, async (one, other) => {
        const multiline = `-----BEGIN\n${other}\n-----END`
        using project = temporaryProject({ '.env.dev': settings, '.env.secrets': `POSTGRES_PASSWORD='${one}'\nTLS_KEY='${multiline}'\n` })
        await project.run('generate')
        const pasted = `${project.read('docker-compose.yml')}x-mine: '${one}'\nx-key: |\n  ${multiline.replaceAll('\n', '\n  ')}\n`
        project.write('docker-compose.yml', pasted)
        for (const [command, handEdits] of [
          ['plan', 'overwrite'],
          ['plan', 'report'],
          ['plan', 'stop'],
          ['check', 'stop'],
          ['generate', 'stop'],
        ] as const) {
          const said = everythingSaid(await project.run(command, { handEdits }))
          if (command === 'plan' && handEdits !== 'stop') expect(said).toContain('x-mine')
          expect(said).not.toContain(one)
          expect(said).not.toContain(other)
        }
      }),
      { numRuns: 10 },
    )
  })

  it.each([
    { name: 'in the place of a structural value', line: (value: string) => `CS_2=web:custom:3002:\${POSTGRES_PASSWORD}\n# ${value}` },
    { name: 'typed into a port', line: (value: string) => `CS_2=web:custom:${value}` },
    { name: 'typed into a size', line: (value: string) => `CS_1_MEMORY=${value}` },
    { name: 'typed into CS_N_ENV', line: (value: string) => `CS_1_ENV=DB_PASSWORD=${value}` },
    { name: 'without its name', line: (value: string) => value },
    { name: 'cut in two by a quote', line: (value: string) => `X="${value.slice(0, 6)}"${value.slice(6)}` },
  ])('is not shown by a finding: $name', async ({ line }) => {
    const value = 'canary0123456789abcdef'
    using project = temporaryProject({ '.env.dev': `${settings}${line(value)}\n`, '.env.secrets': `POSTGRES_PASSWORD=${value}\n` })
    const result = await project.run('generate')
    expect(everythingSaid(result)).not.toContain(value)
    expect(everythingSaid(result)).not.toContain(value.slice(6))
  })
})
