/// <reference types="@cloudflare/vitest-plugin/types" />
import { abortAllDurableObjects, SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { entryOf, objectName, stored, type Origin } from '../../inbox/entry.ts'
import { aLine } from '../a-line.ts'
import { control, owner } from '../a-portal.ts'

const soon = { timeout: 20_000, interval: 50 }

test('from the customer’s chat to the open line nobody has to be asked: who stores a message wakes the portal’s object', async () => {
  const line = await aLine()
  const { accountId, channelId } = line
  const origin: Origin = { accountId, channelId, channelKey: channelId, objectKey: 'p:51987000111' }
  const said = { type: 'message', origin: 'customer', at: Date.now(), providerId: 'wamid.1', kind: 'text', text: 'Hola' } as const
  const entry = entryOf({ ...said, customer: { phone: '51987000111' } }, origin, 'trace', Date.now(), 'f')
  await env.CHATS.get(env.CHATS.idFromName(objectName(channelId, origin.objectKey))).receive(origin, [stored(entry)])
  await expect.poll(line.texts, soon).toEqual(['Hola'])
})

test('what a customer writes stands in the open line, with name, phone and number of the chat, and its way is told', async () => {
  const line = await aLine()
  await line.ingest(line.says('51987000111', 'Hola *señor*'), line.says('51987000111', '[b]no[/b]'))
  await line.wake()
  await expect.poll(line.texts, soon).toEqual(['Hola [b]señor[/b]', '[⁠b]no[⁠/b]'])
  expect(await line.portal.got('imconnector.send.messages')).toHaveLength(1)
  expect(await line.rows('guests')).toMatchObject([
    { externalId: 'wa-51987000111', name: 'Rosa', lastName: 'Quispe', phone: '+51987000111' },
  ])
  await expect.poll(line.hops, soon).toEqual(['portal_send', 'portal_send'])
  const [dialog] = await line.rows('dialogs')
  expect(await owner.query('select im_chat_id, session_id, line from portal_chat where portal_id = $1', [line.portalId])).toEqual(
    [{ im_chat_id: String(dialog?.['id']), session_id: String(dialog?.['sessionId']), line: 7 }],
  )
})

test('a thousand messages of forty customers in a burst: none is lost, none is doubled, each chat in its order, in few requests', async () => {
  const line = await aLine('ent250')
  const phones = Array.from({ length: 40 }, (_, n) => String(51_987_000_000 + n))
  const all = Array.from({ length: 1_000 }, (_, n) => line.says(phones[n % 40] ?? '', `m${n}`))
  const wakes: Promise<void>[] = []
  for (let n = 0; n < all.length; n += 50) {
    await line.ingest(...all.slice(n, n + 50))
    wakes.push(line.wake())
  }
  await Promise.all(wakes)
  await expect.poll(line.waiting, { timeout: 60_000, interval: 500 }).toEqual([])
  const bubbles = await line.rows('bubbles')
  const ofClient = bubbles.filter(({ from }) => from === 'client')
  expect(new Set(ofClient.map(({ text }) => text)).size).toBe(1_000)
  expect(ofClient).toHaveLength(1_000)
  for (const chat of Map.groupBy(ofClient, ({ chatId }) => chatId).values()) {
    const order = chat.map(({ text }) => Number(String(text).slice(1)))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  }
  expect((await line.portal.got('imconnector.send.messages')).length).toBeLessThan(120)
}, 90_000)

test('the portal is away: everything waits in order and says why; when it is back it goes, once', async () => {
  const line = await aLine()
  await line.portal.settings({ isAway: true })
  await line.ingest(line.says('51987000111', 'uno'))
  await line.wake()
  // The request left and nobody answered: it may have been taken.
  await expect.poll(line.hops, soon).toEqual(['portal_waits portal_answer_lost'])
  await line.ingest(line.says('51987000111', 'dos'), line.says('51987000112', 'otro'), line.says('51987000111', 'tres'))
  await line.portal.settings({ isAway: false })
  await expect.poll(() => line.goOn(line.texts), soon).toHaveLength(4)
  expect((await line.texts()).filter((text) => text !== 'otro')).toEqual(['uno', 'dos', 'tres'])
  await expect.poll(line.waiting, soon).toEqual([])
})

test('an answer that is lost, and a death in the middle: we look in the portal before anything is sent again', async () => {
  const line = await aLine()
  const lost = { where: 'rest', what: 'imconnector.send.messages', next: 1, dropAnswer: true, portal: line.portal.id }
  // The conversation begins with it, so nobody here knows of it yet.
  await control('POST', '/mischief', lost)
  await line.ingest(line.says('51987000111', 'uno'))
  await line.wake()
  await expect.poll(line.deliveries, soon).toMatchObject([{ kind: 'send', state: 'leased', code: 'portal_answer_lost' }])
  await line.later()
  await line.wake()
  await expect.poll(line.waiting, soon).toEqual([])
  await line.ingest(line.says('51987000111', 'dos'))
  await line.wake()
  await expect.poll(line.texts, soon).toEqual(['uno', 'dos'])

  await control('POST', '/mischief', lost)
  await line.ingest(line.says('51987000111', 'tres'), line.says('51987000111', 'cuatro'))
  await line.wake()
  await expect.poll(line.texts, soon).toEqual(['uno', 'dos', 'tres', 'cuatro'])
  await abortAllDurableObjects()
  await expect.poll(() => line.goOn(line.waiting), soon).toEqual([])
  expect(await line.texts()).toEqual(['uno', 'dos', 'tres', 'cuatro'])
})

test('one item that the portal refuses goes once more without what may be to blame; the others of its request are there', async () => {
  const line = await aLine()
  const mediaId = crypto.randomUUID()
  const bad = line.says('51987000111', '', {
    kind: 'image',
    mediaId,
    media: { ref: {}, mime: 'image/jpeg' },
  })
  await line.ingest(bad, line.says('51987000112', 'bien'))
  // Its bytes are not where they are said to be: the portal cannot load them, and takes no message of nothing.
  await owner.query("update media set state = 'ready', r2_key = 'm/none' where id = $1", [mediaId])
  await expect.poll(() => line.goOn(line.waiting), soon).toEqual([])
  expect(await line.texts()).toEqual(['bien', '📎 Foto: Bitrix24 no pudo descargar el archivo. Ábralo en WhatsappB24.'])
})

test('a line that is off keeps what is for it, and people see it; switched on again, it goes', async () => {
  const line = await aLine()
  const activate = (ACTIVE: string) =>
    line.portal
      .object()
      .call({ method: 'imconnector.activate', params: { CONNECTOR: line.connector, LINE: 7, ACTIVE }, priority: 'status' })
  await activate('0')
  await line.ingest(line.says('51987000111', 'uno'))
  await line.wake()
  // Its administrators hear of it, and the message's way says why it waits.
  await expect.poll(line.hops, soon).toEqual(['portal_disconnected', 'portal_waits portal_line_inactive'])
  expect(await owner.query('select state, problem from portal_line where portal_id = $1', [line.portalId])).toEqual([
    { state: 'broken', problem: 'NOT_ACTIVE_LINE' },
  ])
  await activate('1')
  await owner.query("update portal_line set state = 'active', problem = null where portal_id = $1", [line.portalId])
  await line.wake()
  await expect.poll(line.texts, soon).toEqual(['uno'])
})

test('an agent’s words stand there in their own name; changes, assignment and closing follow', async () => {
  const line = await aLine()
  const hola = line.says('51987000111', 'Hola')
  await line.ingest(hola)
  await line.wake()
  await expect.poll(line.waiting, soon).toEqual([])
  const [person] = await owner.query('select person_id as id from portal_person where portal_id = $1 and person_id is not null', [
    line.portalId,
  ])
  const [chat] = await owner.query('select id from chat where account_id = $1', [line.accountId])
  const out = { op: 'out', kind: 'text', hops: [], traceId: 't', chatId: chat?.['id'], at: new Date().toISOString() }
  const answer = {
    ...out,
    messageId: crypto.randomUUID(),
    token: crypto.randomUUID(),
    bodyHash: 'h',
    text: 'Buenas',
    author: { kind: 'person', id: person?.['id'], name: 'Ana' },
  }
  const automatic = {
    ...answer,
    messageId: crypto.randomUUID(),
    token: crypto.randomUUID(),
    text: 'Gracias',
    author: { kind: 'system', id: null, name: null },
  }
  const sent = ({ messageId }: { messageId: string }) => ({
    op: 'outcome',
    messageId,
    status: 'sent',
    providerId: `wamid.${messageId}`,
    at: new Date().toISOString(),
    hops: [],
  })
  await line.ingest(answer, sent(answer), automatic, sent(automatic))
  const edit = {
    op: 'edit',
    origin: 'customer',
    channelId: line.channelId,
    providerId: 'e',
    target: hola.providerId,
    customer: hola.customer,
    at: new Date().toISOString(),
    hops: [],
    text: 'Hola, buenas',
  }
  await line.ingest(edit)
  await owner.query("update chat set state = 'closed' where id = $1", [chat?.['id']])
  await line.wake()
  await expect.poll(line.waiting, soon).toEqual([])
  expect((await line.rows('bubbles')).filter(({ from }) => from !== 'system')).toMatchObject([
    { from: 'client', text: 'Hola, buenas' },
    { from: 'operator', text: 'Buenas', authorId: 1, disableCrm: true },
    { from: 'client', text: '[b]Mensaje automático:[/b]\nGracias', disableCrm: true },
  ])
  expect(await line.rows('sessions')).toMatchObject([{ status: 'closed', operatorId: 1 }])
  expect(
    await owner.query(
      'select user_id, echo_hash is not null as awaited from portal_message where portal_id = $1 and message_id = $2',
      [line.portalId, answer.messageId],
    ),
  ).toEqual([{ user_id: '1', awaited: true }])
})

test('a file has an address that opens it alone, without our session, with its type and its name; and not for ever', async () => {
  const line = await aLine()
  await env.MEDIA.put('m/photo', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))
  const mediaId = crypto.randomUUID()
  const photo = line.says('51987000111', 'La factura', {
    kind: 'image',
    mediaId,
    media: { ref: {}, mime: 'image/jpeg' },
  })
  await line.ingest(photo, line.says('51987000111', 'después'))
  await line.wake()
  // It is on its way to us: nothing of this chat overtakes it.
  await expect.poll(line.hops, soon).toEqual(['portal_waits portal_file_pending'])
  await owner.query("update media set state = 'ready', r2_key = 'm/photo' where id = $1", [mediaId])
  await line.wake()
  await expect.poll(line.waiting, soon).toEqual([])
  const [asked] = (await line.portal.got('imconnector.send.messages')).map((row) => JSON.stringify(row))
  const url = /"url":"(http[^"]+\/files\/[^"]+)"/.exec(asked ?? '')?.[1] ?? ''
  expect(decodeURIComponent(url)).toMatch(/\/image\.jpg$/)
  const path = new URL(url).pathname
  const head = await SELF.fetch(`http://app.test${path}`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-type'), head.headers.get('content-length')]).toEqual([200, 'image/jpeg', '4'])
  expect((await SELF.fetch(`http://app.test${path.replace('/image.jpg', '')}`)).status).toBe(200)
  expect((await SELF.fetch(`http://app.test${path.replace(/\.([^.]{6})/, '.AAAAAA')}`)).status).toBe(404)
})

test('the same customer in two portals is a client of each, and neither hears of the other', async () => {
  const [one, two] = [await aLine(), await aLine()]
  await one.ingest(one.says('51987000111', 'a uno'))
  await two.ingest(two.says('51987000111', 'a dos'))
  await Promise.all([one.wake(), two.wake()])
  await expect.poll(one.texts, soon).toEqual(['a uno'])
  await expect.poll(two.texts, soon).toEqual(['a dos'])
})
