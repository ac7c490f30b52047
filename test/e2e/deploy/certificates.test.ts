import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { KeyedCertificate } from '../../../action/certificates/brought.ts'
import type { Host } from '../../../action/commands/deploy/deploy-hosts.ts'
import { checkHostCertificates, hostCertificates } from '../../../action/commands/deploy/host-certificates.ts'
import { announce, placeCertificates } from '../../../action/commands/deploy/place-certificates.ts'
import { probe } from '../../../action/deploy/remote/probe.ts'
import { makeCertificates } from '../../support/certificates.ts'
import { localHost } from '../../support/hosts/local-host.ts'
import { projectOf, tool } from '../../support/project.ts'

const root = mkdtempSync(join(tmpdir(), 'nself-root-'))
afterAll(() => rmSync(root, { recursive: true }))

const { authority, sign } = makeCertificates()
const agent = readFileSync(join(tool, 'action/deploy/agent/agent.sh'), 'utf8')
const project = projectOf(
  {
    '.env.prod':
      'SSL_MODE=custom\nBASE_DOMAIN=shop.org\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=api:gin::api\n',
  },
  { environment: 'production' },
)
const bring = (folder: string, chain: string) => {
  mkdirSync(join(root, 'ssl/certificates', folder), { recursive: true })
  writeFileSync(join(root, 'ssl/certificates', folder, 'fullchain.pem'), chain)
}
const ask = async () => {
  const ssh = localHost()
  return { ssh, probe: await probe(ssh, agent, root, 'shop-production') }
}
const codes = async () => checkHostCertificates(project, new Map(), await ask()).map(({ code, message }) => `${code} ${message}`)

// What the machine says of brought certificates is what a deploy goes by.
describe('a certificate that is brought to a machine', () => {
  it('is missed', async () => {
    expect(await codes()).toEqual(['NB901 local: There is no certificate for api.shop.org.'])
  })

  it('is refused for another name', async () => {
    bring('shop-org', sign(['web.shop.org']).chain + authority.chain)
    expect(await codes()).toEqual([expect.stringContaining('NB903 local: The certificate in shop-org is not for api.shop.org')])
  })

  it('is shown with its names and days when it fits', async () => {
    bring('shop-org', sign(['*.shop.org']).chain + authority.chain)
    bring('a b;id', 'x')
    expect(await codes()).toEqual([])
    expect(hostCertificates(await ask())).toMatchObject([{ folder: 'shop-org', names: ['*.shop.org'], issuer: 'Test authority' }])
  })
})

describe('a certificate that variables hold', () => {
  const folder = 'shop-org'
  const fitting = sign(['*.shop.org'])
  const given = (chain: string, key: string): KeyedCertificate[] => [{ folder, chain, key }]
  const brought = given(fitting.chain + authority.chain, fitting.key)
  const findings = async (files: KeyedCertificate[]) =>
    checkHostCertificates(project, new Map(), await ask(), files).map(({ code }) => code)

  it.each([
    { what: 'that fits', files: brought, codes: [] },
    { what: 'with the key of another', files: given(brought[0]?.chain as string, sign(['*.shop.org']).key), codes: ['NB906'] },
    { what: 'for another name', files: given(sign(['web.org']).chain + authority.chain, ''), codes: ['NB902', 'NB903'] },
    { what: 'without its issuer', files: given(fitting.chain, fitting.key), codes: ['NB907'] },
  ])('$what is checked before anything is changed: $codes', async ({ files, codes }) => expect(await findings(files)).toEqual(codes))

  it('is put on the machine, whole, for nginx to read and nobody else, and then left alone', async () => {
    expect(announce(await ask(), brought).map(({ code }) => code)).toEqual(['NB913'])
    await placeCertificates(await ask(), brought, agent, root)
    const at = (file: string) => join(root, 'ssl/certificates', folder, file)
    expect(readFileSync(at('privkey.pem'), 'utf8')).toBe(fitting.key)
    expect(readFileSync(at('fullchain.pem'), 'utf8')).toBe(brought[0]?.chain)
    expect(readdirSync(join(root, 'ssl/certificates', folder)).sort()).toEqual(['fullchain.pem', 'privkey.pem'])
    expect((statSync(at('privkey.pem')).mode & 0o777).toString(8)).toBe('644')
    expect((statSync(root).mode & 0o777).toString(8)).toBe('700')
    expect(announce(await ask(), brought)).toEqual([])
    expect(await codes()).toEqual([])
  })

  it('that is cut on its way changes nothing', async () => {
    const other = sign(['*.shop.org'])
    const host = await ask()
    // A connection that ends early: the shell sees the end of the file.
    const cut: Host = {
      ...host,
      ssh: { ...host.ssh, run: (command, options) => host.ssh.run(command, { ...options, stdin: Buffer.from('-----BEGIN') }) },
    }
    await expect(placeCertificates(cut, given(other.chain, other.key), agent, root)).rejects.toThrow(/did not arrive whole/)
    expect(readFileSync(join(root, 'ssl/certificates', folder, 'privkey.pem'), 'utf8')).toBe(fitting.key)
  })
})
