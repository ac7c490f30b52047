import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'

// Reads until its parent is gone, then ends the connections whose sockets are in the folder, and removes it.
const script = `trap '' HUP INT TERM
cat >/dev/null
for socket in "$1"/target "$1"/proxy; do [ ! -S "$socket" ] || ssh -F "$1/config" -O exit "\${socket##*/}" >/dev/null 2>&1; done
rm -rf "$1"`

/**
 * Sees to it that a folder with keys goes away even when this process is killed: another process waits for that. Returns what removes the
 * folder in the ordinary way.
 */
export function guardFolder(folder: string): () => Promise<void> {
  const guard = spawn('sh', ['-c', script, 'guard', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  guard.unref()
  return async () => {
    rmSync(folder, { recursive: true, force: true })
    if (guard.exitCode !== null) return
    const gone = once(guard, 'exit')
    guard.stdin.end()
    await gone
  }
}
