// Node.js runs no decorators: compile them, then start. `node --watch-path` does it again on each
// change.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', import.meta.url));
// Translates each file by itself, in an instant.
const fast = ['--noCheck', '--noResolve', '--singleThreaded'];
const { status } = spawnSync(process.execPath, [tsc, '--project', 'tsconfig.build.json', ...fast], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);
await import('./dist/main.js');
