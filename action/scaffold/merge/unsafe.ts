/** An edit by key cannot be made without guessing; the file is merged line by line instead. */
export class Unsafe extends Error {}
