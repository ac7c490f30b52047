/** The spellings of a service name that templates need. */
export interface Identifiers {
  readonly name: string
  readonly host: string
  readonly snake: string
  readonly pascal: string
}

/** Derives legal identifiers: `3d-render` → `_3d_render` and `_3dRender`; `new-class` → `new_class` and `NewClass`. */
export function identifiersOf(name: string): Identifiers {
  const words = name.split(/[-_]/)
  const guard = /^\d/.test(name) ? '_' : ''
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  return { name, host: name.replaceAll('_', '-'), snake: guard + words.join('_'), pascal: guard + words.map(capital).join('') }
}
