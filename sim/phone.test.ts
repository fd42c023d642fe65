import { expect, test } from 'vitest'
import { fieldsOf, listOf } from './lib/fields.ts'
import { oggOpus } from './lib/ogg.ts'
import { webmToOgg } from './lib/webm.ts'
import { aWorld } from './testing.ts'

const ROSA = '593987654321'

test('the page and its parts are served', async () => {
  await using world = await aWorld()
  const page = await world.ask('GET', '/phone/')
  expect(page.raw).toContain('Teléfono del cliente')
  const script = await world.ask('GET', '/phone/phone.js')
  const parts = [...script.raw.matchAll(/from '\.(\/\w+\.js)'/g)].map((match) => match[1])
  expect(parts.length).toBeGreaterThan(3)
  expect((await world.ask('GET', '/phone/owner')).raw).toContain('Dispositivos vinculados')
  for (const part of [...parts, '/phone.css', '/owner.css', '/owner.js'])
    expect((await world.ask('GET', `/phone${part}`)).status).toBe(200)
  expect((await world.ask('GET', '/phone/../server.ts')).status).toBe(404)
})

test('a message of the business is on the phone once it is delivered, and is read when the chat is looked at', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.ask('POST', '/phone/api/messages', { customer: ROSA, to: number.id, kind: 'text', text: 'hola' })
  await number.text('buenas')
  await world.app.until((got) => got.length === 3)
  const { items } = (await world.ask('GET', `/phone/api/chats?customer=${ROSA}`)).body
  expect(fieldsOf(listOf(items)[0])).toMatchObject({ unread: 1, last: { text: 'buenas' } })
  expect((await world.ask('POST', '/phone/api/read', { customer: ROSA, number: number.id })).body).toEqual({ read: 1 })
})

test('what fails never reaches the phone', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await number.text('fuera de la ventana')
  await world.app.until((got) => got.length === 1)
  const { items } = (await world.ask('GET', `/phone/api/messages?customer=${ROSA}&number=${number.id}`)).body
  expect(items).toEqual([])
})

test('an open page is told live of messages, of ticks and of typing', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  const stop = new AbortController()
  const live = await fetch(`${world.sim.origin}/phone/api/live?customer=${ROSA}&name=Rosa`, { signal: stop.signal })
  const reader = live.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const until = async (words: string) => {
    while (!heard.includes(words)) heard += (await reader?.read())?.value ?? ''
  }
  const { id } = await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  await until('"progress":"delivered"')
  await number.send({ to: undefined, status: 'read', message_id: id, typing_indicator: { type: 'text' } })
  await until('"progress":"read"')
  await until('"type":"typing"')
  expect(heard).toContain('"text":"hola"')
  stop.abort()
})

test('files are served in parts, and cannot act as a page of ours', async () => {
  await using world = await aWorld()
  const uploaded = await fetch(`${world.sim.origin}/phone/api/media?name=a.txt`, {
    method: 'POST',
    body: 'hola mundo',
    headers: { 'content-type': 'text/plain' },
  })
  const { id } = fieldsOf(await uploaded.json())
  const part = await fetch(`${world.sim.origin}/phone/api/media/${String(id)}`, { headers: { range: 'bytes=5-' } })
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'mundo', 'bytes 5-9/10'])
  expect(part.headers.get('content-security-policy')).toContain('sandbox')
})

test('a recording in WebM becomes Ogg with the same sound', () => {
  const head = oggOpus([], 1).subarray(28, 28 + 19)
  const packet = Buffer.from([0xf8, 0xff, 0xfe])
  const element = (id: number[], body: Buffer) =>
    Buffer.concat([Buffer.from([...id, 0x40 | (body.length >> 8), body.length & 255]), body])
  const block = element([0xa3], Buffer.concat([Buffer.from([0x81, 0, 0, 0x80]), packet]))
  const track = element([0xae], element([0x63, 0xa2], Buffer.from(head)))
  const cluster = element([0x1f, 0x43, 0xb6, 0x75], Buffer.concat([block, block]))
  const webm = element([0x18, 0x53, 0x80, 0x67], Buffer.concat([element([0x16, 0x54, 0xae, 0x6b], track), cluster]))
  expect(webmToOgg(webm)).toEqual(
    oggOpus(
      [
        { bytes: packet, samples: 960 },
        { bytes: packet, samples: 960 },
      ],
      1,
    ),
  )
  expect(webmToOgg(Buffer.from('nothing of the kind'))).toBeUndefined()
})
