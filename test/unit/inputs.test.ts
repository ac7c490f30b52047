import { describe, expect, it } from 'vitest'
import { actionInputs } from '../../action/adapters/action-inputs.ts'
import { readCommand, readInputs } from '../../action/inputs.ts'

const read = (values: Record<string, string>) => readInputs(new Map(Object.entries(values)), (name) => `--${name}`)

describe('inputs', () => {
  it('have defaults', () => {
    expect(read({}).inputs).toEqual({
      environment: undefined,
      workingDirectory: '.',
      env: '',
      envOrder: 'v1',
      core: 'managed',
      registry: '',
      templates: '',
      force: false,
      onConflict: 'keep',
      services: [],
      platforms: [],
      runners: {},
      tags: '',
      buildArgs: {},
      buildSecrets: {},
      cache: 'auto',
      cacheFolder: '.buildx-cache',
      noCache: false,
      pull: false,
      provenance: 'min',
      sbom: false,
      builder: '',
      endpoint: '',
      registryUsername: '',
      registryPassword: '',
      digestsFile: 'nself-digests.json',
      token: '',
      branch: '',
      base: '',
      title: '',
      body: '',
      commitMessage: '',
      labels: [],
      assignees: [],
      reviewers: [],
      teamReviewers: [],
      milestone: '',
      draft: false,
      signoff: false,
      split: 'all',
      environments: [],
      target: 'hosts',
      hosts: [],
      key: '',
      passphrase: '',
      knownHosts: '',
      insecureHostKey: false,
      proxy: undefined,
      timeout: 30,
      deployPath: '',
      dryRun: false,
      wait: true,
      waitTimeout: 900,
      lockWait: 0,
      observe: 0,
      restartEdge: false,
      recreate: [],
      release: '',
      maintenance: 'unchanged',
      public: false,
      keep: 3,
    })
  })

  it('know machines by user, name and port', () => {
    const hosts = (values: Record<string, string>) => read({ username: 'u', port: '2222', ...values }).inputs?.hosts
    expect(hosts({ host: 'deploy@203.0.113.7, web.example.com:22\nroot@[2001:db8::1]:2200' })).toEqual([
      { username: 'deploy', host: '203.0.113.7', port: 2222 },
      { username: 'u', host: 'web.example.com', port: 22 },
      { username: 'root', host: '2001:db8::1', port: 2200 },
    ])
    for (const host of ['a b', '-oProxyCommand=id', 'a@b@c', 'host:0', 'host:99999', 'a;b', '$(id)'])
      expect(hosts({ host })).toBeUndefined()
  })

  it.each([
    [{ host: 'a,deploy@2001:db8::1' }, 'write user@[2001:db8::1]:22'],
    [{ 'proxy-host': '::1' }, 'write user@[2001:db8::1]:22'],
    [{ host: 'web:22:33' }, 'must look like user@host:port'],
  ])('say how a machine is written: %j', (values, message) => {
    expect(read(values).diagnostics).toMatchObject([{ code: 'NB603', message: expect.stringContaining(message) }])
  })

  it('go through a jump host with its own user and key, or with those of the machine', () => {
    const proxy = (values: Record<string, string>) => read({ host: 'deploy@web', key: 'K', passphrase: 'P', ...values }).inputs?.proxy
    expect(proxy({ 'proxy-host': 'bastion:2200' })).toEqual({ username: 'deploy', host: 'bastion', port: 2200, key: 'K', passphrase: 'P' })
    expect(proxy({ 'proxy-host': 'me@bastion', 'proxy-key': 'J' })).toEqual({
      username: 'me',
      host: 'bastion',
      port: 22,
      key: 'J',
      passphrase: '',
    })
  })

  it.each([
    ['90', 90],
    ['90s', 90],
    ['15m', 900],
    ['1h', 3600],
  ])('read %s as a time', (text, seconds) => expect(read({ 'wait-timeout': text }).inputs?.waitTimeout).toBe(seconds))

  it.each<[Record<string, string>, string, string]>([
    [{ enviroment: 'x' }, 'NB602', 'Did you mean environment'],
    [{ zzzzzz: 'x' }, 'NB602', 'The inputs are'],
    [{ 'env-order': 'v2' }, 'NB603', 'Did you mean v1?'],
    [{ core: 'none' }, 'NB603', 'Write managed or external'],
    [{ force: 'yes' }, 'NB603', 'true or false'],
    [{ registry: 'https://ghcr.io' }, 'NB603', 'Correct the value'],
    [{ templates: '../x' }, 'NB603', 'Correct the value'],
    [{ branch: 'a..b' }, 'NB603', 'Correct the value'],
    [{ base: '/main' }, 'NB603', 'Correct the value'],
    [{ branch: 'x.lock' }, 'NB603', 'Correct the value'],
    [{ milestone: 'v1' }, 'NB603', 'Correct the value'],
    [{ split: 'each' }, 'NB603', 'Write all or service'],
  ])('%j is %s', (values, code, fix) => {
    const { inputs, diagnostics } = read(values)
    expect(inputs).toBeUndefined()
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]).toMatchObject({ code, fix: expect.stringContaining(fix) })
  })

  it('are all reported at once', () => expect(read({ force: 'x', core: 'x', foo: 'x' }).diagnostics).toHaveLength(3))

  it('lower a registry: repository names are lower case', () =>
    expect(read({ registry: 'ghcr.io/Acme' }).inputs?.registry).toBe('ghcr.io/acme'))
})

describe('the runner’s INPUT_ variables', () => {
  it('are read with hyphens and with underscores', () => {
    expect(actionInputs({ 'INPUT_ENV-ORDER': 'legacy', INPUT_WORKING_DIRECTORY: 'a', INPUT_COMMAND: 'plan' })).toEqual({
      command: 'plan',
      raw: new Map([
        ['env-order', 'legacy'],
        ['working-directory', 'a'],
      ]),
    })
  })

  it('default to generate', () => expect(actionInputs({}).command).toBe('generate'))

  it('keep a slip of a known name, and leave foreign variables alone', () => {
    expect([...actionInputs({ INPUT_ENVIROMENT: 'x', INPUT_WHATEVER: 'y' }).raw.keys()]).toEqual(['enviroment'])
  })
})

describe('commands', () => {
  it.each([
    ['generat', 'Did you mean generate?'],
    ['', 'The commands are'],
    ['zzz', 'The commands are'],
  ])('%j is answered with %j', (text, fix) => expect(readCommand(text).diagnostics[0]?.fix).toContain(fix))
})
