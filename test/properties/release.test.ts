import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { bundle } from '../unit/deploy/support.ts'

// Whatever the env files hold: what reaches the host is a list of plain words, safe paths and references, or nothing at all.
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '$(touch x)',
        '`id`',
        ';',
        '|',
        '&&',
        '\\',
        '"',
        "'",
        '\t',
        '${IFS}',
        '${A:-$(id)}',
        '../',
        '\\n',
        '*',
        '{',
        '}',
        '//',
        '#',
        ' ',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join('').replaceAll('\n', ' '))
const name = fc.oneof(fc.constantFrom('api', 'my_api', 'a-b'), hostile)
const modifier = fc.constantFrom(
  'ENV',
  'MIGRATE',
  'COMMAND',
  'VOLUMES',
  'PROD_DOMAIN',
  'HEALTHCHECK',
  'ROUTE',
  'NETWORKS',
  'ENV_FILE',
  'REPLICAS',
)
const modifiers = fc.array(fc.tuple(modifier, fc.oneof(hostile, fc.constantFrom('A=$B', 'data:/data', 'x.example.com', '2'))), {
  maxLength: 4,
})

it.each(['hosts', 'swarm'] as const)('a release for %s is plain words and references, whatever the env files hold', (target) => {
  let rendered = 0
  fc.assert(
    fc.property(name, modifiers, hostile, (service, lines, secret) => {
      const text = [
        'PROJECT_NAME=shop',
        'BASE_DOMAIN=example.com',
        'SSL_MODE=none',
        'POSTGRES_ENABLED=false',
        `CS_1=${service}:gin`,
        ...lines.map(([key, value]) => `CS_1_${key}=${value}`),
        'CS_2=other:gin',
        'CS_2_ENV=SECRET=${SECRET}',
      ].join('\n')
      let result: ReturnType<typeof bundle>
      try {
        result = bundle({ '.env': text }, { target, outer: { SECRET: secret } })
      } catch (error) {
        // The configuration was refused before: findings, not a crash.
        expect((error as Error).message).toMatch(/^NB\d/)
        return
      }
      if (result.bundle === undefined) return
      rendered++
      const { files, id, env } = result.bundle
      expect(id).toMatch(/^[0-9a-f]{12}$/)
      for (const path of files.keys()) expect(path).toMatch(/^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*$/)
      for (const table of ['services.tsv', 'release.tsv'])
        expect(files.get(table)).toMatch(/^(?:[A-Za-z0-9._:/@-]+(?:\t[A-Za-z0-9._:/@-]+)*\n)+$/)
      expect(
        env
          .split('\n')
          .slice(0, -1)
          .every((line) => /^[A-Za-z_]\w*="(?:[^"\\$\r]|\\.)*"$/.test(line)),
      ).toBe(true)
      if (target === 'swarm') return expectPlainStack(files)
      const compose = parse(files.get('compose.yml') as string)
      for (const key of Object.keys(compose.services)) expect(key).toMatch(/^[a-z0-9][a-z0-9-]*$/)
      if (secret.length > 3) expect(compose.services['other-blue'].environment.SECRET).toMatch(/^\$\{SECRET\?/)
    }),
    { numRuns: Number(process.env.NSELF_PROPERTY_RUNS ?? 300) },
  )
  expect(rendered).toBeGreaterThan(20)
})

// `docker stack deploy` knows fewer forms of references than Compose: nothing else may be left.
function expectPlainStack(files: ReadonlyMap<string, string>): void {
  const stack = [...files].filter(([path]) => path.startsWith('stack/'))
  expect(stack.length).toBeGreaterThan(1)
  for (const [, text] of stack) {
    expect(text.replaceAll('$$', '').replaceAll(/\$\{(?:VALUE|NSELF)_\w+\}/g, '')).not.toContain('$')
    for (const key of Object.keys(parse(text).services)) expect(key).toMatch(/^[a-z0-9][a-z0-9-]*$/)
  }
}
