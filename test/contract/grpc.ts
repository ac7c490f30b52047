import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, credentials, Metadata, type MethodDefinition, type ServiceDefinition, type ServiceError, status } from '@grpc/grpc-js'
import { loadSync, type PackageDefinition } from '@grpc/proto-loader'
import { type Container, names, type Subject, sleep } from './subject.ts'

/** What a call came to. */
export interface Outcome {
  readonly code: status
  readonly details: string
  // biome-ignore lint/suspicious/noExplicitAny: messages are what is under test
  readonly message: any
  readonly requestId: string
}

export interface CallOptions {
  readonly metadata?: Record<string, string>
  /** Goes out in the place of the encoded message. */
  readonly bytes?: Buffer
}

// biome-ignore lint/suspicious/noExplicitAny: any message of any service
type Method = MethodDefinition<any, any>

const milliseconds = 10_000

/** The standard services. */
const standard = load(fileURLToPath(new URL('./proto', import.meta.url)))

/** Calls a method of the scaffold's own proto files, or of the standard ones, such as `items.v1.Items/ListItems`. */
export async function rpc(
  subject: Subject,
  container: Container,
  name: string,
  request: object = {},
  options: CallOptions = {},
): Promise<Outcome> {
  const client = connectTo(container)
  try {
    return await callOnce(client, methodOf(subject, name), request, options)
  } finally {
    client.close()
  }
}

/** The first answer of a method that streams both ways, to one message. */
export async function firstAnswer<T>(subject: Subject, container: Container, name: string, request: object): Promise<T> {
  const client = connectTo(container)
  const { path, requestSerialize, responseDeserialize } = methodOf(subject, name)
  const stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, { deadline: Date.now() + milliseconds })
  try {
    return await new Promise<T>((resolve, reject) => {
      stream.once('data', resolve).on('error', reject)
      stream.write(request)
    })
  } finally {
    stream.end()
    client.close()
  }
}

/** Waits until a service, or the server when none is named, is SERVING; returns the milliseconds since `start`. */
export async function waitForServing(
  subject: Subject,
  container: Container,
  seconds: number,
  { service = '', start = Date.now() }: { service?: string; start?: number } = {},
): Promise<number> {
  for (;;) {
    const { code, message } = await rpc(subject, container, 'grpc.health.v1.Health/Check', { service })
    if (message?.status === 'SERVING') return Date.now() - start
    if (Date.now() - start > seconds * 1000)
      throw new Error(`${service || 'the server'} was not SERVING within ${seconds} s (last: ${message?.status ?? status[code]})`)
    await sleep(50)
  }
}

/** The frame that carries a message inside of HTTP/2. */
export function frameOf(subject: Subject, name: string, request: object): Buffer {
  const message = methodOf(subject, name).requestSerialize(request)
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}

function connectTo({ host, port }: Container): Client {
  return new Client(`${host}:${port}`, credentials.createInsecure(), { 'grpc.enable_http_proxy': 0, 'grpc.use_local_subchannel_pool': 1 })
}

function callOnce(client: Client, method: Method, request: object, { metadata = {}, bytes }: CallOptions): Promise<Outcome> {
  const head = new Metadata()
  for (const [key, value] of Object.entries(metadata)) head.set(key, value)
  return new Promise((resolve) => {
    let requestId = ''
    let outcome: Pick<Outcome, 'code' | 'details' | 'message'>
    client
      .makeUnaryRequest(
        method.path,
        (message) => bytes ?? method.requestSerialize(message),
        method.responseDeserialize,
        request,
        head,
        { deadline: Date.now() + milliseconds },
        (error: ServiceError | null, message) => {
          outcome = { code: error?.code ?? status.OK, details: error?.details ?? '', message }
        },
      )
      .on('metadata', (received) => {
        requestId = String(received.get('x-request-id')[0] ?? '')
      })
      .on('status', () => setImmediate(() => resolve({ ...outcome, requestId })))
  })
}

/** A method that no file describes takes and gives empty messages. */
function methodOf(subject: Subject, name: string): Method {
  const [service = '', method = ''] = name.split('/')
  const own = load(join(subject.root, 'services', names.ordinary, 'proto'))
  const described = { ...own, ...standard }[service] as ServiceDefinition | undefined
  return (
    described?.[method] ?? {
      path: `/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: () => Buffer.alloc(0),
      requestDeserialize: () => ({}),
      responseSerialize: () => Buffer.alloc(0),
      responseDeserialize: () => ({}),
    }
  )
}

function load(folder: string): PackageDefinition {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.proto'))
  return loadSync(files, { includeDirs: [folder], longs: Number, enums: String })
}
