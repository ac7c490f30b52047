import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Before any set-up starts a stack: the authority for local certificates is the tests' own, not the user's.
process.env.XDG_DATA_HOME = join(tmpdir(), 'e2e-data')

// NSELF_E2E=all: also what takes many minutes by itself. What CI runs has a shorter test of the same things.
const long = [
  'test/e2e/edge/acme.test.ts',
  'test/e2e/deploy/faults.test.ts',
  'test/e2e/deploy/phases.test.ts',
  'test/e2e/deploy/rollout.test.ts',
  'test/e2e/deploy/swarm.test.ts',
  'test/e2e/workflows/documentation.test.ts',
]
const left = process.env.NSELF_E2E === '1' ? long : []

// One container stack at a time: the machine's cores belong to it.
export default defineConfig({
  test: {
    fileParallelism: false,
    exclude: left,
    testTimeout: 120_000,
    hookTimeout: 900_000,
    globalSetup: 'test/e2e/support/bundle.ts',
    projects: [
      {
        extends: true,
        test: { name: 'nginx', include: ['test/e2e/nginx/*.test.ts'], sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: 'small stacks', include: ['test/e2e/small-stacks/*.test.ts'], sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: { name: 'images', include: ['test/e2e/images/*.test.ts'], sequence: { groupOrder: 3 } },
      },
      {
        extends: true,
        test: { name: 'workflows', include: ['test/e2e/workflows/*.test.ts'], testTimeout: 600_000, sequence: { groupOrder: 7 } },
      },
      {
        extends: true,
        test: { name: 'contract', include: ['test/e2e/contract/*.test.ts'], sequence: { groupOrder: 4 } },
      },
      {
        extends: true,
        test: {
          name: 'edge',
          include: ['test/e2e/edge/*.test.ts'],
          testTimeout: 600_000,
          globalSetup: 'test/e2e/edge/setup.ts',
          sequence: { groupOrder: 5 },
        },
      },
      {
        extends: true,
        test: {
          name: 'deploy',
          include: ['test/e2e/deploy/*.test.ts'],
          exclude: [...left, 'test/e2e/deploy/swarm.test.ts'],
          testTimeout: 300_000,
          sequence: { groupOrder: 6 },
        },
      },
      {
        extends: true,
        test: { name: 'stack', include: ['test/e2e/stack/*.test.ts'], globalSetup: 'test/e2e/stack/setup.ts', sequence: { groupOrder: 8 } },
      },
      {
        extends: true,
        // The last: an Engine that leaves a swarm forgets the names of the containers that run.
        test: { name: 'swarm', include: ['test/e2e/deploy/swarm.test.ts'], testTimeout: 300_000, sequence: { groupOrder: 9 } },
      },
    ],
  },
})
