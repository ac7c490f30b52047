/** Where things lie, seen from the compose file. */
export interface Layout {
  /** The folder of the compose file, from the project's root: '' or `deploy/<environment>/`. */
  readonly directory: string
  /** Turns a path from the project's root into one from the compose file. */
  readonly fromRoot: (path: string) => string
}

/** Development lives at the project's root, every other environment in `deploy/<environment>/`. */
export function layoutOf(environment: { readonly name: string; readonly kind: string }): Layout {
  if (environment.kind === 'development') return { directory: '', fromRoot: (path) => (path === '.' ? '.' : `./${path}`) }
  return { directory: `deploy/${environment.name}/`, fromRoot: (path) => (path === '.' ? '../..' : `../../${path}`) }
}
