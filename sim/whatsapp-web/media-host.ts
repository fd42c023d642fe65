/** Where files lie, sealed: an HTTPS host that takes them (POST) and hands them out (GET), as WhatsApp's media servers do. */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { getMediaKeys } from 'baileys'
import type { MediaType } from 'baileys'
import type { Journal } from '../journal.ts'
import { json, readRequest, write } from '../lib/http.ts'
import type { Reply } from '../lib/http.ts'
import { sampleFile } from '../samples.ts'
import type { Faults } from './faults.ts'
import { node } from './nodes.ts'
import type { Node } from './nodes.ts'
import type { Certificate } from './tls.ts'

/** A file on the host, and what opens it. */
export type SealedFile = {
  url: string
  directPath: string
  mediaKey: Uint8Array
  fileSha256: Uint8Array
  fileEncSha256: Uint8Array
  fileLength: number
}

export type MediaHost = {
  port: number
  /** The answer to `media_conn`: two names of this host, so that a client can try the next one. */
  connection(): Node
  pictureUrl(phone: string): string
  /** `mediaKey`: the one that it had before, when a lost file is put here again. */
  seal(bytes: Uint8Array, kind: MediaType, mediaKey?: Uint8Array): Promise<SealedFile>
  /** The bytes of a file that a client put here; undefined when it is not here. */
  open(directPath: string, mediaKey: Uint8Array, kind: MediaType): Promise<Uint8Array | undefined>
  /** From now on the file is gone: 410. */
  expire(directPath: string): void
  /** From now on other bytes come. */
  spoil(directPath: string): void
  close(): Promise<void>
}

type Options = { port: number; journal: Journal; faults: Faults; certificate: Certificate }

/** The authentication code at the end of a sealed file. */
const MAC_BYTES = 10
const FILE = /^\/v\/t62\/([0-9a-f]{32})$/

export async function startMediaHost({ port: wanted, journal, faults, certificate }: Options): Promise<MediaHost> {
  const gone = new Set<string>()
  const spoilt = new Set<string>()
  const server = createServer(certificate, (request, response) => {
    void answer(request).then((reply) => {
      const cut = request.method === 'GET' ? faults.hit('cut', null) : undefined
      if (!cut) return write(response, reply)
      // The line breaks in the middle of a file.
      response.writeHead(reply.status, { ...reply.headers, 'content-length': String(Buffer.byteLength(reply.body)) })
      response.write(Buffer.from(reply.body).subarray(0, cut.bytes), () => response.destroy())
    })
  })
  const port = await listen(server, wanted)
  const host = `127.0.0.1:${port}`
  const place = (id: string) => ({ url: `https://${host}/v/t62/${id}`, directPath: `/v/t62/${id}` })
  const save = (bytes: Uint8Array) => {
    const id = randomBytes(16).toString('hex')
    journal.saveFile(id, bytes)
    return place(id)
  }

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const asked = await readRequest(request, `https://${host}`)
    if (!asked) return json(413, { error: 'too large' })
    if (asked.method === 'POST' && asked.path.startsWith('/mms/')) {
      const fault = faults.hit('upload', null)
      if (fault) return json(fault.status, { error: 'unavailable' })
      const { url, directPath } = save(asked.body)
      return json(200, { url, direct_path: directPath, ts: Math.floor(Date.now() / 1000) })
    }
    if (asked.path.startsWith('/pps/')) return picture()
    const id = FILE.exec(asked.path)?.[1]
    const bytes = id === undefined ? undefined : journal.readFile(id)
    if (!bytes) return json(404, { error: 'not found' })
    const fault = faults.hit('download', null)
    if (fault || gone.has(asked.path)) return json(fault?.status ?? 410, { error: 'gone' })
    return inPart(asked.headers.range, spoilt.has(asked.path) ? bytes.map((byte) => byte ^ 1) : bytes)
  }

  return {
    port,
    connection: () =>
      node('media_conn', { auth: 'sim', ttl: '3600', max_buckets: '12' }, [
        node('host', { hostname: host, maxContentLengthBytes: '104857600' }),
        node('host', { hostname: `localhost:${port}`, maxContentLengthBytes: '104857600' }),
      ]),
    pictureUrl: (phone) => `https://${host}/pps/${phone}.png`,
    async seal(bytes, kind, mediaKey = randomBytes(32)) {
      const sealed = await sealBytes(bytes, mediaKey, kind)
      return { ...save(sealed), mediaKey, fileSha256: sha256(bytes), fileEncSha256: sha256(sealed), fileLength: bytes.byteLength }
    },
    async open(directPath, mediaKey, kind) {
      const id = FILE.exec(directPath)?.[1]
      const sealed = id === undefined ? undefined : journal.readFile(id)
      return sealed && openBytes(sealed, mediaKey, kind)
    },
    expire: (directPath) => void gone.add(directPath),
    spoil: (directPath) => void spoilt.add(directPath),
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}

/** Whole, or from the byte on that is asked for. */
function inPart(range: string | undefined, bytes: Uint8Array): Reply {
  const headers = { 'content-type': 'application/octet-stream' }
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
  if (from === 0) return { status: 200, headers, body: bytes }
  if (from >= bytes.length) return { status: 416, headers, body: '' }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` },
    body: bytes.subarray(from),
  }
}

/** The wanted port, so that addresses stay good after a restart; any free one where somebody else has it. */
async function listen(server: ReturnType<typeof createServer>, wanted: number): Promise<number> {
  const tried = (port: number) =>
    new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  await tried(wanted).catch(() => tried(0))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : wanted
}

async function sealBytes(bytes: Uint8Array, mediaKey: Uint8Array, kind: MediaType): Promise<Buffer> {
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, kind)
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([sealed, macOf(macKey, iv, sealed)])
}

async function openBytes(sealed: Uint8Array, mediaKey: Uint8Array, kind: MediaType): Promise<Buffer | undefined> {
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, kind)
  const body = sealed.subarray(0, -MAC_BYTES)
  if (!macOf(macKey, iv, body).equals(sealed.subarray(-MAC_BYTES))) return undefined
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
  return Buffer.concat([decipher.update(body), decipher.final()])
}

async function keysOf(mediaKey: Uint8Array, kind: MediaType) {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, kind)
  return { iv, cipherKey, macKey: macKey ?? Buffer.alloc(0) }
}

function macOf(macKey: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Buffer {
  return createHmac('sha256', macKey).update(iv).update(sealed).digest().subarray(0, MAC_BYTES)
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function picture(): Reply {
  const file = sampleFile('image')
  return { status: 200, headers: { 'content-type': 'image/png' }, body: file?.bytes ?? '' }
}
