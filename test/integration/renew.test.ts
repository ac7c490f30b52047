import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectOf, renderFiles } from '../support/project.ts'

const rendered = renderFiles(projectOf({ '.env.prod': 'BASE_DOMAIN=shop.org\nCS_1=api:custom' }, { environment: 'production' }))
const script = rendered.get('deploy/production/nginx/acme/renew.sh') as string

// Notes how it was called, fails for names that the file `refuse` holds, and else writes what lego would.
const client = `#!/bin/sh
printf '%s\\n' "$*" >>"$HOME/calls"
name=$3
grep -q "^$name$" "$HOME/refuse" 2>/dev/null && exit 1
mkdir -p "$LEGO_PATH/certificates"
date +%s%N >"$LEGO_PATH/certificates/$name.crt"
case $* in *--reuse-key* | *--private-key*) ;; *) date +%s%N >"$LEGO_PATH/certificates/$name.key" ;; esac
[ -f "$LEGO_PATH/certificates/$name.key" ] || cp "$9" "$LEGO_PATH/certificates/$name.key"
echo '{}' >"$LEGO_PATH/certificates/$name.json"
`

let home: string
const at = (path: string) => join(home, path)
const read = (path: string) => readFileSync(at(path), 'utf8')
const write = (path: string, text: string) => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}
const variables = () => ({
  PATH: process.env.PATH,
  HOME: home,
  ACME_LIST: at('list'),
  ACME_PUBLIC: at('public'),
  ACME_CLIENT: at('lego'),
  LEGO_PATH: at('state'),
})
const calls = () => (existsSync(at('calls')) ? read('calls').trimEnd().split('\n') : [])
const command = (...words: string[]) => spawnSync('sh', [at('renew.sh'), ...words], { encoding: 'utf8', env: variables() })
const plan = (name: string) => read(`state/schedule/${name}`).trimEnd().split('\t')
const now = () => Math.floor(Date.now() / 1000)

/** Lets the loop run one round. */
async function round(): Promise<string> {
  const loop = spawn('sh', [at('renew.sh')], { env: variables(), stdio: ['ignore', 'pipe', 'inherit'] })
  let log = ''
  loop.stdout.on('data', (chunk: Buffer) => {
    log += chunk
  })
  await sleep(700)
  loop.kill('SIGTERM')
  await new Promise((resolve) => loop.once('exit', resolve))
  return log
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'renew-'))
  write('renew.sh', script)
  write('lego', client)
  chmodSync(at('lego'), 0o755)
  write('list', '# names\na\ta.org\nb\tb.org,c.org\n')
})
afterEach(() => rmSync(home, { recursive: true }))

describe('renew.sh', () => {
  it('asks for each certificate once, publishes it for nginx’s group, and then waits', async () => {
    await round()
    await round()
    expect(calls()).toEqual([
      'run --cert.name a --domains a.org --force-cert-domains --no-random-sleep',
      'run --cert.name b --domains b.org,c.org --force-cert-domains --no-random-sleep',
    ])
    expect(read('public/certificates/a/fullchain.pem')).toBe(read('state/certificates/a.crt'))
    expect((statSync(at('public/certificates/a/privkey.pem')).mode & 0o777).toString(8)).toBe('640')
    expect(Number(plan('a')[0]) - now()).toBeGreaterThan(43_000)
  })

  it('one that is refused costs the others nothing, and waits longer each time', async () => {
    write('refuse', 'a\n')
    for (const [failures, wait] of [
      [1, 60],
      [2, 300],
      [3, 900],
      [4, 3600],
      [5, 21_600],
      [6, 21_600],
    ] as const) {
      const log = await round()
      expect(log).toContain(`attempt ${failures} failed, the next one is in ${wait} seconds`)
      const [next, count] = plan('a')
      expect(count).toBe(String(failures))
      expect(Math.abs(Number(next) - now() - wait)).toBeLessThan(5)
      write('state/schedule/a', `${now() - 1}\t${failures}\ta.org\n`)
    }
    expect(existsSync(at('public/certificates/b/fullchain.pem'))).toBe(true)
    expect(existsSync(at('public/certificates/a'))).toBe(false)
    expect(calls().filter((call) => call.includes('name b'))).toHaveLength(1)
    write('refuse', '')
    expect(await round()).toContain('works again')
  })

  it('what fails to renew stays in use', async () => {
    await round()
    const before = read('public/certificates/a/fullchain.pem')
    write('refuse', 'a\n')
    command('renew', 'a')
    await round()
    expect(read('public/certificates/a/fullchain.pem')).toBe(before)
  })

  it('other names are due at once, whatever failed before', async () => {
    write('refuse', 'a\n')
    await round()
    write('list', 'a\ta.org,d.org\n')
    write('refuse', '')
    await round()
    expect(calls().at(-1)).toContain('--domains a.org,d.org')
    expect(plan('a')[1]).toBe('0')
  })

  it('a time that a wrong clock left in the future is none', async () => {
    await round()
    write('state/schedule/a', `${now() + 400 * 86_400}\t0\ta.org\n`)
    await round()
    expect(calls().filter((call) => call.includes('name a'))).toHaveLength(2)
  })

  it('a renewal keeps the key; a rotation makes another', async () => {
    await round()
    const key = read('public/certificates/a/privkey.pem')
    expect(command('renew', 'a').status).toBe(0)
    await round()
    expect(calls().at(-1)).toMatch(/--reuse-key --renew-force$/)
    expect(read('public/certificates/a/privkey.pem')).toBe(key)
    expect(command('rotate', 'a').status).toBe(0)
    await round()
    expect(calls().at(-1)).toMatch(/--no-random-sleep --renew-force$/)
    expect(read('public/certificates/a/privkey.pem')).not.toBe(key)
    expect(existsSync(at('state/wishes/a'))).toBe(false)
  })

  it('a lost state keeps the key that is in use', async () => {
    await round()
    const key = read('public/certificates/a/privkey.pem')
    rmSync(at('state'), { recursive: true })
    await round()
    expect(calls().at(-2)).toMatch(/--private-key \S+\/public\/certificates\/a\/privkey\.pem$/)
    expect(read('public/certificates/a/privkey.pem')).toBe(key)
  })

  it('lost published files come back without the authority', async () => {
    await round()
    rmSync(at('public'), { recursive: true })
    await round()
    expect(existsSync(at('public/certificates/b/privkey.pem'))).toBe(true)
    expect(calls()).toHaveLength(2)
  })

  it('retry makes all due; an unknown name is refused', async () => {
    await round()
    command('retry')
    await round()
    expect(calls()).toHaveLength(4)
    expect(command('rotate', 'nobody')).toMatchObject({ status: 1, stderr: expect.stringContaining('There is no certificate nobody') })
    expect(command('rotate').status).not.toBe(0)
  })
})
