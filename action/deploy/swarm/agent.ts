// The last line of the agent starts it.
const start = 'main "$@"\n'

/** The agent for a swarm: that of machines, whose functions for containers give way to those of the same names for services. */
export function swarmAgent(agent: string, swarm: string): string {
  if (!agent.endsWith(start)) throw new Error('the agent does not end as expected')
  return `${agent.slice(0, -start.length)}${swarm}\n${start}`
}
