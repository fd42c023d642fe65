import { expect, test } from 'vitest'
import type { Line } from '../channel.ts'
import { aGupshupLine, fakeWire, fetchFailed } from '../fake-wire.ts'
import type { Say } from '../fake-wire.ts'
import { gupshupChannel } from './gupshup-channel.ts'

const FILE = 'https://filemanager.gupshup.io/wa/2fa1c7de/wa/media/9003?download=false'

async function fetched(ref: { id?: string; url?: string }, say: Say, line: Line = aGupshupLine()) {
  const { wire, asked } = fakeWire(say)
  return { asked, result: await gupshupChannel.fetchMedia(ref, line, wire) }
}

const aPhoto = () => new Response('photo', { headers: { 'content-type': 'image/jpeg', 'content-length': '5' } })

test("a customer's file is read from its address, without any credential", async () => {
  const { asked, result } = await fetched({ url: FILE }, aPhoto)
  if (!result.ok) throw new Error('not read')
  expect(await new Response(result.body).text()).toBe('photo')
  expect(result).toMatchObject({ size: 5, mime: 'image/jpeg' })
  expect([...(asked[0]?.headers.keys() ?? [])]).toEqual([])
})

test.each([
  'http://filemanager.gupshup.io/x',
  'https://filemanager.gupshup.io.evil.example/x',
  'https://evilgupshup.io/x',
  'https://user:pass@filemanager.gupshup.io/x',
  'https://filemanager.gupshup.io:8443/x',
  'https://169.254.169.254/latest/meta-data',
  'http://localhost:8788/x',
  'file:///etc/passwd',
  'no address',
])('an address outside Gupshup is not opened: %s', async (url) => {
  const { asked, result } = await fetched({ url }, aPhoto)
  expect(result).toMatchObject({ ok: false, again: false, error: { code: 'media_host_refused' } })
  expect(asked).toEqual([])
})

test('the simulator on this machine may name itself, and only itself', async () => {
  const line = aGupshupLine({}, { gupshupApi: 'http://127.0.0.1:8788/gupshup' })
  expect((await fetched({ url: 'http://127.0.0.1:8788/files/1' }, aPhoto, line)).result).toMatchObject({ ok: true })
  expect((await fetched({ url: 'http://127.0.0.1:5432/files/1' }, aPhoto, line)).result).toMatchObject({
    error: { code: 'media_host_refused' },
  })
})

test('a partner reads a file by its id with the token of the app', async () => {
  const { asked, result } = await fetched({ id: '14795' }, aPhoto, aGupshupLine({ access: 'partner', apiKey: 'sk_1' }))
  expect(result).toMatchObject({ ok: true })
  expect(`${asked[0]?.url}`).toBe('https://partner.gupshup.io/partner/app/2fa1c7de-5a0b-4c7e-9a44-0d5b1c0e7f10/media/14795')
  expect(asked[0]?.headers.get('authorization')).toBe('sk_1')
})

test('a file that is gone never comes, one that is not there yet may', async () => {
  expect((await fetched({ url: FILE }, () => new Response(null, { status: 404 }))).result).toMatchObject({
    again: false,
    error: { code: 'media_gone' },
  })
  expect((await fetched({}, aPhoto)).result).toMatchObject({ again: false, error: { code: 'media_gone' } })
  expect((await fetched({ url: FILE }, () => new Response(null, { status: 500 }))).result).toMatchObject({ again: true })
  expect((await fetched({ url: FILE }, () => Promise.reject(fetchFailed('ECONNREFUSED')))).result).toMatchObject({ again: true })
  const elsewhere = () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })
  expect((await fetched({ url: FILE }, elsewhere)).result).toMatchObject({ ok: false, again: true })
})
