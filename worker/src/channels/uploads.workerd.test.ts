/// <reference types="@cloudflare/vitest-plugin/types" />
/** Files that come in parts, over the whole Worker: what breaks goes on, what is wrong ends early, what is forgotten goes. */
import { env } from 'cloudflare:workers'
import { SELF } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { PART_BYTES } from '#contract/media.ts'
import { forgetUploads } from '../jobs.ts'

const ORIGIN = 'http://app.test'
const SOUND = { seconds: 12.5, peaks: 'A'.repeat(63) + '_' }

async function aPerson() {
  const body = {
    ...{ company: 'Cobranzas', name: 'Ana', email: `${crypto.randomUUID()}@test.example`, password: 'mula verde en la loma' },
    ...{ country: 'EC', timeZone: 'America/Guayaquil', language: 'es' },
  }
  const answer = await SELF.fetch(`${ORIGIN}/api/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cf-connecting-ip': crypto.randomUUID() },
    body: JSON.stringify(body),
  })
  const { token } = z.object({ token: z.string() }).parse(await answer.json())
  const ask = async (method: string, path: string, sent?: object | Uint8Array<ArrayBuffer>) => {
    const isBytes = sent instanceof Uint8Array
    const type = isBytes ? 'application/octet-stream' : 'application/json'
    const response = await SELF.fetch(`${ORIGIN}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(sent ? { 'content-type': type } : {}) },
      ...(sent ? { body: isBytes ? sent : JSON.stringify(sent) } : {}),
    })
    return { status: response.status, json: await response.json<Record<string, unknown>>() }
  }
  const bytesOf = async (mediaId: unknown) => {
    const response = await SELF.fetch(`${ORIGIN}/api/media/${mediaId}`, { headers: { authorization: `Bearer ${token}` } })
    return new Uint8Array(await response.arrayBuffer())
  }
  return { ask, bytesOf }
}

let ana: Awaited<ReturnType<typeof aPerson>>
beforeAll(async () => void (ana = await aPerson()))

/** A JPEG by its first bytes, and then anything. */
function aPhoto(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).map((_, i) => (i * 31 + (i >> 9)) % 256)
  bytes.set([0xff, 0xd8, 0xff, 0xe0])
  return bytes
}
const partOf = (bytes: Uint8Array<ArrayBuffer>, n: number) => bytes.slice(n * PART_BYTES, (n + 1) * PART_BYTES)
const put = (id: string, n: number, bytes: Uint8Array<ArrayBuffer>) => ana.ask('PUT', `/uploads/${id}/parts/${n}`, bytes)
const begin = (id: string, size: number, more: object = {}) =>
  ana.ask('POST', '/uploads', { id, name: 'fachada.jpg', mime: 'image/jpeg', size, ...more })
const partsLeft = async () => (await env.MEDIA.list({ prefix: 'u/' })).objects.length

test('a file goes on where it was, in any order, and is byte for byte what was sent', async () => {
  const [id, photo] = [crypto.randomUUID(), aPhoto(PART_BYTES * 2 + 1_000)]
  expect((await begin(id, photo.length)).json).toMatchObject({ have: [], partBytes: PART_BYTES, file: null })
  expect((await put(id, 0, partOf(photo, 0))).json).toEqual({ have: [0] })
  expect((await put(id, 2, partOf(photo, 2))).json).toEqual({ have: [0, 2] })
  expect((await ana.ask('POST', `/uploads/${id}/finish`, {})).json).toMatchObject({ code: 'upload_incomplete' })

  // The app was killed and asks again.
  expect((await begin(id, photo.length)).json).toMatchObject({ have: [0, 2] })
  expect((await put(id, 1, partOf(photo, 1))).json).toEqual({ have: [0, 1, 2] })
  const done = await ana.ask('POST', `/uploads/${id}/finish`, {})
  expect(done).toMatchObject({
    status: 200,
    json: { kind: 'image', mime: 'image/jpeg', size: photo.length, name: 'fachada.jpg' },
  })
  expect(await ana.bytesOf(done.json['id'])).toEqual(photo)
  expect(await partsLeft()).toBe(0)

  // The answer was lost: the same file, not a second one.
  expect((await ana.ask('POST', `/uploads/${id}/finish`, {})).json).toEqual(done.json)
  expect((await begin(id, photo.length)).json).toMatchObject({ file: { id: done.json['id'] } })
})

