// Runs the test suites and closes with one line that counts them all. NSELF_E2E=1 adds the end-to-end suite, NSELF_E2E=all also its longest tests.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const suites = ['vitest.config.ts', ...((process.env.NSELF_E2E ?? '') !== '' ? ['vitest.e2e.config.ts'] : [])]
const folder = mkdtempSync(join(tmpdir(), 'nself-tests-'))
const total = { passed: 0, failed: 0, skipped: 0 }
let failed = false

for (const config of suites) {
  const report = join(folder, `${config}.json`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  failed ||= status !== 0
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  total.passed += numPassedTests
  total.failed += numFailedTests
  total.skipped += numPendingTests
}
rmSync(folder, { recursive: true, force: true })
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
if (failed || total.passed === 0) process.exitCode = 1
