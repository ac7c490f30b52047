import { defineConfig } from 'vitest/config'

// What needs no Docker Engine. The end-to-end suite has a configuration of its own.
export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/properties/**/*.test.ts', 'test/integration/**/*.test.ts'],
    testTimeout: 180_000,
    // GitHub's language service imports JSON as only a bundler allows.
    server: { deps: { inline: [/@actions\/(languageservice|workflow-parser|expressions)/] } },
    // A committed snapshot that is missing is a mistake, never something to write in passing.
    update: process.argv.includes('-u') || process.argv.includes('--update') ? 'all' : 'none',
  },
})
