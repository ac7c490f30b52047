/** What of a build is going on right now, read from BuildKit's plain progress. */
export interface LiveView {
  /** Takes a line; false when it is none of BuildKit's, and to be shown as it is. */
  readonly take: (line: string, now: number) => boolean
  /** At most `height` lines of at most `width` characters: the steps under way, the oldest first. */
  readonly rows: (now: number, size: { readonly width: number; readonly height: number }) => string[]
}

/** Starts with nothing under way. Times are milliseconds. */
export function createLiveView(): LiveView {
  const open = new Map<string, { readonly title: string; readonly since: number }>()

  function take(line: string, now: number): boolean {
    const [, step, rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
    if (step === undefined) return line === ''
    // The first line of a bake: what an earlier one left open is over.
    if (rest.startsWith('[internal] load local bake definitions')) open.clear()
    if (/^(DONE|CACHED|ERROR|CANCELED)\b/.test(rest)) open.delete(step)
    else if (/^\[(?!.*\binternal\])/.test(rest) && !open.has(step)) open.set(step, { title: rest.replace(/\p{Cc}/gu, ' '), since: now })
    return true
  }

  function rows(now: number, { width, height }: { readonly width: number; readonly height: number }): string[] {
    const all = [...open.values()].map(({ title, since }) => {
      const time = ` ${Math.round((now - since) / 1000)} s`
      return `${title.slice(0, width - time.length)}${time}`
    })
    if (all.length <= height) return all
    return [...all.slice(0, height - 1), `and ${all.length - height + 1} more`.slice(0, width)]
  }

  return { take, rows }
}
