import { X509Certificate } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { compose } from '../support/project.ts'
import { run } from '../support/run.ts'
import { misledName, names, setAddress } from './setup.ts'
import { refusedName, startFutureAuthority } from './support/authority.ts'
import { containerId, inside } from './support/container.ts'
import { eventually } from './support/eventually.ts'
import { certificateOf, get, load } from './support/tls.ts'

const { project, ports, address, root } = inject('edge')
const all = Object.values(names)
const folderOf = (name: string) => name.replaceAll('.', '-')
const certificate = (name: string) => certificateOf(ports.https, name, root)
const serial = async (name: string) => (await certificate(name)).serialNumber
const key = async (name: string) => (await certificate(name)).pubkey?.toString('hex')
const renewal = (...words: string[]) => inside(project, 'acme', 'sh', '/acme/renew.sh', ...words)
const logs = async () => run('docker', ['logs', await containerId(project, 'acme')])
const published = async (name: string) =>
  new X509Certificate(await inside(project, 'acme', 'cat', `/certificates/certificates/${folderOf(name)}/fullchain.pem`)).serialNumber

/** Waits for another certificate than `before`, and until each of nginx's workers, which look after a minute, shows it. */
async function replaced(name: string, before: string): Promise<void> {
  const after = await eventually(60, async () => {
    const found = await published(name)
    expect(found).not.toBe(before)
    return found
  })
  await eventually(90, async () => {
    const shown = await Promise.all(Array.from({ length: 12 }, () => serial(name)))
    expect(new Set(shown)).toEqual(new Set([after]))
  })
}

describe('the first certificates', () => {
  beforeAll(async () => {
    await eventually(120, async () => Promise.all(all.map(certificate)))
  })

  it.each(all)('%s has one of the authority for exactly this name', async (name) => {
    const { subjectaltname, valid_to } = await certificate(name)
    expect(subjectaltname).toBe(`DNS:${name}`)
    expect(Date.parse(valid_to)).toBeGreaterThan(Date.now() + 80 * 86_400_000)
    expect((await get(ports.https, name, root)).status).toBe(200)
  })

  it.each([refusedName, misledName])('%s, which the authority refuses, has none, and no other name’s', async (name) => {
    await expect(certificate(name)).rejects.toThrow(/handshake|ECONNRESET|alert/i)
  })

  it('come without a restart of nginx, and a failed one is left alone for a minute', async () => {
    const nginx = await run('docker', ['inspect', '--format', '{{.RestartCount}}', await containerId(project, 'nginx')])
    expect(nginx.trim()).toBe('0')
    const text = await eventually(60, async () => {
      const found = await logs()
      expect(found).toMatch(
        new RegExp(`"certificate":"${folderOf(refusedName)}","message":"attempt 1 failed, the next one is in 60 seconds`),
      )
      return found
    })
    // However long ago that was: the second attempt came a minute after the first.
    const times = text
      .split('\n')
      .filter((line) => line.includes(`"certificate":"${folderOf(refusedName)}"`) && /attempt [12] failed/.test(line))
      .map((line) => Date.parse(/"time":"([^"]+)"/.exec(line)?.[1] ?? ''))
    const [first = 0, second = Number.POSITIVE_INFINITY] = times
    expect(second - first).toBeGreaterThanOrEqual(60_000)
  })

  it('keep keys from everyone but nginx', async () => {
    const listing = await inside(
      project,
      'nginx',
      'find',
      '/etc/nginx/acme/certificates',
      '-name',
      'privkey.pem',
      '-exec',
      'stat',
      '-c',
      '%a %u %g',
      '{}',
      ';',
    )
    expect(new Set(listing.trim().split('\n'))).toEqual(new Set(['640 0 101']))
    await expect(inside(project, 'nginx', 'ls', '/etc/nginx/acme/accounts')).rejects.toThrow()
  })
})

describe('when something goes wrong', () => {
  it('a name whose DNS record is corrected gets its certificate', async () => {
    await setAddress(ports.dns, misledName, address)
    await renewal('retry')
    await eventually(90, () => certificate(misledName))
  })

  it.each<{ what: string; name: string; reason: RegExp; replace: () => Promise<AsyncDisposable> }>([
    {
      what: 'an authority that cannot be reached',
      name: names.web,
      reason: /no such host|server misbehaving|connection refused|timeout/,
      replace: async () => ({ [Symbol.asyncDispose]: async () => {} }),
    },
    // What a machine sees whose clock is behind, without turning back the clock of the machine that runs this.
    { what: 'a clock that is behind', name: names.files, reason: /not yet valid/, replace: () => startFutureAuthority(project) },
  ])('$what takes no working site down, and is asked again later', async ({ name, reason, replace }) => {
    const before = await serial(name)
    const id = await containerId(project, 'pebble')
    const said = (message: string) => expect(logs()).resolves.toMatch(new RegExp(`"certificate":"${folderOf(name)}","message":"${message}`))
    await run('docker', ['network', 'disconnect', `${project.name}_network`, id])
    try {
      await using _stranger = await replace()
      await renewal('renew', folderOf(name))
      // The client itself asks for two minutes before it gives up.
      await eventually(240, () => said('attempt 1 failed'))
      expect(await logs()).toMatch(reason)
      for (const each of all) expect((await get(ports.https, each, root)).status).toBe(200)
      expect(await serial(name)).toBe(before)
    } finally {
      await run('docker', ['network', 'connect', '--alias', 'pebble', `${project.name}_network`, id])
    }
    await eventually(150, () => said('works again'))
    await replaced(name, before)
  })

  it('a revoked certificate is replaced, as the authority’s renewal information says', async () => {
    const before = await serial(names.shop)
    await inside(project, 'acme', '/lego', 'certificates', 'revoke', '--keep', '--cert.name', folderOf(names.shop))
    await renewal('retry')
    await replaced(names.shop, before)
  })

  it('a lost state volume costs nothing: another account, the same keys', async () => {
    const [before, keyBefore] = [await serial(names.api), await key(names.api)]
    await compose(project, 'rm', '--stop', '--force', 'acme')
    await run('docker', ['volume', 'rm', `${project.name}_acme_state`])
    await compose(project, 'up', '--detach', '--no-deps', 'acme')
    expect((await get(ports.https, names.api, root)).status).toBe(200)
    await replaced(names.api, before)
    expect(await key(names.api)).toBe(keyBefore)
  })

  it('published files that were lost come back', async () => {
    await inside(project, 'acme', 'rm', '-r', `/certificates/certificates/${folderOf(names.blog)}`)
    await eventually(60, () => inside(project, 'nginx', 'test', '-s', `/etc/nginx/acme/certificates/${folderOf(names.blog)}/fullchain.pem`))
  })
})

describe('a renewal', () => {
  it.each([
    { wish: 'renew', sameKey: true },
    { wish: 'rotate', sameKey: false },
  ])('by `$wish` under load fails no request (same key: $sameKey)', async ({ wish, sameKey }) => {
    await eventually(60, () => certificate(names.api))
    const [before, keyBefore] = [await serial(names.api), await key(names.api)]
    const stop = load(ports.https, [names.api, names.web], root, 6)
    await sleep(2000)
    await renewal(wish, folderOf(names.api))
    await replaced(names.api, before)
    await sleep(3000)
    const { done, failures } = await stop()
    expect(failures).toEqual([])
    expect(done).toBeGreaterThan(100)
    expect((await key(names.api)) === keyBefore).toBe(sameKey)
  })
})
