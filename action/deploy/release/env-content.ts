const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', $: '\\$', '\n': '\\n', '\r': '\\r' }

/** One line of an env file that Compose reads back as exactly this value, whatever characters it has. */
function encodeLine(name: string, value: string): string {
  return `${name}="${value.replace(/[\\"$\n\r]/g, (character) => escapes[character] as string)}"\n`
}

/** The `.env` of a release: sorted by name. The text holds secrets. */
export function encodeEnv(values: ReadonlyMap<string, string>): string {
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => encodeLine(name, value))
    .join('')
}
