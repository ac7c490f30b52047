import { describe, expect, it } from 'vitest'
import { type ContextEntry, contentKey, type KeyInputs, keyParts } from '../../../action/images/content-key.ts'
import { changedInputs } from '../../../action/images/reasons.ts'

const file = (path: string, content = 'x', mode = 0o644): ContextEntry => ({ path, type: 'file', mode, content })

const inputs: KeyInputs = {
  context: [file('a'), { path: 'b', type: 'folder', mode: 0o755, content: '' }, { path: 'c', type: 'link', mode: 0, content: 'a' }],
  dockerfile: { path: 'Dockerfile', content: 'FROM a' },
  target: undefined,
  buildArgs: { A: '1', B: '2' },
  platforms: ['linux/amd64', 'linux/arm64'],
  bases: { a: 'sha256:1' },
  secretIds: ['npm'],
  attestations: { provenance: 'min' },
}
const before = keyParts(inputs)

describe('the content key', () => {
  it('fits into a tag', () => expect(contentKey(before)).toMatch(/^[0-9a-f]{40}$/))

  it.each<[string, Partial<KeyInputs>]>([
    ['files', { context: [...inputs.context].reverse() }],
    ['build arguments', { buildArgs: { B: '2', A: '1' } }],
    ['platforms', { platforms: ['linux/arm64', 'linux/amd64'] }],
  ])('does not depend on the order of %s', (_, change) => expect(contentKey(keyParts({ ...inputs, ...change }))).toBe(contentKey(before)))

  it.each<[string, Partial<KeyInputs>, string]>([
    ['content', { context: [file('a', 'y'), ...inputs.context.slice(1)] }, 'context'],
    ['mode', { context: [file('a', 'x', 0o755), ...inputs.context.slice(1)] }, 'context'],
    ['name', { context: [file('z'), ...inputs.context.slice(1)] }, 'context'],
    ['link', { context: [...inputs.context.slice(0, 2), { path: 'c', type: 'link', mode: 0, content: 'b' }] }, 'context'],
    ['a link that becomes a file of the same text', { context: [...inputs.context.slice(0, 2), file('c', 'a', 0)] }, 'context'],
    ['an empty folder', { context: inputs.context.filter(({ type }) => type !== 'folder') }, 'context'],
    ['Dockerfile', { dockerfile: { path: 'Dockerfile', content: 'FROM b' } }, 'dockerfile'],
    ['its name', { dockerfile: { path: 'Other', content: 'FROM a' } }, 'dockerfile'],
    ['target', { target: 'x' }, 'target'],
    ['build argument', { buildArgs: { A: '1', B: '3' } }, 'build arguments'],
    ['platform', { platforms: ['linux/amd64'] }, 'platforms'],
    ['base', { bases: { a: 'sha256:2' } }, 'base a moved'],
    ['another base', { bases: { b: 'sha256:1' } }, 'base a is gone, new base b'],
    ['secret id', { secretIds: [] }, 'secrets'],
    ['attestation', { attestations: { provenance: 'max' } }, 'attestations'],
  ])('depends on %s, and the reason names it', (_, change, reason) => {
    const after = keyParts({ ...inputs, ...change })
    expect(contentKey(after)).not.toBe(contentKey(before))
    expect(changedInputs(before, after)).toBe(reason)
  })
})
