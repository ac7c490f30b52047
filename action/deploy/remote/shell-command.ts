/**
 * A command line for a POSIX shell in which every word is just that word, whatever it holds. The only place where text for a remote shell
 * is made.
 */
export function shellCommand(words: readonly string[]): string {
  for (const word of words) if (word.includes('\0')) throw new Error('a NUL byte cannot be an argument')
  return words.map(quoteWord).join(' ')
}

function quoteWord(word: string): string {
  return /^[A-Za-z0-9_/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
