import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { addCertificate } from '../support/certificate.ts'
import { call } from '../support/http.ts'
import { run } from '../support/run.ts'

const { project, ports } = inject('stack')
const secure = (host: string) => call({ port: ports.https, host, path: '/health', tls: true })
const domains = ['api', 'users', 'echo', 'hooks'].map((name) => `${name}.local.nself.org`)
const folder = join(project.root, 'ssl/certificates/local-nself-org')

/** As a browser that trusts the authority of this machine and nothing else. */
function trusting(host: string): Promise<string> {
  const authority = join(process.env.XDG_DATA_HOME as string, 'nself/ca/rootCA.pem')
  const address = ['--resolve', `${host}:${ports.https}:127.0.0.1`]
  const only = ['--cacert', authority, '--capath', '/nowhere']
  return run('curl', [
    '-sS',
    ...only,
    ...address,
    '-o',
    '/dev/null',
    '-w',
    '%{http_version} %{ssl_verify_result}',
    `https://${host}:${ports.https}/health`,
  ])
}

describe('SSL_MODE=local', () => {
  it.each(domains)('%s is trusted with the local authority, from the first start', async (host) => {
    expect(await trusting(host)).toBe('2 0')
  })

  it('starts without a certificate, and takes one that comes without a reload', async () => {
    rmSync(folder, { recursive: true })
    await expect.poll(() => secure('users.local.nself.org').catch(() => 'refused'), { timeout: 75_000, interval: 2000 }).toBe('refused')
    await addCertificate(project)
    expect((await secure('users.local.nself.org')).status).toBe(200)
  })

  it('refuses the handshake for names that no service has', async () => {
    await expect(secure('unknown.local.nself.org')).rejects.toThrow()
  })
})
