import { describe, expect, it } from 'vitest'
import { build, projectOf, show } from '../../support/project.ts'

const portsOf = (text: string) => Object.fromEntries(projectOf(text).services.map(({ name, port }) => [name, port]))
const publishedOf = (text: string, options = {}) =>
  Object.fromEntries(
    projectOf(typeof text === 'string' ? { '.env': text } : text, options).services.map(({ name, publishedPort }) => [name, publishedPort]),
  )

describe('automatic ports', () => {
  it.each([
    { name: '8000 + N', text: 'CS_1=a:custom\nCS_2=b:custom', ports: { a: 8001, b: 8002 } },
    { name: 'a gap renumbers nothing', text: 'CS_2=b:custom\nCS_40=c:custom', ports: { b: 8002, c: 8040 } },
    {
      name: 'a further service renumbers nothing',
      text: 'CS_1=x:custom\nCS_2=b:custom\nCS_40=c:custom',
      ports: { x: 8001, b: 8002, c: 8040 },
    },
    { name: 'taken by a port that is written: 8100 + N', text: 'CS_1=a:custom\nCS_2=b:custom:8001', ports: { a: 8101, b: 8001 } },
    {
      name: 'both taken: the next hundred',
      text: 'CS_1=a:custom\nCS_2=b:custom:8001\nCS_3=c:custom:8101',
      ports: { a: 8201, b: 8001, c: 8101 },
    },
    { name: 'PORT wins over the line', text: 'CS_1=a:custom:3001\nCS_1_PORT=3002', ports: { a: 3002 } },
  ])('$name', ({ text, ports }) => {
    expect(portsOf(text)).toEqual(ports)
  })

  it('one that was taken is an info at the service that moved', () => {
    const { diagnostics } = build('CS_1=a:custom\nCS_2=b:custom:8001')
    const finding = diagnostics.find(({ code }) => code === 'NB211')
    expect(finding).toMatchObject({ severity: 'info', position: { line: 1, column: 6 }, message: expect.stringContaining('a gets 8101') })
  })
})

describe('a port twice', () => {
  it.each([
    { name: 'in the line', text: 'CS_1=a:custom:3001\nCS_2=b:custom:3001', finding: 'NB210 .env.dev:2:15' },
    { name: 'by PORT', text: 'CS_1=a:custom:3001\nCS_2=b:custom\nCS_2_PORT=3001', finding: 'NB210 .env.dev:3:11' },
  ])('is a warning at the second that names the first: $name', ({ text, finding }) => {
    const { diagnostics } = build(text)
    expect(show(diagnostics)).toContain(finding)
    expect(diagnostics.find(({ code }) => code === 'NB210')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('a (CS_1)'),
    })
  })

  it('both listen there, and only the first is published on the host', () => {
    const text = 'CS_1=a:custom:3001\nCS_2=b:custom:3001'
    expect(portsOf(text)).toEqual({ a: 3001, b: 3001 })
    expect(publishedOf(text)).toEqual({ a: 3001, b: undefined })
  })
})

describe('ports on the host', () => {
  it('go to core services first, and the service is told', () => {
    const text = 'CS_1=a:custom:8080'
    expect(publishedOf(text)).toEqual({ a: undefined })
    expect(show(build(text).diagnostics)).toContain('NB210 .env.dev:1:6')
    expect(publishedOf(`${text}\nHASURA_PORT=8081`)).toEqual({ a: 8080 })
  })

  it('cannot be those of two core services', () => {
    expect(show(build('NGINX_HTTP_PORT=8080').diagnostics)).toContain('NB412 .env.dev:1:17')
    expect(show(build('POSTGRES_PORT=80').diagnostics)).toContain('NB412 .env.dev:1:15')
    expect(show(build({ '.env.prod': 'NGINX_HTTP_PORT=8080' }, { environment: 'prod' }).diagnostics)).not.toContain('NB412')
  })

  it.each([
    { name: 'in development', text: 'CS_1=a:custom:3001', options: {}, published: { a: 3001 } },
    { name: 'not in staging', text: 'CS_1=a:custom:3001', options: { environment: 'staging' }, published: { a: undefined } },
    { name: 'not in production', text: 'CS_1=a:custom:3001', options: { environment: 'prod' }, published: { a: undefined } },
    {
      name: 'not in an environment of your own',
      text: 'CS_1=a:custom:3001',
      options: { environment: 'preview' },
      published: { a: undefined },
    },
    { name: 'not with two replicas', text: 'CS_1=a:custom:3001\nCS_1_REPLICAS=2', options: {}, published: { a: undefined } },
    {
      name: 'not where a core service has it',
      text: 'CS_1=a:custom:5432\nCS_2=b:custom:80',
      options: {},
      published: { a: undefined, b: undefined },
    },
    { name: 'a core service that is off has none', text: 'CS_1=a:custom:6379', options: {}, published: { a: 6379 } },
    { name: 'a core service may move away', text: 'CS_1=a:custom:5432\nPOSTGRES_PORT=5433', options: {}, published: { a: 5432 } },
  ])('$name', ({ text, options, published }) => {
    expect(publishedOf(text, options)).toEqual(published)
  })
})
