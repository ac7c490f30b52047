import { agentCommand, agentName, runAgent } from './agent.ts'
import { packRelease } from './pack.ts'
import type { Probe } from './probe.ts'
import { shellCommand } from './shell-command.ts'
import type { Ssh } from './ssh.ts'

/** What a host gets before anything is started on it. */
export interface Delivery {
  /** The text of dist/agent.sh. */
  readonly agent: string
  /** Absolute path of the project's folder on the host. */
  readonly root: string
  readonly release: {
    readonly id: string
    /** path → content, without SHA256SUMS, which is added here. */
    readonly files: ReadonlyMap<string, string>
  }
  /** The values: the text of `.env`, and the name under which it lies on the host. */
  readonly secrets: { readonly hash: string; readonly text: string }
}

// $1 is ROOT, $2 the agent's name, which holds its checksum. By rename, so that no run ever starts half an agent.
const install = `set -eu; umask 077
if ! mkdir -p "$1/state" 2>/dev/null || ! [ -w "$1/state" ]; then
  printf '%s cannot be written by %s.\\n' "$1" "$(id -un)" >&2
  printf 'Make it once on the host: sudo install -d -m 0700 -o %s -g %s %s\\n' "$(id -un)" "$(id -gn)" "$1" >&2
  exit 1
fi
new="$1/state/$2.$$"; trap 'rm -f "$new"' EXIT; cat >"$new"
[ "agent-$(sha256sum "$new" | cut -c 1-12).sh" = "$2" ] || { echo 'The agent did not arrive whole.' >&2; exit 1; }
mv -f "$new" "$1/state/$2"`

/** Puts this version of the agent on the host, unless it is there. */
export async function installAgent(ssh: Ssh, agent: string, root: string, probe: Probe): Promise<void> {
  if (!probe.agents.includes(agentName(agent)))
    await runAgent(ssh, shellCommand(['sh', '-c', install, 'sh', root, agentName(agent)]), {
      stdin: Buffer.from(agent),
      timeoutSeconds: 60,
    })
}

/** Brings what the host does not have yet: agent, values, release. Up to three round trips; none when all is there and whole. */
export async function deliver(ssh: Ssh, delivery: Delivery, probe: Probe): Promise<void> {
  const { agent, root, release, secrets } = delivery
  await installAgent(ssh, agent, root, probe)
  if (!probe.secrets.includes(secrets.hash))
    await runAgent(ssh, agentCommand(agent, root, 'secrets', secrets.hash), { stdin: Buffer.from(secrets.text), timeoutSeconds: 60 })
  if (!probe.releases.some(({ id, intact }) => id === release.id && intact)) {
    const { stream, sum } = packRelease(release.files)
    await runAgent(ssh, agentCommand(agent, root, 'receive', release.id, sum), { stdin: stream, timeoutSeconds: 600 })
  }
}
