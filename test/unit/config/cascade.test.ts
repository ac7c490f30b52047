import { describe, expect, it } from 'vitest'
import { cascadeFiles, resolveEnvironment } from '../../../action/config/environment.ts'
import { type BuildOptions, build, type EnvFiles, projectOf, show, withCode } from '../../support/project.ts'

const valueIn = (files: EnvFiles, options?: BuildOptions) => build(files, options).configuration?.variables.entries.get('A')?.value

describe('the name of an environment', () => {
  it.each([
    { text: 'dev', name: 'development' },
    { text: 'develop', name: 'development' },
    { text: 'devel', name: 'development' },
    { text: 'development', name: 'development' },
    { text: 'local', name: 'development' },
    { text: 'stage', name: 'staging' },
    { text: 'staging', name: 'staging' },
    { text: 'prod', name: 'production' },
    { text: 'production', name: 'production' },
    { text: ' PROD ', name: 'production' },
    { text: 'preview-7_b', name: 'preview-7_b' },
    { text: 'a'.repeat(63), name: 'a'.repeat(63) },
  ])('$text is $name', ({ text, name }) => {
    expect(resolveEnvironment(text)?.name).toBe(name)
  })

  it.each([
    { name: 'a path', text: '../prod' },
    { name: 'a leading hyphen', text: '-x' },
    { name: 'a dot', text: 'a.b' },
    { name: 'white space', text: 'a b' },
    { name: 'more than 63 characters', text: 'a'.repeat(64) },
    { name: 'nothing', text: '' },
    { name: 'the file of the secrets', text: 'secrets' },
    { name: 'the example file', text: 'example' },
  ])('$name is not a name', ({ text }) => {
    expect(resolveEnvironment(text)).toBeUndefined()
  })
})

describe('the files of an environment, low to high', () => {
  it.each([
    { environment: 'dev', order: 'v1', files: '.env .env.development .env.dev .env.secrets .env.local' },
    { environment: 'staging', order: 'v1', files: '.env .env.staging .env.secrets' },
    { environment: 'prod', order: 'v1', files: '.env .env.production .env.prod .env.secrets' },
    { environment: 'preview', order: 'v1', files: '.env .env.preview .env.secrets' },
    { environment: 'dev', order: 'legacy', files: '.env.development .env.dev .env.secrets .env.local .env' },
    { environment: 'staging', order: 'legacy', files: '.env.development .env.dev .env.staging .env.secrets .env' },
    { environment: 'prod', order: 'legacy', files: '.env.development .env.dev .env.production .env.prod .env.secrets .env' },
    { environment: 'preview', order: 'legacy', files: '.env.development .env.dev .env.preview .env.secrets .env' },
  ] as const)('$environment, env-order $order: $files', ({ environment, order, files }) => {
    const resolved = resolveEnvironment(environment)
    expect(resolved && cascadeFiles(resolved, order).join(' ')).toBe(files)
  })
})

describe('precedence', () => {
  const all = {
    '.env': 'A=base',
    '.env.development': 'A=development',
    '.env.dev': 'A=dev',
    '.env.staging': 'A=staging',
    '.env.production': 'A=production',
    '.env.prod': 'A=prod',
    '.env.preview': 'A=preview',
    '.env.secrets': 'A=secrets',
    '.env.local': 'A=local',
  }
  const without = (...files: string[]) => Object.fromEntries(Object.entries(all).filter(([file]) => !files.includes(file)))

  it.each([
    { name: 'the env input wins over every file', files: all, options: { env: 'A=input' }, value: 'input' },
    { name: '.env.local wins in development', files: all, options: {}, value: 'local' },
    { name: '.env.local counts in development only', files: all, options: { environment: 'staging' }, value: 'secrets' },
    { name: '.env.secrets wins over the environment', files: without('.env.local'), options: {}, value: 'secrets' },
    { name: '.env.dev wins over .env.development', files: without('.env.local', '.env.secrets'), options: {}, value: 'dev' },
    { name: 'the long name is read, too', files: { '.env': 'A=base', '.env.development': 'A=long' }, options: {}, value: 'long' },
    { name: '.env.prod wins over .env.production', files: without('.env.secrets'), options: { environment: 'prod' }, value: 'prod' },
    {
      name: 'an environment of your own reads its file',
      files: without('.env.secrets'),
      options: { environment: 'preview' },
      value: 'preview',
    },
    { name: '.env is the lowest', files: { '.env': 'A=base' }, options: { environment: 'staging' }, value: 'base' },
    { name: 'env-order legacy: .env wins', files: all, options: { envOrder: 'legacy' }, value: 'base' },
    {
      name: 'env-order legacy: .env.dev lies under every environment',
      files: { '.env.dev': 'A=dev', '.env.prod': 'B=1' },
      options: { environment: 'prod', envOrder: 'legacy' },
      value: 'dev',
    },
    {
      name: 'env-order v1: .env.dev is for development alone',
      files: { '.env.dev': 'A=dev', '.env.prod': 'B=1' },
      options: { environment: 'prod' },
      value: undefined,
    },
    { name: 'the process environment defines nothing', files: { '.env': 'B=1' }, options: { outer: { A: 'outer' } }, value: undefined },
    { name: 'an empty value of a higher layer counts', files: { '.env': 'A=base', '.env.dev': 'A=' }, options: {}, value: '' },
  ] as const)('$name', ({ files, options, value }) => {
    expect(valueIn(files, options)).toBe(value)
  })

  it('an empty CS_N of a higher layer switches a service off', () => {
    const files = { '.env': 'CS_1=a:custom\nCS_2=b:custom', '.env.staging': 'BASE_DOMAIN=example.com\nCS_1=' }
    expect(projectOf(files, { environment: 'staging' }).services.map(({ name }) => name)).toEqual(['b'])
  })
})

