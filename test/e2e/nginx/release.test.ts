import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { bundleOf } from '../../unit/deploy/support.ts'
import { run } from '../support/run.ts'

const services = `POSTGRES_PASSWORD=x1
HASURA_GRAPHQL_ADMIN_SECRET=y1
JWT_SECRET=z1
CS_1=api:gin:3001:api
CS_1_RATE_LIMIT=100
CS_2=my_rpc:grpc:50051
CS_3=live:socketio-ts:3001
CS_4=files:gin:80
CS_4_VOLUMES=uploads:/data
CS_5=jobs:python
CS_6=front:gin:8080
`

// The tree lies as the agent lays it, behind a link, read by an nginx that no service answers.
it.each(
  ['1.22', '1.30-alpine'].flatMap((version) => ['none', 'custom', 'letsencrypt', 'local'].map((mode) => [version, mode] as const)),
)("nginx %s takes a release's files, SSL_MODE=%s", async (version, mode) => {
  const folder = mkdtempSync(join(tmpdir(), 'nself-tree-'))
  try {
    const { files } = bundleOf(`${services}NGINX_VERSION=${version}\nSSL_MODE=${mode}\n`)
    for (const [path, text] of files) {
      const file = join(folder, path.replace(/^edge\//, 'conf-1/'))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    const mount = ['--volume', `${folder}:/etc/nginx/nself:ro`]
    const output = await run('docker', [
      'run',
      '--rm',
      ...mount,
      `nginx:${version}`,
      'sh',
      '-c',
      'nginx -t -c /etc/nginx/nself/conf-1/nginx.conf 2>&1',
    ])
    expect(output).toContain('test is successful')
    expect(output).not.toMatch(/\[(warn|emerg|alert)\]/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
