/**
 * Repairs what secret stores and copying do to a private key: CRLF, a byte order mark, `\n` written out, indentation, a missing final
 * newline. What a key says is never changed.
 */
export function normaliseKey(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(text.trim().includes('\n') ? /(?!)/ : /\\r\\n|\\n/g, '\n')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .join('\n')
    .trim()
  return `${lines}\n`
}

/** Why a text is no private key for ssh, when that can be told by looking; what to do about it. */
export function whyNoKey(text: string): { message: string; fix: string } | undefined {
  if (text.trim() === '') return { message: 'is empty', fix: 'Give it the text of a private key, such as the file ~/.ssh/id_ed25519.' }
  if (/^(ssh-|ecdsa-|sk-)|BEGIN [A-Z0-9 ]*PUBLIC KEY/.test(text))
    return { message: 'is a public key', fix: 'Give it the private key, which begins with -----BEGIN OPENSSH PRIVATE KEY-----.' }
  if (text.startsWith('PuTTY-User-Key-File'))
    return { message: 'is a PuTTY key', fix: 'Convert it: puttygen key.ppk -O private-openssh -o key' }
  if (!/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----\n/.test(text))
    return {
      message: 'does not begin as a private key does',
      fix: 'Give it the whole file, with its first line -----BEGIN … PRIVATE KEY-----.',
    }
  if (!/\n-----END [A-Z0-9 ]*PRIVATE KEY-----\n$/.test(text))
    return { message: 'is cut off', fix: 'Give it the whole file, with its last line -----END … PRIVATE KEY-----.' }
  return undefined
}
