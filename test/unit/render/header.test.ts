import { describe, expect, it } from 'vitest'
import { type CommentStyle, provenanceOf, withHeader } from '../../../action/render/header.ts'

const styles: CommentStyle[] = ['#', '--', '<!--']

describe('the header of a generated file', () => {
  it.each(styles)('with %s comments tells our file from an edited and a foreign one', (style) => {
    const text = withHeader('one\ntwo\n', style, 'do this.')
    expect(provenanceOf(text)).toBe('intact')
    expect(provenanceOf(text.replaceAll('\n', '\r\n'))).toBe('intact')
    expect(provenanceOf(text.replace('two', 'three'))).toBe('edited')
    expect(provenanceOf(`${text}more\n`)).toBe('edited')
    expect(provenanceOf(text.replace(/checksum.*/, 'checksum: gone'))).toBe('edited')
    expect(provenanceOf('one\ntwo\n')).toBe('foreign')
  })

  it('comes after a shebang line, and covers it', () => {
    const text = withHeader('#!/bin/sh\nexit 0\n', '#', 'do this.')
    expect(text.startsWith('#!/bin/sh\n# Generated')).toBe(true)
    expect(provenanceOf(text)).toBe('intact')
    expect(provenanceOf(text.replace('/bin/sh', '/bin/bash'))).toBe('edited')
  })

  it('takes a file that only quotes ours further down for foreign', () => {
    expect(provenanceOf(`\n\n\n\n\n${withHeader('x\n', '#', 'y')}`)).toBe('foreign')
  })
})
