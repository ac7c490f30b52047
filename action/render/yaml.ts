import { Scalar, stringify } from 'yaml'

/** A string that is always written in double quotes, so that no YAML version reads it as anything else. */
export function quoted(text: string): Scalar {
  const scalar = new Scalar(text)
  scalar.type = Scalar.QUOTE_DOUBLE
  return scalar
}

/** Writes YAML that readers of YAML 1.1 (Compose among them) and 1.2 understand alike. Keys keep their order; lines are not folded. */
export function toYaml(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
}
