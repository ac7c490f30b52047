/** A file to be: its path from the project's root with `/`, its text, and whether it is executable. */
export interface RenderedFile {
  readonly path: string
  readonly content: string
  readonly executable: boolean
}
