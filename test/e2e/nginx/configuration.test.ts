import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { inLanes } from '../support/lanes.ts'
import { generate, writeProjectFile } from '../support/project.ts'
import { run } from '../support/run.ts'
import { type Case, cases } from './cases.ts'
import { testConfigurations, type Verdict } from './nginx-test.ts'

describe.each(['1.30-alpine', '1.22'])('on nginx %s', (version) => {
  let root: string
  const wrappers = new Map<Case, string>()
  let verdicts: Map<string, Verdict>

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'e2e-nginx-'))
    await inLanes(2, cases, async (each) => {
      const folder = join(root, folderOf(each))
      writeProjectFile(folder, '.env', each.env)
      wrappers.set(each, await generate(folder, ['--environment', each.environment, '--env', `NGINX_VERSION=${version}`]))
    })
    verdicts = await testConfigurations(`nginx:${version}`, root, cases.map(nginxFolderOf))
    return () => rmSync(root, { recursive: true })
  })

  it.each(cases)('nginx accepts, without a warning: $name', (each) => {
    const verdict = verdicts.get(nginxFolderOf(each))
    expect(verdict).toEqual({ exitCode: 0, log: expect.stringContaining('test is successful') })
    expect(verdict?.log).not.toContain('[warn]')
  })

  it.concurrent.each(cases)('compose accepts: $name', async (each) => {
    const folder = join(root, folderOf(each))
    await run(join(folder, wrappers.get(each) as string), ['config', '--quiet'], folder)
  })
})

function folderOf({ name }: Case): string {
  return name.replaceAll(/[^\w.-]+/g, '-')
}

function nginxFolderOf(each: Case): string {
  return `${folderOf(each)}/${each.environment === 'development' ? '' : `deploy/${each.environment}/`}nginx`
}
