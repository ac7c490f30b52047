import type { Certificate } from '../render/certificates.ts'
import type { CertificateFile } from './pem.ts'

/** The variables that may hold a certificate and its key, as PEM text or as that in base64. */
export function secretNames(folder: string): { readonly chain: string; readonly key: string } {
  const suffix = folder.replaceAll('-', '_').toUpperCase()
  return { chain: `SSL_CERTIFICATE_${suffix}`, key: `SSL_KEY_${suffix}` }
}

/** Certificates that secrets hold instead of files; `read` answers a variable's value. */
export function certificatesFromSecrets(needed: readonly Certificate[], read: (name: string) => string | undefined): CertificateFile[] {
  return needed.flatMap(({ folder }) => {
    const names = secretNames(folder)
    const [chain, key] = [read(names.chain), read(names.key)]
    return chain === undefined || key === undefined ? [] : [{ folder, chain: decode(chain), key: decode(key) }]
  })
}

// CI systems that take one line per secret get it in base64.
function decode(text: string): string {
  const bare = text.trim()
  return bare.startsWith('-----BEGIN') ? `${bare}\n` : Buffer.from(bare, 'base64').toString('utf8')
}
