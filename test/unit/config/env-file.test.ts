import { describe, expect, it } from 'vitest'
import { parseEnvFile, positionAt } from '../../../action/config/env-file.ts'
import { show } from '../../support/project.ts'

const parse = (text: string) => parseEnvFile('.env', text)
const valuesOf = (text: string) => Object.fromEntries(parse(text).env.entries.map(({ key, value }) => [key, value]))

describe('values', () => {
  it.each([
    { name: 'a plain value', text: 'A=1', values: { A: '1' } },
    { name: 'an empty value', text: 'A=', values: { A: '' } },
    { name: 'export before the key', text: 'export A=1', values: { A: '1' } },
    { name: 'white space around the equals sign and the line', text: '  A = 1  ', values: { A: '1' } },
    { name: 'empty lines and comment lines', text: '\n# note\n   # note\nA=1\n\n', values: { A: '1' } },
    { name: 'CRLF line ends', text: 'A=1\r\nB=2\r\n', values: { A: '1', B: '2' } },
    { name: 'a byte order mark', text: '\uFEFFA=1', values: { A: '1' } },
    { name: 'a comment after a value', text: 'A=1 # note', values: { A: '1' } },
    { name: 'a comment in the place of a value', text: 'A= # note', values: { A: '' } },
    { name: 'a # without white space before it is part of the value', text: 'A=a#b\nB=#c', values: { A: 'a#b', B: '#c' } },
    { name: 'an equals sign in the value', text: 'A=b=c==', values: { A: 'b=c==' } },
    { name: 'a quote inside an unquoted value', text: `A=it's`, values: { A: `it's` } },
    { name: 'double quotes keep white space and #', text: 'A=" b # c "', values: { A: ' b # c ' } },
    { name: 'single quotes keep white space and #', text: "A=' b # c '", values: { A: ' b # c ' } },
    { name: 'a comment after a closing quote', text: 'A="b" # note\nB=\'c\'#d', values: { A: 'b', B: 'c' } },
    { name: 'double quotes expand \\n and \\r', text: 'A="b\\nc\\rd"', values: { A: 'b\nc\rd' } },
    { name: 'double quotes expand \\"', text: 'A="say \\"hi\\""', values: { A: 'say "hi"' } },
    { name: 'single quotes expand nothing', text: "A='b\\nc'", values: { A: 'b\\nc' } },
    { name: 'one kind of quotes inside the other', text: `A="it's"\nB='say "hi"'`, values: { A: `it's`, B: 'say "hi"' } },
    { name: 'a double-quoted value over several lines', text: 'A="b\nc"\nD=e', values: { A: 'b\nc', D: 'e' } },
    { name: 'a single-quoted value over several lines', text: "A='b\n\nc'\nD=e", values: { A: 'b\n\nc', D: 'e' } },
    { name: 'CRLF inside quotes becomes LF', text: 'A="b\r\nc"\r\nD=\'e\r\nf\'', values: { A: 'b\nc', D: 'e\nf' } },
    { name: 'what looks like a line inside quotes is not one', text: 'A="b\nC=d"\nE=f', values: { A: 'b\nC=d', E: 'f' } },
    { name: 'nothing is expanded or executed', text: 'A=$(id)`id`${B}$C', values: { A: '$(id)`id`${B}$C' } },
    { name: 'unicode', text: 'GRÜSSE=x\nA=grüße 🚀', values: { A: 'grüße 🚀' } },
    { name: 'the last line wins', text: 'A=1\nA=2', values: { A: '2' } },
    { name: 'a tab may be part of a value', text: 'A="b\tc"', values: { A: 'b\tc' } },
  ])('$name', ({ text, values }) => {
    expect(valuesOf(text)).toEqual(values)
  })
})

