import { parse as parseDotenv } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEnvFile, positionAt } from '../../action/config/env-file.ts'
import { modifiers } from '../../action/config/modifiers.ts'
import { parseCpu, parseDomains, parseMemory, parseRateLimit, parseRoute } from '../../action/config/values.ts'
import { formatLock, parseLock } from '../../action/scaffold/lock.ts'
import { hostileText } from '../support/hostile.ts'
import { build } from '../support/project.ts'

const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/)
/** Text on which dotenv and Compose agree: no `#`, no quotes, no backslashes, no backticks. */
const plain = fc.stringMatching(/^(?:[!$%&()*+,\-./0-9:;<=>?@A-Z[\]^_a-z{|}~](?: ?[!$%&()*+,\-./0-9:;<=>?@A-Z[\]^_a-z{|}~]){0,20})?$/)
const spaced = fc.stringMatching(/^[ !$%&()*+,\-./0-9:;<=>?@A-Z[\]^_a-z{|}~#\n]{0,20}$/)

interface Written {
  readonly key: string
  readonly value: string
  readonly text: string
}

/** A variable and one of the ways to write it. */
const variable: fc.Arbitrary<Written> = fc.oneof(
  fc
    .tuple(key, plain, fc.constantFrom('', ' # note'))
    .map(([name, value, note]) => ({ key: name, value, text: `${name}=${value}${note}` })),
  fc.tuple(key, plain).map(([name, value]) => ({ key: name, value, text: `export ${name} = ${value}  ` })),
  fc.tuple(key, spaced).map(([name, value]) => ({ key: name, value, text: `${name}='${value}'` })),
  fc.tuple(key, spaced).map(([name, value]) => ({ key: name, value, text: `  ${name}="${value.replaceAll('\n', '\\n')}" # note` })),
  fc.tuple(key, spaced).map(([name, value]) => ({ key: name, value, text: `${name}="${value}"` })),
)

const file = fc.tuple(fc.array(variable), fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\uFEFF')).map(([variables, end, mark]) => ({
  variables,
  source: mark + variables.map(({ text }) => `${text}${end}# comment${end}${end}`).join(''),
}))

const valuesOf = (source: string) => Object.fromEntries(parseEnvFile('.env', source).env.entries.map((entry) => [entry.key, entry.value]))

/** Lines as an editor counts them, with the place behind the last character of each. */
const widths = (source: string) =>
  source
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((text) => text.length + 1)

describe('env files', () => {
  it('what was written is read', () => {
    fc.assert(
      fc.property(file, ({ variables, source }) => {
        expect(valuesOf(source)).toEqual(Object.fromEntries(variables.map((each) => [each.key, each.value])))
      }),
    )
  })

  it('agree with dotenv wherever dotenv and Compose agree with each other', () => {
    fc.assert(
      fc.property(file, ({ source }) => {
        expect(valuesOf(source)).toEqual({ ...parseDotenv(source.replace(/^\uFEFF/, '')) })
      }),
    )
  })

  it('the position of a character is where the file has it', () => {
    fc.assert(
      fc.property(file, ({ source }) => {
        const lines = source.replace(/^\uFEFF/, '').split('\n')
        for (const entry of parseEnvFile('.env', source).env.entries)
          for (const [offset, character] of [...entry.value].entries()) {
            const { line, column } = positionAt(entry, offset)
            // A line break has no character of its own in an editor's line.
            if (character !== '\n') expect(lines[line - 1]?.[column - 1]).toBe(character)
          }
      }),
    )
  })

  it('no text makes the parser throw, and every finding lies inside the file', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileText, fc.constantFrom('A=', 'B="', "C='", 'export ', '\n', '\r\n', ' # '))), (parts) => {
        const source = parts.join('')
        const { env, diagnostics } = parseEnvFile('.env', source)
        const places = [
          ...diagnostics.map(({ position }) => position),
          ...env.entries.flatMap((each) => [each.position, each.valuePosition]),
        ]
        for (const position of places) expectInside(position, widths(source))
      }),
      { numRuns: 500 },
    )
  })
})

describe('a configuration of any text', () => {
  const names = [
    ...Object.keys(modifiers).map((name) => `CS_1_${name}`),
    'CS_1_ENV',
    'CS_1',
    'CS_2',
    'PROJECT_NAME',
    'BASE_DOMAIN',
    'HASURA_ROUTE',
    'A',
  ]
  const line = fc
    .tuple(
      fc.constantFrom(...names),
      fc.constantFrom('', 'api:custom:', '${A}', '${PROJECT_NAME:-x}', 'a,', 'A=1,'),
      hostileText,
      fc.constantFrom('', '"', "'"),
    )
    .map(([name, start, text, quote]) => `${name}=${quote}${start}${text}${quote}`)

  it('throws nothing, and every finding lies inside its file', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const source = lines.join('\n')
        const { diagnostics } = build({ '.env': 'PROJECT_NAME=shop', '.env.dev': source })
        for (const { position } of diagnostics) if (position?.file === '.env.dev') expectInside(position, widths(source))
      }),
      { numRuns: 500 },
    )
  })
})

