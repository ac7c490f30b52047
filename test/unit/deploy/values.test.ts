import { describe, expect, it } from 'vitest'
import { parseEnvFile } from '../../../action/config/env-file.ts'
import { resolveValue } from '../../../action/config/resolve-value.ts'
import { mergeEnvFiles } from '../../../action/config/variables.ts'
import { referencesIn } from '../../../action/deploy/release/references.ts'
import { secondsOf } from '../../../action/deploy/release/seconds.ts'

describe('referencesIn', () => {
  it.each([
    ['plain text', []],
    ['$$NAME and $${NAME}', []],
    ['${A}', ['A no']],
    ['$A', ['A no']],
    ['${A-}', ['A no']],
    ['${A:-x}', ['A no']],
    ['${A?message}', ['A set']],
    ['${A:?message}', ['A filled']],
    ['${A:-${B:?message}}', ['A no', 'B filled']],
    ['${A:+:}${A:-}@${B}', ['A no', 'A no', 'B no']],
    ['cost: 5$ and ${}', []],
    ['$$${A}', ['A no']],
  ])('%s', (text, expected) => {
    expect(referencesIn(text).map(({ name, required }) => `${name} ${required}`)).toEqual(expected)
  })
})

describe('resolveValue', () => {
  const outer = { FROM_OUTSIDE: 'a$b${C}', constructor: undefined }
  it.each([
    ['V=plain', 'plain'],
    ["V='$A ${B}'", '$A ${B}'],
    ['V=a${B}c\nB=x', 'axc'],
    ['V="a${B}c"\nB=x', 'axc'],
    ['V=pa$word', 'pa$word'],
    ['V=pa$word\nword=X', 'paX'],
    ['V=a$$b', 'a$b'],
    ['V="a\\$b"', 'a$b'],
    ['V=${B:-other}', 'other'],
    ['V=${B:-other}\nB=', 'other'],
    ['V=${B-other}\nB=', ''],
    ['V=${B:+other}\nB=x', 'other'],
    ['V=${FROM_OUTSIDE}', 'a$b${C}'],
    ['V=${A}${A}\nA=${B}\nB=x', 'xx'],
    ['', undefined],
    ['V=${B}', 'problem: V refers to B, which is not set'],
    ['V=${V}', 'problem: V → V refers to itself'],
    ['V=${B}\nB=${V}', 'problem: V → B → V refers to itself'],
  ])('%s', (text, expected) => {
    const variables = mergeEnvFiles([parseEnvFile('.env', text).env], outer)
    const resolved = resolveValue('V', variables)
    expect(resolved === undefined ? undefined : 'value' in resolved ? resolved.value : `problem: ${resolved.problem}`).toBe(expected)
  })

  it('takes a variable of the environment as it is', () => {
    expect(resolveValue('FROM_OUTSIDE', mergeEnvFiles([], outer))).toEqual({ value: 'a$b${C}' })
  })

  it('ends soon when variables double each other', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `V${index}=\${V${index + 1}}\${V${index + 1}}`)
    const variables = mergeEnvFiles([parseEnvFile('.env', `${lines.join('\n')}\nV60=xxxxxxxxxx`).env], {})
    expect(resolveValue('V0', variables)).toHaveProperty('problem')
  })
})

describe('secondsOf', () => {
  it.each([
    ['15s', 15],
    ['1m30s', 90],
    ['2h', 7200],
    ['500ms', 1],
    ['0s', 0],
  ])('%s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds)
  })
})