describe('mistakes, each at its character', () => {
  it.each([
    { name: 'a line without an equals sign', text: 'A=1\n  nonsense', findings: ['NB101 .env:2:3'] },
    { name: 'a key that starts with a digit', text: '1A=x', findings: ['NB101 .env:1:1'] },
    { name: 'a key with a hyphen', text: 'MY-KEY=x', findings: ['NB101 .env:1:1'] },
    { name: 'a double quote that is never closed', text: 'A=1\nB = "x\nC=2', findings: ['NB102 .env:2:5'] },
    { name: 'a single quote that is never closed', text: "A='x", findings: ['NB102 .env:1:3'] },
    { name: 'text after a closing quote', text: 'A="b" c', findings: ['NB103 .env:1:7'] },
    { name: 'text after a closing quote, lines further down', text: 'A="b\nc" d', findings: ['NB103 .env:2:4'] },
    { name: 'a control character', text: 'A=b\u0007c', findings: ['NB104 .env:1:4'] },
    { name: 'a control character of the C1 range', text: 'A=b\u0085c', findings: ['NB104 .env:1:4'] },
    { name: 'a control character on the second line of a value', text: 'A="b\nc\u001bd"', findings: ['NB104 .env:2:2'] },
    { name: 'a control character behind an escape', text: 'A="b\\nc\u001bd"', findings: ['NB104 .env:1:8'] },
    { name: 'a variable that is set twice', text: 'A=1\nB=2\nexport A=3', findings: ['NB108 .env:3:8'] },
    {
      name: 'all of them at once',
      text: 'x\nA="b" c\ny\nB=\u0001',
      findings: ['NB101 .env:1:1', 'NB103 .env:2:7', 'NB101 .env:3:1', 'NB104 .env:4:3'],
    },
  ])('$name', ({ text, findings }) => {
    expect(show(parse(text).diagnostics)).toEqual(findings)
  })

  it('many warnings hide no error', () => {
    expect(show(parse(`${'A=1\n'.repeat(3000)}B=\u0007`).diagnostics)).toContain('NB104 .env:3001:3')
  })

  it.each([
    { name: 'a YAML line', text: 'PORT: 3000', fix: 'Write PORT=… with an equals sign.' },
    { name: 'an exported name', text: 'export PORT', fix: 'Write PORT=value.' },
    { name: 'anything else', text: '???', fix: 'Write KEY=value, or start the line with #.' },
  ])('the fix fits $name', ({ text, fix }) => {
    expect(parse(text).diagnostics[0]?.fix).toBe(fix)
  })

  it('a line that cannot be read is not shown: it may be the rest of a secret', () => {
    expect(JSON.stringify(parse('hunter2hunter2').diagnostics)).not.toContain('hunter2')
  })
})

describe('positions', () => {
  it.each([
    { name: 'an unquoted value', text: 'A=bcd', offset: 1, at: [1, 4] },
    { name: 'a value behind white space', text: 'export A = bcd', offset: 1, at: [1, 13] },
    { name: 'a value behind white space that only Unicode knows', text: 'A=\u00a0bcd', offset: 1, at: [1, 5] },
    { name: 'a quoted value: the quote does not count', text: 'A="bcd"', offset: 1, at: [1, 5] },
    { name: 'a byte order mark does not count', text: '\uFEFFA=bcd', offset: 1, at: [1, 4] },
    { name: 'a later line of a value', text: 'A="b\ncd"', offset: 3, at: [2, 2] },
    { name: 'a later line of a value with CRLF', text: 'A="b\r\ncd"', offset: 3, at: [2, 2] },
    { name: 'a character behind \\n stays on its line', text: 'A="b\\ncd"', offset: 2, at: [1, 7] },
    { name: 'a character behind \\"', text: 'A="b\\"cd"', offset: 2, at: [1, 7] },
    { name: 'the lines after a long value are counted on', text: 'X="1\n2\n3"\nA=bcd', offset: 0, at: [4, 3] },
    { name: 'columns count UTF-16 units, as editors do', text: 'A=🚀b', offset: 2, at: [1, 5] },
  ])('$name', ({ text, offset, at }) => {
    const entry = parse(text).env.entries.find(({ key }) => key === 'A')
    expect(entry && positionAt(entry, offset)).toEqual({ file: '.env', line: at[0], column: at[1] })
  })
})
