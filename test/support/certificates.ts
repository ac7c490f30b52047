import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate and its key as PEM. */
export interface Pair {
  readonly chain: string
  readonly key: string
}

/** Makes authorities and certificates with openssl, in a folder that is gone afterwards. */
export function makeCertificates(): { authority: Pair; sign: (names: readonly string[], key?: readonly string[], days?: number) => Pair } {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
  const at = (file: string) => join(folder, file)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const read = (name: string): Pair => ({ chain: readFileSync(at(`${name}.pem`), 'utf8'), key: readFileSync(at(`${name}.key`), 'utf8') })
  openssl('req', '-x509', ...ec, '-days', '3650', '-subj', '/O=Test/CN=Test authority', '-keyout', at('ca.key'), '-out', at('ca.pem'))
  const authority = read('ca')
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return {
    authority,
    sign(names, key = ec, days = 90) {
      const subject = ['-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`]
      openssl('req', '-new', ...key, ...subject, '-keyout', at('leaf.key'), '-out', at('leaf.csr'))
      const signer = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-copy_extensions', 'copyall']
      openssl('x509', '-req', '-in', at('leaf.csr'), '-days', String(days), ...signer, '-out', at('leaf.pem'))
      return read('leaf')
    },
  }
}
