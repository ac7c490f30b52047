import { describe, expect, it } from 'vitest'
import { createRenderer } from '../../../action/render/liquid.ts'

const render = (template: string, scope: object = { name: 'api' }) => createRenderer({ template, other: 'other' })('template', scope)

describe('a template of a project', () => {
  it('is rendered with what it is given', () => expect(render("{{ name }} {% render 'other' %}")).toBe('api other'))

  it.each([
    ['a file of the machine', "{% include '/etc/passwd' %}"],
    ['a file beside it', "{% render '../../.env.secrets' %}"],
    ['a file as a layout', "{% layout '/etc/hostname' %}"],
    ['a constructor', '{{ name.constructor.constructor }}'],
    ['a prototype', '{{ name.__proto__ }}'],
    ['a global', '{{ process.env.PATH }}'],
    ['a variable that nobody gave', '{{ token }}'],
    ['a filter that does not exist', "{{ name | exec: 'id' }}"],
  ])('does not get at %s', (_, template) => expect(() => render(template)).toThrow())

  it.each([
    ['a loop', '{% for i in (1..2000000000) %}{{ i }}{% endfor %}'],
    ['loops in loops', '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ a }}{% endfor %}{% endfor %}'],
    ['itself', "{% render 'template' %}"],
  ])('does not keep the tool busy with %s', { timeout: 60_000 }, (_, template) => {
    const start = performance.now()
    expect(() => render(template)).toThrow()
    expect(performance.now() - start).toBeLessThan(30_000)
  })
})
