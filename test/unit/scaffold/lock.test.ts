import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLock, type Lock, parseLock } from '../../../action/scaffold/lock.ts'

const file = { class: 'merge', mode: '644', state: 'tracked', base: `sha256:${'a'.repeat(64)}` } as const
const lock = (path: string): Lock => ({
  services: {
    api: {
      slot: 1,
      template: 'gin',
      version: '1.0.0',
      inputs: { name: 'api', port: 3001, project: 'p' },
      orphaned: false,
      files: { [path]: file },
    },
  },
})

describe('the lock', () => {
  it('is read as it was written, sorted, one line per file', () => {
    const text = formatLock({
      services: { b: { ...lock('x').services.api, files: { z: file, a: file } }, a: lock('x').services.api } as Lock['services'],
    })
    expect(text.match(/"sha256/g)).toHaveLength(3)
    expect(text.split('\n').filter((line) => line.includes('sha256'))).toHaveLength(3)
    expect(text.indexOf('"a":')).toBeLessThan(text.indexOf('"b":'))
    expect(formatLock(parseLock(text).lock as Lock)).toBe(text)
  })

  it.each([
    '../x',
    '/etc/passwd',
    'a/../../b',
    'a//b',
    './a',
    'a/',
    '',
    '.git/config',
    'a/.git/hooks/x',
    'a\\b',
    '..',
  ])('refuses the path %j', (path) => {
    expect(parseLock(formatLock(lock(path))).diagnostics.map(({ code }) => code)).toEqual(['NB507'])
  })

  it.each(['a', 'a/b', '.dockerignore', '.github/x', '...', 'a b/ü.txt', '.gitignore'])('accepts the path %j', (path) => {
    expect(parseLock(formatLock(lock(path))).lock).toEqual(lock(path))
  })

  it.each([
    ['', 'not JSON'],
    ['<<<<<<< ours', 'conflict markers'],
    ['[]', 'not an object'],
    ['{"lockVersion":2,"services":{}}', 'another version'],
    ['{"lockVersion":1,"services":{"../x":{}}}', 'a name that is a path'],
    ['{"lockVersion":1,"services":{"api":{"slot":"1"}}}', 'a wrong type'],
    [formatLock(lock('a')).replace('"merge"', '"tool"'), 'an unknown class'],
    [formatLock(lock('a')).replace('sha256:a', 'md5:a'), 'another hash'],
  ])('refuses %j (%s) with one finding', (text) => expect(parseLock(text).diagnostics.map(({ code }) => code)).toEqual(['NB507']))

  it.each([
    [2, 'newer nself-build'],
    [0, 'lockVersion is not 1'],
    ['1', 'lockVersion is not 1'],
  ])('of version %j: %s', (lockVersion, reason) =>
    expect(parseLock(JSON.stringify({ lockVersion, services: {} })).diagnostics[0]?.message).toContain(reason))

  it('never throws, whatever the file holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseLock(text)))
  })
})
