/** Writes a value for an env file in double quotes, as Compose reads them: backslash, quote and dollar are escaped. */
export function quoted(value: string): string {
  return `"${value.replaceAll(/[\\"$]/g, '\\$&')}"`
}

/** The text of an env file. */
export function envFile(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}
