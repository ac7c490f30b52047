import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../support/project.ts'
import { bundleOf } from './support.ts'

// A whole release as it is uploaded: what a change of the renderer does to a host shows up here.
describe('a release of example 2, for production', () => {
  const text = readFileSync(join(tool, 'examples/2-microservices/.env.dev'), 'utf8')
  const release = bundleOf({ '.env.prod': `${text}\nBASE_DOMAIN=example.com\n` }, { commit: '1234567890abcdef1234567890abcdef12345678' })

  it.each([...release.files])('%s', async (path, content) => {
    await expect(content).toMatchFileSnapshot(join(tool, 'test/golden/deploy/2-microservices', path))
  })

  it('has these files', () => {
    expect([...release.files.keys()]).toMatchInlineSnapshot(`
      [
        "compose.yml",
        "edge.yml",
        "edge/acme/certificates.tsv",
        "edge/acme/renew.sh",
        "edge/conf.d/default.conf",
        "edge/includes/acme.conf",
        "edge/includes/certificate.conf",
        "edge/includes/grpc.conf",
        "edge/includes/headers.conf",
        "edge/includes/maintenance.conf",
        "edge/includes/proxy.conf",
        "edge/includes/shared.conf",
        "edge/includes/tls.conf",
        "edge/internal/analytics.conf",
        "edge/internal/auth.conf",
        "edge/internal/gateway.conf",
        "edge/internal/ml.conf",
        "edge/internal/orders.conf",
        "edge/internal/products.conf",
        "edge/internal/users.conf",
        "edge/internal/webhooks.conf",
        "edge/nginx.conf",
        "edge/sites/cs-analytics.conf",
        "edge/sites/cs-auth.conf",
        "edge/sites/cs-gateway.conf",
        "edge/sites/cs-ml.conf",
        "edge/sites/cs-orders.conf",
        "edge/sites/cs-products.conf",
        "edge/sites/cs-users.conf",
        "edge/sites/cs-webhooks.conf",
        "edge/sites/hasura.conf",
        "edge/upstreams/analytics-blue.conf",
        "edge/upstreams/analytics-green.conf",
        "edge/upstreams/auth-blue.conf",
        "edge/upstreams/auth-green.conf",
        "edge/upstreams/gateway-blue.conf",
        "edge/upstreams/gateway-green.conf",
        "edge/upstreams/ml-blue.conf",
        "edge/upstreams/ml-green.conf",
        "edge/upstreams/orders-blue.conf",
        "edge/upstreams/orders-green.conf",
        "edge/upstreams/products-blue.conf",
        "edge/upstreams/products-green.conf",
        "edge/upstreams/users-blue.conf",
        "edge/upstreams/users-green.conf",
        "edge/upstreams/webhooks-blue.conf",
        "edge/upstreams/webhooks-green.conf",
        "files/postgres/init/10-databases.sql",
        "manifest.json",
        "release.tsv",
        "services.tsv",
      ]
    `)
  })
})
