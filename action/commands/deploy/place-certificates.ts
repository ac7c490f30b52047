import { createHash } from 'node:crypto'
import { isSameChain, type KeyedCertificate } from '../../certificates/brought.ts'
import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import type { DeployTarget } from '../../deploy/release/types.ts'
import { runAgent } from '../../deploy/remote/agent.ts'
import { installAgent } from '../../deploy/remote/deliver.ts'
import { shellCommand } from '../../deploy/remote/shell-command.ts'
import type { Host } from './deploy-hosts.ts'
import { certificatesOn } from './host-certificates.ts'

// $1 is ROOT, which others cannot enter; $2 the folder, $3 the file, $4 its checksum. nginx's workers read it, so all may within.
const place = `set -eu; umask 022
folder="$1/ssl/certificates/$2"
mkdir -p "$folder"; chmod 755 "$1/ssl" "$1/ssl/certificates" "$folder"
new="$folder/$3.$$"; trap 'rm -f "$new"' EXIT; cat >"$new"
[ "$(sha256sum "$new" | cut -c 1-64)" = "$4" ] || { echo 'The certificate did not arrive whole.' >&2; exit 1; }
mv -f "$new" "$folder/$3"`

/** The brought certificates that a machine does not have yet. */
export function missingOn(host: Host, brought: readonly KeyedCertificate[]): KeyedCertificate[] {
  const there = certificatesOn(host)
  return brought.filter(({ folder, chain }) => !there.some((file) => file.folder === folder && isSameChain(file.chain, chain)))
}

/** What a deploy is going to put there, for whoever reads its plan. */
export function announce(host: Host, brought: readonly KeyedCertificate[], target: DeployTarget = 'hosts'): Diagnostic[] {
  return missingOn(host, brought).map(({ folder }) =>
    diagnose(
      'NB913',
      `${host.ssh.host}: the certificate in ${folder} is replaced by the one that is given.`,
      target === 'swarm'
        ? 'Nothing to do: it becomes a secret, and nginx is replaced to have it.'
        : 'Nothing to do: nginx takes it within a minute, without a reload.',
    ),
  )
}

/** Puts them there, the key first. nginx takes them by itself. */
export async function placeCertificates(host: Host, brought: readonly KeyedCertificate[], agent: string, root: string): Promise<void> {
  const missing = missingOn(host, brought)
  if (missing.length > 0) await installAgent(host.ssh, agent, root, host.probe)
  for (const { folder, chain, key } of missing)
    for (const [file, text] of [
      ['privkey.pem', key],
      ['fullchain.pem', chain],
    ] as const) {
      const content = Buffer.from(text.endsWith('\n') ? text : `${text}\n`)
      const sum = createHash('sha256').update(content).digest('hex')
      const command = shellCommand(['sh', '-c', place, 'sh', root, folder, file, sum])
      await runAgent(host.ssh, command, { stdin: content, timeoutSeconds: 60 })
    }
}
