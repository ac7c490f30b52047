import type { KeyParts } from './content-key.ts'

/** The label in which an image says what it was built from: JSON of its key's parts. */
export const partsLabel = 'org.nself.build.inputs'

/** The tag of the image that was built last, whatever it was built from. Only explanations rest on it. */
export const lastTag = 'src-last'

/** Labels of the image of one service (OCI image spec, annotations). Nothing here depends on the time or the commit. */
export function imageLabels(title: string, parts: KeyParts, source: string): Record<string, string> {
  return {
    'org.opencontainers.image.title': title,
    ...(source === '' ? {} : { 'org.opencontainers.image.source': source }),
    [partsLabel]: JSON.stringify(Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)))),
  }
}

/** Reads the label back. Labels of strangers are no error: they explain nothing. */
export function readPartsLabel(labels: Readonly<Record<string, string>> | undefined): KeyParts | undefined {
  try {
    const parts: unknown = JSON.parse(labels?.[partsLabel] ?? '')
    if (parts === null || typeof parts !== 'object') return undefined
    return Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return undefined
  }
}
