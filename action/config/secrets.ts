import type { EnvEntry } from './env-file.ts'

const secretFile = '.env.secrets'

/** True for entries of the one file that holds nothing but secrets: its values must not reach a generated file. */
export function isFromSecretSource(entry: EnvEntry): boolean {
  return entry.position.file === secretFile
}

const secretName =
  /(?:^|_)(?:SECRET|SECRETS|PASSWORD|PASSWD|PASSPHRASE|TOKEN|APIKEY|(?<!PUBLIC_|PUBLISHABLE_|CACHE_|PRIMARY_|SORT_|PARTITION_|ROUTING_)KEY|CREDENTIALS?|DSN)$/i
const wellKnownPrefix = /^(?:sk-|sk_live_|sk_test_|rk_live_|whsec_|ghp_|gho_|ghs_|github_pat_|xox[abpr]-|AKIA|AIza|glpat-|-----BEGIN )/
const harmless = /^(?:|true|false|none|null|disabled|changeme|\d+)$/i

/** True for values that cannot be secrets: flags, numbers and common placeholders. */
export function isHarmless(value: string): boolean {
  return harmless.test(value)
}

/** True for values with the prefix of a well-known kind of secret. */
export function looksSecretValue(value: string): boolean {
  return wellKnownPrefix.test(value)
}

/** True when a variable's name says that its value is a secret. */
export function looksSecret(name: string): boolean {
  return secretName.test(name)
}