describe('which environment', () => {
  it.each([
    { name: 'the input wins', files: { '.env': 'ENV=staging' }, options: { environment: 'prod' }, environment: 'production' },
    { name: 'else ENV of the env input', files: { '.env': 'ENV=staging' }, options: { env: 'ENV=prod' }, environment: 'production' },
    { name: 'else ENV of .env.local', files: { '.env': 'ENV=staging', '.env.local': 'ENV=prod' }, options: {}, environment: 'production' },
    { name: 'else ENV of .env', files: { '.env': 'ENV=stage' }, options: {}, environment: 'staging' },
    { name: 'the last ENV of a file counts', files: { '.env': 'ENV=prod\nENV=stage' }, options: {}, environment: 'staging' },
    { name: 'an empty ENV does not count', files: { '.env': 'ENV=' }, options: {}, environment: 'development' },
    { name: 'else development', files: { '.env.dev': 'ENV=prod' }, options: {}, environment: 'development' },
  ])('$name', ({ files, options, environment }) => {
    expect(build(files, options).configuration?.environment.name).toBe(environment)
  })
})

describe('findings', () => {
  it.each([
    { name: 'an ENV that is no name', files: { '.env': 'X=1\nENV=a/b' }, options: {}, findings: ['NB112 .env:2:5'] },
    { name: 'an input that is no name', files: { '.env': '' }, options: { environment: '../x' }, findings: ['NB112'] },
    {
      name: 'an ENV that contradicts the input',
      files: { '.env': 'ENV=prod' },
      options: { environment: 'staging' },
      findings: ['NB113 .env:1:1'],
    },
    {
      name: 'an ENV that is an alias of the input contradicts nothing',
      files: { '.env': 'ENV=stage' },
      options: { environment: 'staging' },
      findings: [],
    },
    {
      name: 'both spellings of a file',
      files: { '.env.dev': '', '.env.development': '' },
      options: {},
      findings: ['NB115 .env.development:1:1'],
    },
    {
      name: 'a key that .env and the environment set differently',
      files: { '.env': 'A=1', '.env.dev': 'B=2\nA=2' },
      options: {},
      findings: ['NB109 .env.dev:2:1'],
    },
    { name: 'a key that both set alike is nothing', files: { '.env': 'A=1', '.env.dev': 'A=1' }, options: {}, findings: [] },
    { name: 'a key of another environment is nothing', files: { '.env': 'A=1', '.env.staging': 'A=2' }, options: {}, findings: [] },
    {
      name: 'a mistake in .env.local is told in development',
      files: { '.env': '', '.env.local': 'x' },
      options: {},
      findings: ['NB101 .env.local:1:1'],
    },
    { name: 'and in no other environment', files: { '.env': '', '.env.local': 'x' }, options: { environment: 'prod' }, findings: [] },
    { name: 'a mistake in the env input', files: { '.env': '' }, options: { env: 'A=1\nx' }, findings: ['NB101 env input:2:1'] },
  ])('$name', ({ files, options, findings }) => {
    const { diagnostics } = build(files, options)
    expect(show(diagnostics.filter(({ code }) => code.startsWith('NB1')))).toEqual(findings)
  })

  it.each([
    { order: 'v1', winner: '.env.dev' },
    { order: 'legacy', winner: '.env' },
  ] as const)('a disagreement is an info that names the winner: $winner with env-order $order', ({ order, winner }) => {
    const [finding] = withCode(build({ '.env': 'A=1', '.env.dev': 'A=2' }, { envOrder: order }).diagnostics, 'NB109')
    expect(finding).toMatchObject({ severity: 'info', message: `A differs between .env and .env.dev: ${winner} wins here.` })
  })

  it('no env file at all is one error that says where to start', () => {
    const { diagnostics } = build({ '.env.staging': 'PROJECT_NAME=x' })
    expect(withCode(diagnostics, 'NB114')).toMatchObject([{ severity: 'error', fix: expect.stringContaining('nself-build init') }])
  })
})
