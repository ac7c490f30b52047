import { createHash } from 'node:crypto'
import { pack } from 'tar-stream'
import { compare } from '../../config/diagnostics.ts'

/** A tar stream with equal bytes for equal files, and the SHA-256 of the list of checksums in it. */
export interface PackedRelease {
  readonly stream: AsyncIterable<Uint8Array>
  readonly sum: string
}

/** Packs files (path → content) with a SHA256SUMS of them all. Modes: 0644; no owner, no times. */
export function packRelease(files: ReadonlyMap<string, string>): PackedRelease {
  const sorted = [...files].sort(([a], [b]) => compare(a, b))
  const sums = sorted.map(([path, content]) => `${sha256(content)}  ${path}\n`).join('')
  const stream = pack()
  for (const [name, content] of [['SHA256SUMS', sums] as const, ...sorted])
    stream.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, content)
  stream.finalize()
  return { stream: stream as AsyncIterable<Uint8Array>, sum: sha256(sums) }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
