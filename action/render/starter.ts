/** A workflow that a repository gets. */
export interface Starter {
  readonly file: string
  readonly text: string
}

/** Where a starter is to work. */
export interface Place {
  /** The project's folder in its repository (`apps/shop`), '' for the whole of it. */
  readonly folder: string
  /** The branch that its work ends up on. */
  readonly branch: string
}

/**
 * A starter for a project. In a folder it has a name of its own, since several projects share `.github/workflows`, and `working-directory` for
 * every workflow that it calls.
 */
export function starterIn({ folder, branch }: Place, starter: Starter): Starter {
  const text = starter.text.replaceAll('push to main', `push to ${branch}`).replace(/(?<=^ {4}branches: \[)main\b/m, scalar(branch))
  return folder === '' ? { ...starter, text } : inFolder(folder, { ...starter, text })
}

function inFolder(folder: string, { file, text }: Starter): Starter {
  const slug = folder.replace(/[^A-Za-z0-9_]+/g, '-').replace(/^-|-$/g, '')
  return {
    file: `${slug}-${file}`,
    text: text
      .replace(/^name: (.*)$/m, (_, name: string) => `name: ${scalar(`${name} (${folder})`)}`)
      .replace(calls, (_, uses: string, others: string, inputs = '') => {
        const own = `    with:\n      working-directory: ${scalar(folder)}\n`
        return inputs === '' ? `${uses}${own}${others}` : `${uses}${others}${own}`
      }),
  }
}

// A call, what its job says before its inputs, and their first line, if it has any.
const calls = /^( {4}uses: .*\n)((?:(?! {4}with:) {4}.*\n)*)( {4}with:\n)?/gm

// Letters that YAML reads as they are, wherever they stand; all else as JSON, which is YAML.
const scalar = (text: string): string => (/^[A-Za-z][\w ./()-]*$/.test(text) ? text : JSON.stringify(text))
