import { lookup } from 'node:dns/promises'
import { BlockList } from 'node:net'
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls'
import type { PublicAnswer } from '../certificates/public.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

const waitMilliseconds = 15_000

/** Asks a name for its certificate as a browser does; what is wrong with it is told, not thrown. A name that leads to this machine itself counts as none. */
export async function askPublicName(domain: string, port: number): Promise<PublicAnswer> {
  const addresses = await lookup(domain, { all: true }).catch((error: NodeJS.ErrnoException) => error)
  if (addresses instanceof Error)
    return addresses.code === 'ENOTFOUND' ? { domain, kind: 'nowhere' } : { domain, kind: 'silent', reason: addresses.message }
  if (addresses.every(({ address, family }) => loopback.check(address, family === 6 ? 'ipv6' : 'ipv4'))) return { domain, kind: 'nowhere' }
  return new Promise((resolve) => {
    // A certificate for another name is found by its names.
    const options = { host: domain, port, servername: domain, rejectUnauthorized: false, checkServerIdentity: () => undefined }
    const socket = connect(options, () => {
      resolve({ domain, kind: 'certificate', chain: chainOf(socket), distrust: distrustOf(socket) })
      socket.destroy()
    })
    const silent = (reason: string) => {
      resolve({ domain, kind: 'silent', reason })
      socket.destroy()
    }
    socket.on('error', (error: NodeJS.ErrnoException) => silent(error.code ?? error.message))
    // An idle limit would let a server that drips hold on.
    const timer = setTimeout(() => silent(`no answer within ${waitMilliseconds / 1000} seconds`), waitMilliseconds)
    socket.on('close', () => clearTimeout(timer))
  })
}

function distrustOf(socket: TLSSocket): string | undefined {
  return socket.authorized ? undefined : String(socket.authorizationError)
}

function chainOf(socket: TLSSocket): string {
  const pems: string[] = []
  const seen = new Set<string>()
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  // The root's issuer is itself.
  while (next?.raw !== undefined && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256)
    pems.push(`-----BEGIN CERTIFICATE-----\n${next.raw.toString('base64')}\n-----END CERTIFICATE-----\n`)
    next = next.issuerCertificate
  }
  return pems.join('')
}
