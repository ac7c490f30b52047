import { describe, expect, it } from 'vitest'
import { secretValues } from '../../../action/config/load.ts'
import { build, serviceOf, show, withCode } from '../../support/project.ts'

/** BASE_DOMAIN stands for every structural value. */
const domainOf = (text: string, outer: Record<string, string> = {}) => {
  const { project, diagnostics } = build({ '.env': text }, { outer })
  return project?.baseDomain ?? show(diagnostics.filter(({ severity }) => severity === 'error')).join(', ')
}

describe('${VAR} in a structural value', () => {
  it.each([
    { name: '${NAME}', text: 'X=a.org\nBASE_DOMAIN=${X}', domain: 'a.org' },
    { name: '$NAME', text: 'X=a\nBASE_DOMAIN=$X.org', domain: 'a.org' },
    { name: 'text around it', text: 'X=a\nBASE_DOMAIN=www.${X}.org', domain: 'www.a.org' },
    { name: 'several, and references in what they refer to', text: 'X=${Y}.b\nY=a\nBASE_DOMAIN=${Y}.${X}.org', domain: 'a.a.b.org' },
    { name: 'double quotes expand', text: 'X=a.org\nBASE_DOMAIN="${X}"', domain: 'a.org' },
    { name: 'a file wins over the process environment', text: 'X=a.org\nBASE_DOMAIN=${X}', outer: { X: 'b.org' }, domain: 'a.org' },
    { name: 'the process environment answers where no file does', text: 'BASE_DOMAIN=${X}', outer: { X: 'b.org' }, domain: 'b.org' },
    { name: '${NAME:-default}: unset', text: 'BASE_DOMAIN=${X:-d.org}', domain: 'd.org' },
    { name: '${NAME:-default}: empty', text: 'X=\nBASE_DOMAIN=${X:-d.org}', domain: 'd.org' },
    { name: '${NAME:-default}: set', text: 'X=a.org\nBASE_DOMAIN=${X:-d.org}', domain: 'a.org' },
    { name: '${NAME-default}: unset', text: 'BASE_DOMAIN=${X-d.org}', domain: 'd.org' },
    { name: '${NAME-default}: empty stays empty', text: 'X=\nBASE_DOMAIN=a${X-d}.org', domain: 'a.org' },
    { name: '${NAME:+other}: set', text: 'X=1\nBASE_DOMAIN=a${X:+b}.org', domain: 'ab.org' },
    { name: '${NAME:+other}: empty', text: 'X=\nBASE_DOMAIN=a${X:+b}.org', domain: 'a.org' },
    { name: '${NAME+other}: empty counts as set', text: 'X=\nBASE_DOMAIN=a${X+b}.org', domain: 'ab.org' },
    { name: '${NAME:?message}: set', text: 'X=a.org\nBASE_DOMAIN=${X:?needed}', domain: 'a.org' },
  ])('$name', ({ text, outer, domain }) => {
    expect(domainOf(text, outer)).toBe(domain)
  })

  it.each([
    { name: 'without a value: at the $', text: 'BASE_DOMAIN=api.${X}.org', error: 'NB111 .env:1:17' },
    { name: '$NAME without a value', text: 'BASE_DOMAIN=api.$X', error: 'NB111 .env:1:17' },
    { name: 'behind an escape in double quotes: still at the $', text: 'BASE_DOMAIN="\\n${X}"', error: 'NB111 .env:1:16' },
    { name: '${NAME:?message}: empty', text: 'X=\nBASE_DOMAIN=${X:?needed}', error: 'NB111 .env:2:13' },
    { name: 'in what a reference refers to: at that place', text: 'X=a\nY=${Z}.org\nBASE_DOMAIN=${Y}', error: 'NB111 .env:2:3' },
    { name: 'every one of them', text: 'BASE_DOMAIN=${X}.${Y}', error: 'NB111 .env:1:13, NB111 .env:1:18' },
    { name: 'a circle of one', text: 'BASE_DOMAIN=${BASE_DOMAIN}', error: 'NB110 .env:1:13' },
    { name: 'a circle of two', text: 'X=${Y}\nY=${X}\nBASE_DOMAIN=${X}', error: 'NB110 .env:2:3' },
    { name: 'single quotes keep it as text', text: "X=a.org\nBASE_DOMAIN='${X}'", error: 'NB403 .env:2:14' },
    { name: 'a property that every object has is no variable', text: 'BASE_DOMAIN=${constructor}', error: 'NB111 .env:1:13' },
    { name: 'a secret by its name', text: 'API_TOKEN=abc\nBASE_DOMAIN=${API_TOKEN}', error: 'NB330 .env:2:13' },
    { name: 'a secret behind another variable', text: 'X=${API_TOKEN}\nBASE_DOMAIN=${X}', error: 'NB330 .env:1:3' },
    { name: 'what grows beyond all bounds', text: `${grow(40)}\nBASE_DOMAIN=\${X40}`, error: expect.stringMatching(/^NB116 \.env:/) },
  ])('error: $name', ({ text, error }) => {
    expect(domainOf(text)).toEqual(error)
  })

  it('a secret by its file', () => {
    const { diagnostics } = build({ '.env': 'BASE_DOMAIN=${INNOCENT}', '.env.secrets': 'INNOCENT=abcdefgh' })
    expect(show(withCode(diagnostics, 'NB330'))).toEqual(['NB330 .env:1:13'])
  })

  it('a structural value that lies in .env.secrets itself', () => {
    const { diagnostics } = build({ '.env': '', '.env.secrets': 'POSTGRES_USER=abcdefgh\nREDIS_ENABLED=true' })
    expect(show(withCode(diagnostics, 'NB330'))).toEqual(['NB330 .env.secrets:1:15'])
  })
})

