/** What has a meaning of its own inside a `map` or `geo` block; every other entry there is data. */
const special = ['default', 'hostnames', 'include', 'volatile', 'delete', 'proxy', 'ranges']

/** The names of the directives in nginx configuration, in order. */
export function directivesIn(text: string): string[] {
  const tokens = text.match(/#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|[^\s{};]+/g) ?? []
  const names: string[] = []
  const blocks: string[] = []
  let current: string | undefined
  for (const token of tokens) {
    if (token.startsWith('#')) continue
    if (token === '}') blocks.pop()
    else if (token === ';') current = undefined
    else if (token === '{') {
      blocks.push(current ?? '')
      current = undefined
    } else if (current === undefined) {
      current = token
      const block = blocks.at(-1)
      if ((block !== 'map' && block !== 'geo') || special.includes(token)) names.push(token)
    }
  }
  return names
}
