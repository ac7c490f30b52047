import { createHash } from 'node:crypto'
import { truncateSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readBuildContext } from '../../../action/adapters/build-context.ts'
import { temporaryProject } from '../../support/project.ts'

it('a file that is read in parts has the hash of the whole', () => {
  using place = temporaryProject({ Dockerfile: 'FROM scratch\n', model: '' })
  const size = 64 * 1024 ** 2 + 1
  truncateSync(place.path('model'), size)
  const { entries } = readBuildContext(place.root, 'Dockerfile')
  const expected = createHash('sha256').update(Buffer.alloc(size)).digest('hex')
  expect(entries.find(({ path }) => path === 'model')?.content).toBe(expected)
})
