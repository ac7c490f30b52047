import { describe, expect, inject, it } from 'vitest'
import { addCertificate } from '../support/certificate.ts'
import { call } from '../support/http.ts'

const { project, ports } = inject('stack')
const secure = (host: string) => call({ port: ports.https, host, path: '/health', tls: true })

describe('SSL_MODE=local', () => {
  it('starts without a certificate, and takes the one that comes without a reload', async () => {
    await expect(secure('users.local.nself.org')).rejects.toThrow()

    await addCertificate(project)
    expect((await secure('users.local.nself.org')).status).toBe(200)
  })

  it('refuses the handshake for names that no service has', async () => {
    await expect(secure('unknown.local.nself.org')).rejects.toThrow()
  })
})