/** X0=aa, X1=${X0}${X0}, …: the value of X40 has 2⁴¹ characters. */
function grow(steps: number): string {
  return ['X0=aa', ...Array.from({ length: steps }, (_, step) => `X${step + 1}=\${X${step}}\${X${step}}`)].join('\n')
}

describe('the values that no log may show', () => {
  it.each([
    { name: 'everything in .env.secrets', files: { '.env.secrets': 'INNOCENT=abcdefgh' }, secrets: ['abcdefgh'] },
    {
      name: 'what is named like a secret, in any file',
      files: { '.env': 'DB_PASSWORD=abcdefgh\nX_API_KEY=ijklmnop' },
      secrets: ['abcdefgh', 'ijklmnop'],
    },
    {
      name: 'each line of a secret of several lines, which a diff shows one by one',
      files: { '.env': 'TLS_KEY="abcdefgh\nijklmnop"' },
      secrets: ['abcdefgh', 'abcdefgh\nijklmnop', 'ijklmnop'],
    },
    { name: 'not the public half of a pair', files: { '.env': 'STRIPE_PUBLISHABLE_KEY=abcdefgh' }, secrets: [] },
    { name: 'not flags, numbers and placeholders', files: { '.env.secrets': 'A=true\nB=12345678\nC=changeme' }, secrets: [] },
    { name: 'not references', files: { '.env.secrets': 'A=${B}' }, secrets: [] },
  ])('$name', ({ files, secrets }) => {
    const { configuration } = build(files)
    expect(configuration && secretValues(configuration.variables)).toEqual(secrets)
  })
})

describe('commands', () => {
  it.each([
    {
      name: 'a health check',
      line: 'CS_1_HEALTHCHECK=CMD-SHELL test $PORT ${BASE_DOMAIN}',
      expected: { health: { kind: 'shell', script: 'test $PORT local.test' } },
    },
    { name: 'a command', line: 'CS_1_COMMAND=serve $PORT ${BASE_DOMAIN}', expected: { command: ['serve', '$PORT', 'local.test'] } },
  ])('of $name leave $NAME to the container, and resolve ${NAME}', ({ line, expected }) => {
    expect(serviceOf(`BASE_DOMAIN=local.test\nCS_1=api:custom\n${line}`, { outer: { PORT: '1' } })).toMatchObject(expected)
  })
})
