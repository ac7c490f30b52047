import { describe, expect, it } from 'vitest'
import { checkHost } from '../../../action/commands/deploy/check-host.ts'
import { checkConnection } from '../../../action/commands/deploy/deploy-hosts.ts'
import type { Probe } from '../../../action/deploy/remote/probe.ts'
import { type Inputs, readInputs } from '../../../action/inputs.ts'
import { emptyProbe } from './support.ts'

const ssh = { host: 'deploy@h:22', run: () => Promise.reject(new Error('not asked')) }
const check = (changes: Partial<Probe>) => checkHost({ ssh, probe: { ...emptyProbe, ...changes } }, '/opt/nself/shop')

describe('checkHost', () => {
  it.each<[string, Partial<Probe>]>([
    ['as it is', {}],
    ['the oldest Engine and Compose', { docker: '25.0.0', compose: '2.24.0' }],
    ['versions as distributions write them', { docker: '26.1.5+dfsg1', compose: 'v2.40.3-desktop.1' }],
    ['a later Compose', { compose: '5.0.0' }],
    ['what is no version', { docker: 'library-import', compose: 'dev' }],
  ])('has nothing to say of %s', (_, changes) => {
    expect(check(changes)).toEqual([])
  })

  it.each<[string, Partial<Probe>, string, string]>([
    ['flock missing', { missing: ['flock', 'awk'] }, 'flock, awk cannot be found', 'docs/deploy.md'],
    ['no Engine', { docker: '', compose: '' }, 'does not answer to this user', 'usermod -aG docker deploy'],
    ['an old Engine', { docker: '24.0.9' }, 'Docker Engine is 24.0.9; 25 is needed', 'Update'],
    ['another program that calls itself docker', { docker: '4.9.3' }, '4.9.3', 'Update'],
    ['no Compose', { compose: '' }, 'Compose is not installed', 'docker-compose-plugin'],
    ['an old Compose', { compose: '2.23.3' }, 'Docker Compose is 2.23.3; 2.24 is needed', 'Update'],
    ['a folder of somebody else', { writable: false }, '/opt/nself/shop cannot be written', '-o deploy -g deploy /opt/nself/shop'],
    ['a full disk', { freeKb: 100 * 1024 }, '100 MB and 1000000 inodes are free', 'df -h'],
    ['a full inode table', { freeInodes: 7 }, '7 inodes', 'df -i'],
  ])('says what is wrong with %s, and what to do', (_, changes, message, fix) => {
    const found = check(changes)
    expect(found).toEqual([expect.objectContaining({ code: 'NB813', severity: 'error', message: expect.stringContaining(message) })])
    expect(found[0]?.fix).toContain(fix)
  })

  it('says it all at once', () => {
    expect(check({ docker: '20.10.24', compose: '1.29.2', writable: false, freeKb: 0 })).toHaveLength(4)
  })
})

describe('checkConnection', () => {
  const inputs = (values: Record<string, string>) =>
    readInputs(new Map(Object.entries({ key: 'K', 'known-hosts': 'k', ...values })), (name) => name).inputs as Inputs
  const said = (values: Record<string, string>) => checkConnection(inputs(values)).map(({ code, message }) => `${code} ${message}`)

  it('has nothing to say of machines with users and ports of their own', () => {
    expect(said({ host: 'a@one, b@two:2222, b@two:2223, c@[2001:db8::1]:22' })).toEqual([])
  })

  it.each<[Record<string, string>, string[]]>([
    [{ host: '' }, ['NB810 host is not set.']],
    [{ host: 'one' }, ['NB810 No user is named for one.']],
    [{ host: 'a@one, two, a@one:22', username: 'b' }, ['NB810 a@one:22 is named twice.']],
    [{ host: 'a@one', key: ' ', 'known-hosts': '' }, ['NB810 key is not set.', expect.stringContaining('known-hosts is not set')]],
    [{ host: 'a@one, a@two', wait: 'false' }, [expect.stringContaining('wait is false, but there are several machines')]],
  ])('says what is missing: %j', (values, messages) => {
    expect(said(values)).toEqual(messages)
  })

  it('needs no known-hosts when that is spelled out', () => {
    expect(said({ host: 'a@one', 'known-hosts': '', 'insecure-host-key': 'true' })).toEqual([])
  })
})
