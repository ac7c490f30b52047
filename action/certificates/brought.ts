import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { EnvEntry } from '../config/env-file.ts'
import type { Certificate } from '../render/certificates.ts'
import type { CertificateFile } from './pem.ts'

/** A certificate with the key that nginx needs to use it. */
export type KeyedCertificate = Required<CertificateFile>

/** The variables that hold the certificate of a folder: `shop-org` is `SSL_SHOP_ORG_CERT` and `SSL_SHOP_ORG_KEY`. */
export function certificateVariables(folder: string): { readonly chain: string; readonly key: string } {
  const name = folder.toUpperCase().replaceAll('-', '_')
  return { chain: `SSL_${name}_CERT`, key: `SSL_${name}_KEY` }
}

/** The needed certificates that variables hold as PEM text. Half of one, or one that is not needed, is told. */
export function broughtCertificates(
  needed: readonly Certificate[],
  entries: ReadonlyMap<string, EnvEntry>,
): { files: KeyedCertificate[]; diagnostics: Diagnostic[] } {
  const files: KeyedCertificate[] = []
  const diagnostics: Diagnostic[] = []
  const known = new Set<string>()
  for (const { folder } of needed) {
    const names = certificateVariables(folder)
    const [chain, key] = [entries.get(names.chain), entries.get(names.key)]
    known.add(names.chain).add(names.key)
    if (chain !== undefined && key !== undefined) files.push({ folder, chain: chain.value, key: key.value })
    else if (chain !== undefined || key !== undefined)
      diagnostics.push(
        diagnose(
          'NB911',
          `${chain === undefined ? names.key : names.chain} is set, but ${chain === undefined ? names.chain : names.key} is not.`,
          'Set both, as PEM text.',
          (chain ?? key)?.position,
        ),
      )
  }
  for (const [name, { position }] of entries)
    if (/^SSL_.+_(?:CERT|KEY)$/.test(name) && !known.has(name))
      diagnostics.push(
        diagnose(
          'NB912',
          `${name} is of no certificate that this environment needs.`,
          `The names are ${needed.map(({ folder }) => certificateVariables(folder).chain).join(', ')}, and the same with _KEY.`,
          position,
        ),
      )
  return { files, diagnostics }
}

/** True when two texts hold the same certificates. */
export function isSameChain(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll(/\s+/g, '')
  return plain(one) === plain(other)
}
