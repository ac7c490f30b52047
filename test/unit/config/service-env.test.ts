import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { build, projectOf, renderFiles, serviceOf, show } from '../../support/project.ts'

/** What `CS_1_ENV` gives the service, as the compose file spells it. */
const environmentOf = (value: string) => {
  const project = projectOf(`OTHER=1\nCS_1=api:custom\nCS_1_ENV=${value}`)
  const written = parseYaml(renderFiles(project).get('docker-compose.yml') ?? '').services.api.environment
  return Object.fromEntries(serviceOf(`OTHER=1\nCS_1=api:custom\nCS_1_ENV=${value}`).environment.map(({ key }) => [key, written[key]]))
}

describe('splitting', () => {
  it.each([
    { name: 'one variable', value: 'A=1', environment: { A: '1' } },
    { name: 'several', value: 'A=1,B=2', environment: { A: '1', B: '2' } },
    { name: 'white space before a key', value: 'A=1, B=2', environment: { A: '1', B: '2' } },
    { name: 'an empty value', value: 'A=,B=2', environment: { A: '', B: '2' } },
    { name: 'an equals sign in a value', value: 'A=b=c', environment: { A: 'b=c' } },
    {
      name: 'a piece without = continues the value before it',
      value: 'SUBSCRIBE_TO=order.created,order.updated,C=1',
      environment: { SUBSCRIBE_TO: 'order.created,order.updated', C: '1' },
    },
    { name: '\\, is a literal comma', value: 'A=1\\,B=2,C=3', environment: { A: '1,B=2', C: '3' } },
    { name: 'a comma inside ${…} does not separate', value: 'A=${X:-1,Y=2},B=3', environment: { A: '${X:-1,Y=2}', B: '3' } },
    { name: 'a URL', value: 'A=https://x.org/?a=b&c=d', environment: { A: 'https://x.org/?a=b&c=d' } },
    {
      name: 'the specification’s address of Redis',
      value: 'EVENT_BUS=redis://redis:6379',
      environment: { EVENT_BUS: 'redis://redis:6379' },
    },
    { name: 'a quoted list keeps white space and #', value: '"A=1 # 2 ,B=3"', environment: { A: '1 # 2 ', B: '3' } },
    { name: 'a value over several lines', value: '"A=1\n2,B=3"', environment: { A: '1\n2', B: '3' } },
    { name: 'the last of two wins', value: 'A=1,A=2', environment: { A: '2' } },
  ])('$name', ({ value, environment }) => {
    expect(environmentOf(value)).toEqual(environment)
  })
})

describe('references stay references', () => {
  it.each([
    { name: 'a bare one must be set', value: 'A=${API_KEY}', environment: { A: '${API_KEY?CS_1_ENV refers to it}' } },
    { name: 'with text around it', value: 'A=x${OTHER}y', environment: { A: 'x${OTHER?CS_1_ENV refers to it}y' } },
    { name: 'with a default', value: 'A=${X:-d}', environment: { A: '${X:-d}' } },
    { name: 'with a message', value: 'A=${X:?needed}', environment: { A: '${X:?needed}' } },
    { name: 'with an alternative', value: 'A=${X:+on}', environment: { A: '${X:+on}' } },
    { name: 'a $ that is none is escaped for Compose', value: 'A=$5 $(id) $', environment: { A: '$$5 $$(id) $$' } },
    { name: '$NAME is text', value: 'A=$UNKNOWN', environment: { A: '$$UNKNOWN' } },
    { name: 'single quotes keep ${…} as text', value: "'A=${OTHER}'", environment: { A: '$${OTHER}' } },
  ])('$name', ({ value, environment }) => {
    expect(environmentOf(value)).toEqual(environment)
  })

  it('a secret is never resolved into a file', () => {
    const files = { '.env': 'CS_1=api:custom\nCS_1_ENV=API_KEY=${API_KEY}', '.env.secrets': 'API_KEY=5up3rs3cret' }
    expect([...renderFiles(projectOf(files)).values()].join('')).not.toContain('5up3rs3cret')
  })

  it('CS_N_ENV wins over what every service gets', () => {
    expect(environmentOf('PORT=9,NODE_ENV=test')).toEqual({ PORT: '9', NODE_ENV: 'test' })
  })

  it.each(['constructor', 'toString', 'hasOwnProperty'])('%s is a variable like any other', (key) => {
    expect(renderFiles(projectOf(`CS_1=api:custom\nCS_1_ENV=${key}=text`)).get('docker-compose.yml')).toContain(`${key}: "text"`)
  })

  it('__proto__ is a variable like any other', () => {
    expect(renderFiles(projectOf('CS_1=api:custom\nCS_1_ENV=__proto__=text')).get('docker-compose.yml')).toContain('__proto__: "text"')
  })

  it('a higher layer replaces the whole list, as any other variable', () => {
    const files = { '.env': 'CS_1=api:custom\nCS_1_ENV=A=1,B=2', '.env.dev': 'CS_1_ENV=A=3' }
    expect(serviceOf(files).environment).toEqual([{ key: 'A', parts: [{ literal: '3' }] }])
  })
})

