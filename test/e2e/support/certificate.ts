import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from './project.ts'
import { run } from './run.ts'

/** Puts a self-signed certificate for *.local.nself.org where the generated nginx looks for it. */
export async function addCertificate({ root }: Project): Promise<void> {
  const folder = join(root, 'ssl/certificates/local-nself-org')
  const key = join(folder, 'privkey.pem')
  mkdirSync(folder, { recursive: true })
  const files = ['-keyout', key, '-out', join(folder, 'fullchain.pem')]
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=*.local.nself.org', ...files])
  // nginx's workers read it at each handshake, as the user nginx; openssl makes it readable for its owner alone.
  chmodSync(key, 0o644)
}
