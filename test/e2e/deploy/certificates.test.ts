import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkHostCertificates, hostCertificates } from '../../../action/commands/host-certificates.ts'
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
