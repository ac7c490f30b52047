import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { generate, writeProjectFile } from '../support/project.ts'
import { cases } from './cases.ts'
import { testConfigurations } from './nginx-test.ts'

// The least that an nginx.conf of someone else may hold.
const foreignConfiguration = `
events {}
http {
    include /etc/nginx/sites/*.conf;
}
`

describe('the sites of `core: external`, inside an nginx.conf that only includes them,', () => {
  // Only that nginx.conf could enlarge the hash tables, which hold names of up to 46 characters by default.
  const development = cases.filter(({ environment, name }) => environment === 'development' && !name.includes('longest'))
  let root: string

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'e2e-external-'))
    mkdirSync(join(root, 'foreign'))
    writeProjectFile(root, 'foreign/nginx.conf', foreignConfiguration)
    for (const [index, { env }] of development.entries()) {
      writeProjectFile(root, `${index}/.env`, env)
      await generate(join(root, String(index)), ['--core', 'external'])
    }
    return () => rmSync(root, { recursive: true })
  })

  it.each(['1.30-alpine', '1.22'])('pass on nginx %s', async (version) => {
    const folders = development.map((_, index) => `${index}/nginx`)
    const verdicts = await testConfigurations(`nginx:${version}`, root, folders, join(root, 'foreign'))
    const failures = folders.flatMap((folder, index) => {
      const verdict = verdicts.get(folder)
      return verdict?.exitCode === 0 ? [] : [`${development[index]?.name}: ${verdict?.log}`]
    })
    expect(failures).toEqual([])
  })

  it('are all that is written for nginx', () => {
    for (const index of development.keys()) {
      expect(readdirSync(join(root, String(index), 'nginx'))).toEqual(['sites'])
      for (const file of readdirSync(join(root, String(index), 'nginx/sites'))) expect(file).toMatch(/^cs-/)
    }
  })
})