function expectInside(position: { line: number; column: number } | undefined, lines: readonly number[]): void {
  expect(position?.line).toBeGreaterThanOrEqual(1)
  expect(position?.column).toBeGreaterThanOrEqual(1)
  expect(position?.column).toBeLessThanOrEqual(lines[(position?.line ?? 0) - 1] ?? 0)
}

describe('values', () => {
  const readers = { ...Object.fromEntries(Object.entries(modifiers).map(([name, { parse }]) => [name, parse])) }

  it.each(Object.entries(readers))('%s: no text makes the reader throw, and a refusal lies inside the text', (_, parse) => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const parsed = parse(text)
        if (parsed.ok) return
        expect(parsed.problem).not.toBe('')
        expect(parsed.fix).not.toBe('')
        expect(parsed.offset ?? 0).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('memory: what is written out reads as the same size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 2 ** 20 }), fc.constantFrom('M', 'm', 'MB', 'Mi', 'MiB'), (count, unit) => {
        const once = parseMemory(`${count}${unit}`)
        expect(once.ok && parseMemory(once.value.text)).toEqual(once)
      }),
    )
  })

  it('CPU counts read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1_024_000 }), (thousandths) => {
        expect(parseCpu(String(thousandths / 1000))).toEqual({ ok: true, value: thousandths / 1000 })
      }),
    )
  })

  it('rate limits read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.constantFrom('minute', 'second'), (count, per) => {
        expect(parseRateLimit(`${count}r/${per[0]}`)).toEqual({ ok: true, value: { count, per } })
      }),
    )
  })

  it('domains read back, in their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.domain(), { minLength: 1, maxLength: 5 }), (domains) => {
        expect(parseDomains(domains.join(', '))).toEqual({ ok: true, value: domains })
      }),
    )
  })

  it('a route is below the base domain, unless it is a domain itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/), fc.domain(), (route, base) => {
        expect(parseRoute(route, base)).toEqual({ ok: true, value: [`${route}.${base}`] })
        expect(parseRoute(base, 'example.com')).toEqual({ ok: true, value: [base] })
      }),
    )
  })
})

describe('the lock', () => {
  const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }).map((hex) => `sha256:${hex}`)
  const lockedFile = fc.record({
    class: fc.constantFrom('merge' as const, 'seed' as const),
    mode: fc.constantFrom('644' as const, '755' as const),
    state: fc.constantFrom('tracked' as const, 'deleted' as const, 'kept' as const),
    base: hash,
  })
  const path = fc
    .array(fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9_. -]{0,10}$/), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'))
  const service = fc.record({
    slot: fc.integer({ min: 1, max: 99 }),
    template: fc.string(),
    version: fc.string(),
    inputs: fc.record({ name: fc.string(), port: fc.integer(), project: fc.string() }),
    orphaned: fc.boolean(),
    files: fc.dictionary(path, lockedFile, { noNullPrototype: true }),
  })
  const lock = fc.record({
    services: fc.dictionary(fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8})?$/), service, { noNullPrototype: true }),
  })

  it('reads back', () => {
    fc.assert(
      fc.property(lock, (value) => {
        expect(parseLock(formatLock(value))).toEqual({ lock: value, diagnostics: [] })
      }),
    )
  })

  it('no text makes the reader throw', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.json()), (text) => {
        const { diagnostics } = parseLock(text)
        expect(diagnostics).toMatchObject([{ code: 'NB507' }])
      }),
    )
  })

  it.each([
    '../x',
    '/x',
    'a/../x',
    'a//b',
    './x',
    '.git/hooks/x',
    'a\\b',
    'a/',
    '',
  ])('a path that leaves the service is refused: %s', (bad) => {
    const files = { [bad]: { class: 'seed', mode: '644', state: 'tracked', base: `sha256:${'0'.repeat(64)}` } }
    const api = { slot: 1, template: 'custom', version: '1.0.0', inputs: { name: 'api', port: 1, project: 'shop' }, orphaned: false, files }
    expect(parseLock(JSON.stringify({ lockVersion: 1, services: { api } })).diagnostics).toMatchObject([{ code: 'NB507' }])
  })
})