describe('findings, each at its character', () => {
  it.each([
    { name: 'text before the first KEY=', value: 'x,A=1', findings: ['NB312 .env.dev:2:10'] },
    { name: 'a key that is no variable name', value: 'A=1,B-C=2', findings: ['NB312 .env.dev:2:14'] },
    { name: 'a key that is no variable name, and what continues it', value: 'B-C=2,3', findings: ['NB312 .env.dev:2:10'] },
    { name: 'a literal secret by its key', value: 'A=1,DB_PASSWORD=hunter2hunter2', findings: ['NB313 .env.dev:2:26'] },
    { name: 'a literal secret by its look', value: 'A=sk_live_abc', findings: ['NB313 .env.dev:2:12'] },
    { name: 'a flag with the name of a secret is none', value: 'USE_TOKEN=true', findings: [] },
    { name: 'a key that is named twice', value: 'A=1,A=2', findings: ['NB314 .env.dev:2:14'] },
    { name: '$NAME that a file sets', value: 'A=$PROJECT_NAME', findings: ['NB315 .env.dev:2:12'] },
    { name: '$NAME that nothing sets', value: 'A=$UNKNOWN', findings: [] },
    { name: 'a reference inside a reference, which stays text in part', value: 'A=x${X:-${Y}}', findings: ['NB315 .env.dev:2:13'] },
    { name: 'a reference that is never closed', value: 'A=${X,B=2', findings: ['NB315 .env.dev:2:12'] },
    { name: 'on a later line', value: '"A=1\n,B=$PROJECT_NAME"', findings: ['NB315 .env.dev:3:4'] },
  ])('$name', ({ value, findings }) => {
    const { diagnostics } = build(`CS_1=api:custom\nCS_1_ENV=${value}`)
    expect(show(diagnostics.filter(({ code }) => /^NB31[2-5]$/.test(code)))).toEqual(findings)
  })

  it('many warnings hide no error and lose no variable', () => {
    const list = 'A=$PROJECT_NAME,'.repeat(300)
    expect(show(build(`CS_1=api:custom\nCS_1_ENV=${list}DB_PASSWORD=hunter2hunter2`).diagnostics)).toContainEqual(
      expect.stringMatching(/^NB313/),
    )
    expect(serviceOf(`CS_1=api:custom\nCS_1_ENV=${list}LAST=1`).environment.map(({ key }) => key)).toEqual(['A', 'LAST'])
  })

  it('a literal secret is not shown', () => {
    const { diagnostics } = build('CS_1=api:custom\nCS_1_ENV=hunter2,DB_PASSWORD=hunter2hunter2')
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2')
  })

  it('CS_N_ENV in .env.secrets must not hold text', () => {
    const { diagnostics } = build({ '.env': 'CS_1=api:custom', '.env.secrets': 'CS_1_ENV=A=text,B=${B},C=true' })
    expect(show(diagnostics.filter(({ code }) => code === 'NB330'))).toEqual(['NB330 .env.secrets:1:12'])
  })
})
