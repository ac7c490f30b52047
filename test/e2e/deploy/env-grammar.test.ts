import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeEnv } from '../../../action/deploy/release/env-content.ts'
import { run } from '../support/run.ts'

// Control characters are refused in env files (NB104); line ends and tabs are not.
const character = fc.oneof(
  fc.constantFrom(...'\\"\'$`!#&|;<>(){}[]*?~=% \t\n\r:-+/@,.^', '${A}', '$$', '$(id)', '\\n', '\\$', '#c', 'é', '漢', '😀'),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
)
const value = fc.array(character, { maxLength: 20 }).map((parts) => parts.join(''))

it('Compose reads every value back as it was', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nself-env-'))
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 100, maxLength: 100 }), async (values) => {
        const named = new Map(values.map((text, index) => [`V${index}`, text]))
        writeFileSync(join(folder, '.env'), encodeEnv(named))
        const environment = Object.fromEntries([...named.keys()].map((name) => [name, `\${${name}?}`]))
        writeFileSync(join(folder, 'compose.yml'), JSON.stringify({ services: { a: { image: 'a', environment } } }))
        const files = ['--env-file', join(folder, '.env'), '--file', join(folder, 'compose.yml')]
        const text = await run('env', [
          '-i',
          `PATH=${process.env.PATH}`,
          `HOME=${process.env.HOME}`,
          'docker',
          'compose',
          ...files,
          'config',
          '--format',
          'json',
        ])
        const read = JSON.parse(text).services.a.environment as Record<string, string>
        // `config` writes a dollar sign as two, so that its output is a compose file again.
        expect(
          Object.entries(read)
            .map(([name, found]) => [name, found.replaceAll('$$', '$')])
            .sort(),
        ).toEqual([...named].sort())
      }),
      { numRuns: 20 },
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
