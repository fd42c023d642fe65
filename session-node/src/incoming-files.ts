/** Files of messages on their way from WhatsApp to the Worker. Asked for again while it is being read, a file is read once. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WAMessage } from 'baileys'
import type { Done } from './link.ts'
import { download, FileTrouble, hostOf, opened, sealedIn } from './incoming-file.ts'
import type { Sealed, Whole } from './incoming-file.ts'
import type { Sender } from './outgoing.ts'

/** The phone answers at once when it is on. */
const PHONE_MS = 20_000
const PUT_MS = 120_000
/** What was read and is not asked for again goes after so long. */
const FORGET_MS = 10 * 60_000

/** Sealed, and of this process only. */
const ROOM = join(tmpdir(), `session-node-${randomUUID()}`)
process.once('exit', () => rmSync(ROOM, { recursive: true, force: true }))
const reading = new Map<string, Promise<Whole>>()

/** Reads the file of a message and hands it over. A cut leaves what came: the next ask goes on there. */
export async function handOver(sender: Sender, message: WAMessage, url: string): Promise<Done> {
  const sealed = sealedIn(message.message ?? {})
  if (!sealed) return { ok: false, code: 'media_gone' }
  const place = join(ROOM, createHash('sha256').update(sealed.mediaKey).digest('hex'))
  try {
    const whole = await once(place, () => read(sender, message, sealed, place))
    return await put(url, sender.token, whole)
  } catch (error) {
    if (error instanceof FileTrouble) return { ok: false, code: error.code, value: error.message.slice(0, 200) }
    throw error
  }
}

function once(place: string, task: () => Promise<Whole>): Promise<Whole> {
  const known = reading.get(place)
  if (known) return known
  const begun = task()
  reading.set(place, begun)
  const forget = () => {
    if (reading.get(place) === begun) reading.delete(place)
  }
  // Failed, it is tried anew; read, it stays for a while, should the Worker not have it after all.
  begun.then(
    () =>
      setTimeout(() => {
        forget()
        void rm(place, { force: true })
      }, FORGET_MS).unref(),
    forget,
  )
  return begun
}

async function read(sender: Sender, message: WAMessage, sealed: Sealed, place: string): Promise<Whole> {
  mkdirSync(ROOM, { recursive: true, mode: 0o700 })
  const { socket } = sender
  const hosts = (await socket.refreshMediaConn()).hosts.map(({ hostname }) => hostname)
  const address = (one: Sealed) => `https://${hostOf(one, hosts)}${one.path}`
  try {
    await download(address(sealed), place)
  } catch (error) {
    if (!(error instanceof FileTrouble) || error.code !== 'media_gone') throw error
    await rm(place, { force: true })
    await download(address(await putAgain(sender, message, sealed)), place)
  }
  return opened(sealed, place)
}

/** A file that is gone from its host is asked for again of the phone. Its answer may never come: the library waits for ever. */
async function putAgain({ socket }: Sender, message: WAMessage, sealed: Sealed): Promise<Sealed> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new FileTrouble('media_phone_away')), PHONE_MS)
  try {
    const again = await Promise.race([socket.updateMediaMessage(message), late])
    return sealedIn(again.message ?? {}) ?? sealed
  } catch (error) {
    if (error instanceof FileTrouble) throw error
    throw new FileTrouble('media_gone', error instanceof Error ? error.message : String(error))
  } finally {
    clearTimeout(timer)
  }
}

/** Hands bytes to the Worker, as many at a time as it takes. */
async function put(url: string, token: string, { size, bytes }: Whole): Promise<Done> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'content-length': String(size),
    },
    body: bytes(),
    duplex: 'half',
    signal: AbortSignal.timeout(PUT_MS),
  })
  return response.ok ? { ok: true } : { ok: false, code: 'provider_unreachable' }
}
