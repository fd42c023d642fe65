import { expect, test } from 'vitest'
import type { Line } from '../channel.ts'
import { aMetaLine, fakeWire, fetchFailed, says } from '../fake-wire.ts'
import type { Say } from '../fake-wire.ts'
import { metaChannel } from './meta-channel.ts'

const HOST = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=AR'

/** Graph names this address for any id; the host then answers as told. */
function graphNames(url: string, host: Say = () => new Response('photo', { headers: { 'content-type': 'image/jpeg' } })): Say {
  return (asked) =>
    asked.url.pathname.startsWith('/v25.0/') ? says(200, { url, mime_type: 'image/jpeg', file_size: '5', id: '1' }) : host(asked)
}

async function fetched(ref: { id?: string; url?: string }, say: Say, line: Line = aMetaLine()) {
  const { wire, asked } = fakeWire(say)
  return { asked, result: await metaChannel.fetchMedia(ref, line, wire) }
}

test('a file is found through Graph and read with the token', async () => {
  const { asked, result } = await fetched({ id: '1479', url: 'https://elsewhere.example/x' }, graphNames(HOST))
  if (!result.ok) throw new Error('not read')
  expect(await new Response(result.body).text()).toBe('photo')
  expect(result).toMatchObject({ size: 5, mime: 'image/jpeg' })
  expect(asked.map(({ url }) => `${url}`)).toEqual([
    'https://graph.facebook.com/v25.0/1479?phone_number_id=106540352242922',
    HOST,
  ])
  expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer EAAG-token', 'Bearer EAAG-token'])
})

test.each([
  'http://lookaside.fbsbx.com/x',
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://0x7f000001/x',
  'https://localhost/x',
  'https://graph.internal/x',
  'https://user@lookaside.fbsbx.com/x',
  'https://lookaside.fbsbx.com:8443/x',
  'file:///etc/passwd',
  'no address',
])('the token does not go to %s, even if Graph names it', async (url) => {
  const { asked, result } = await fetched({ id: '1479' }, graphNames(url))
  expect(result).toMatchObject({ ok: false, again: false, error: { code: 'media_host_refused' } })
  expect(asked).toHaveLength(1)
})

test('the address of a webhook alone is not opened', async () => {
  const { asked, result } = await fetched({ url: HOST }, graphNames(HOST))
  expect(result).toMatchObject({ ok: false, again: false, error: { code: 'media_gone' } })
  expect(asked).toEqual([])
})

test('a simulated Graph on this machine may name itself, and only itself', async () => {
  const line = aMetaLine({}, { metaGraph: 'http://127.0.0.1:8788' })
  expect((await fetched({ id: '1' }, graphNames('http://127.0.0.1:8788/media/1'), line)).result).toMatchObject({ ok: true })
  for (const url of ['http://127.0.0.1:5432/x', HOST])
    expect((await fetched({ id: '1' }, graphNames(url), line)).result).toMatchObject({ error: { code: 'media_host_refused' } })
})

test('an address that has run out is asked for again, once', async () => {
  const answers = [404, 200]
  const host: Say = () => new Response('photo', { status: answers.shift() ?? 500 })
  const { asked, result } = await fetched({ id: '1' }, graphNames(HOST, host))
  expect(result).toMatchObject({ ok: true })
  expect(asked).toHaveLength(4)
  expect(
    (
      await fetched(
        { id: '1' },
        graphNames(HOST, () => new Response(null, { status: 404 })),
      )
    ).asked,
  ).toHaveLength(4)
})

test('a redirect is not followed with the token', async () => {
  const host: Say = () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })
  const { asked, result } = await fetched({ id: '1' }, graphNames(HOST, host))
  expect(result).toMatchObject({ ok: false, again: true })
  expect(asked).toHaveLength(2)
})

test('an id that Graph no longer knows will never come, other trouble may pass', async () => {
  const gone = await fetched({ id: '1' }, () =>
    says(400, { error: { code: 100, error_subcode: 33, message: 'Object does not exist' } }),
  )
  expect(gone.result).toMatchObject({ ok: false, again: false, error: { providerCode: '100', code: 'media_gone' } })
  const expired = await fetched({ id: '1' }, () => says(401, { error: { code: 190 } }))
  expect(expired.result).toMatchObject({ ok: false, again: true, error: { code: 'token_invalid' } })
  const down = await fetched({ id: '1' }, () => Promise.reject(fetchFailed()))
  expect(down.result).toMatchObject({ ok: false, again: true, error: { code: 'provider_unavailable' } })
})
