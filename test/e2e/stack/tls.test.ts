import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { call } from '../support/http.ts'
import { run } from '../support/run.ts'

const { project, ports } = inject('stack')
const secure = (host: string) => call({ port: ports.https, host, path: '/health', tls: true })

describe('SSL_MODE=local', () => {
  it('starts without a certificate, and takes the one that comes without a reload', async () => {
    await expect(secure('users.local.nself.org')).rejects.toThrow()

    const folder = join(project.root, 'ssl/certificates/local-nself-org')
    mkdirSync(folder, { recursive: true })
    await selfSigned('*.local.nself.org', folder)
    expect((await secure('users.local.nself.org')).status).toBe(200)
  })

  it('refuses the handshake for names that no service has', async () => {
    await expect(secure('unknown.local.nself.org')).rejects.toThrow()
  })
})

async function selfSigned(name: string, folder: string): Promise<void> {
  const key = join(folder, 'privkey.pem')
  const files = ['-keyout', key, '-out', join(folder, 'fullchain.pem')]
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${name}`, ...files])
  // Workers read it at each handshake, as the user nginx; openssl writes it for its owner alone.
  chmodSync(key, 0o644)
}