test('what a file is, is told by its first part; its size is bounded before a byte of it comes', async () => {
  const id = crypto.randomUUID()
  await begin(id, PART_BYTES + 10)
  const film = aPhoto(PART_BYTES)
  film.set([0x1a, 0x45, 0xdf, 0xa3])
  expect((await put(id, 0, film)).json).toMatchObject({ code: 'media_kind_not_allowed' })
  const long = crypto.randomUUID()
  await begin(long, 6_000_000)
  expect((await put(long, 0, aPhoto(PART_BYTES))).json).toMatchObject({ code: 'media_too_large' })
  expect((await begin(crypto.randomUUID(), 26_000_000)).status).toBe(400)
})

test('a part has the length that was told, and its number exists', async () => {
  const id = crypto.randomUUID()
  await begin(id, PART_BYTES + 10)
  expect((await put(id, 1, aPhoto(11))).json).toMatchObject({ code: 'body_too_large' })
  expect((await put(id, 1, aPhoto(9))).json).toMatchObject({ code: 'bad_request' })
  expect((await put(id, 2, aPhoto(10))).status).toBe(400)
  expect((await put(id, 0, aPhoto(PART_BYTES))).json).toEqual({ have: [0] })
  expect((await begin(id, PART_BYTES + 11)).json).toMatchObject({ code: 'id_reused' })
})

test('what was given up is gone, and may begin anew', async () => {
  const [id, photo] = [crypto.randomUUID(), aPhoto(PART_BYTES + 5)]
  await begin(id, photo.length)
  const before = await partsLeft()
  await put(id, 0, partOf(photo, 0))
  expect(await partsLeft()).toBe(before + 1)
  expect((await ana.ask('DELETE', `/uploads/${id}`)).json).toEqual({ done: true })
  expect(await partsLeft()).toBe(before)
  expect((await put(id, 1, partOf(photo, 1))).json).toMatchObject({ code: 'upload_incomplete' })
  expect((await begin(id, photo.length)).json).toMatchObject({ have: [] })
})

test("nobody goes on with somebody else's file, and the same id is another one of theirs", async () => {
  const id = crypto.randomUUID()
  await begin(id, PART_BYTES + 5)
  const other = await aPerson()
  expect((await other.ask('PUT', `/uploads/${id}/parts/0`, aPhoto(PART_BYTES))).status).toBe(404)
  expect((await other.ask('POST', `/uploads/${id}/finish`, {})).status).toBe(404)
  expect((await other.ask('POST', '/uploads', { id, name: 'x.jpg', mime: 'image/jpeg', size: 9 })).json).toMatchObject({
    have: [],
  })
  expect((await begin(id, PART_BYTES + 5)).status).toBe(200)
})

test('more than 300 MB at once waits', async () => {
  const hoarder = await aPerson()
  const open = () =>
    hoarder.ask('POST', '/uploads', { id: crypto.randomUUID(), mime: 'application/pdf', name: 'a.pdf', size: 25_000_000 })
  for (let n = 0; n < 12; n += 1) expect((await open()).status).toBe(200)
  expect((await open()).status).toBe(429)
})

test('the length and the wave of a recording come with its message; nonsense is refused', async () => {
  const id = crypto.randomUUID()
  const note = new Uint8Array(PART_BYTES + 10)
  note.set(new TextEncoder().encode('OggS'))
  note.set(new TextEncoder().encode('OpusHead'), 28)
  await begin(id, note.length, { name: 'nota.ogg', mime: 'audio/ogg', sound: SOUND })
  for (const n of [0, 1]) await put(id, n, partOf(note, n))
  expect((await ana.ask('POST', `/uploads/${id}/finish`, {})).json).toMatchObject({ kind: 'voice' })
  expect((await begin(crypto.randomUUID(), 9, { sound: { seconds: -1, peaks: '' } })).status).toBe(400)
  const whole = await ana.ask('POST', `/media?name=n.ogg&sound=${encodeURIComponent('{"seconds":1}')}`, note)
  expect(whole.json).toMatchObject({ code: 'bad_request' })
})

test('a day later its parts are forgotten, those of a younger one are not', async () => {
  const id = crypto.randomUUID()
  await begin(id, PART_BYTES + 5)
  await put(id, 0, aPhoto(PART_BYTES))
  const before = await partsLeft()
  expect(await forgetUploads(env)).toBe(0)
  expect(await partsLeft()).toBe(before)
})
