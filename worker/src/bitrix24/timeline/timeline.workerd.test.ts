/// <reference types="@cloudflare/vitest-plugin/types" />
import { abortAllDurableObjects } from 'cloudflare:test'
import { expect, test, vi } from 'vitest'
import * as z from 'zod'
import { aLine } from '../a-line.ts'
import { control, owner } from '../a-portal.ts'

const soon = { timeout: 20_000, interval: 50 }
const mobile = (value: string) => [{ typeId: 'PHONE', valueType: 'MOBILE', value }]
const Numbered = z.looseObject({ number: z.number() })

/** A line, cards of its CRM, and what of ours stands in them. */
async function aDesk() {
  const line = await aLine()
  const item = async (typeId: number, fields: object) => Numbered.parse(await line.portal.does('item', { typeId, fields })).number
  const ours = async () => (await line.rows('activities')).filter(({ kind }) => kind === 'configurable')
  const due = () =>
    owner.query("update portal_activity set due_at = now() - interval '1 second' where portal_id = $1 and due_at is not null", [
      line.portalId,
    ])
  /** Nothing waits for its time any longer. */
  const goOn = async <T>(look: () => Promise<T>): Promise<T> => (await due(), await line.wake(), look())
  const idle = () => owner.query('select 1 from portal_activity where portal_id = $1 and due_at is not null', [line.portalId])
  const settled = () => expect.poll(() => goOn(idle), soon).toEqual([])
  const chat = async () => (await owner.query('select id from chat where account_id = $1', [line.accountId]))[0]?.['id']
  /** Somebody answers, and the provider takes it. */
  const answer = async () => {
    await owner.query(
      "insert into message (account_id, chat_id, channel_id, direction, kind, text, status, at, author_kind, author_name, provider_id) values ($1, $2, $3, 'out', 'text', 'Sí', 'sent', now(), 'person', 'Ana', $4)",
      [line.accountId, await chat(), line.channelId, crypto.randomUUID()],
    )
    await owner.query("update chat set unanswered = 0, waiting_since = null, state = 'waiting' where account_id = $1", [
      line.accountId,
    ])
  }
  return { ...line, item, ours, goOn, settled, answer }
}

test('a session stands once in the client’s card, raises its counter while they wait, and is finished when it is answered', async () => {
  const desk = await aDesk()
  const rosa = await desk.item(3, { name: 'Rosa', fm: mobile('+51987000111') })
  await desk.item(2, { title: 'Mil cajas', contactId: rosa })
  await desk.ingest(desk.says('51987000111', '¿Precio?'), desk.says('51987000111', '¿Hola?'))
  await expect
    .poll(() => desk.goOn(desk.ours), soon)
    .toMatchObject([
      {
        typeId: 2,
        title: 'WhatsApp · Ventas',
        completed: false,
        incoming: true,
        // The client's own card shows it, too.
        bindings: [{ typeId: 3, number: rosa }],
        layout: { header: { tags: { state: { type: 'warning', title: '2 mensajes sin responder' } } } },
      },
    ])
  await desk.answer()
  await expect
    .poll(() => desk.goOn(desk.ours), soon)
    .toMatchObject([{ completed: true, layout: { header: { tags: { state: { title: 'Respondido' } } } } }])
  expect(JSON.stringify(await desk.ours())).toContain('Atendió: Ana')
  // Nobody's words stand in a card that more people may open than the chat.
  expect(JSON.stringify(await desk.ours())).not.toContain('Precio')
  await desk.ingest(desk.says('51987000111', 'Gracias'))
  await expect.poll(() => desk.goOn(desk.ours), soon).toMatchObject([{ completed: false, fields: { badgeCode: 'wab24_waits' } }])
  await owner.query("update chat set state = 'closed', unanswered = 0, waiting_since = null where account_id = $1", [
    desk.accountId,
  ])
  await expect
    .poll(() => desk.goOn(desk.ours), soon)
    .toMatchObject([{ completed: true, layout: { header: { tags: { state: { title: 'Cerrado' } } } } }])
  await expect.poll(desk.hops, soon).toEqual(expect.arrayContaining(['portal_timeline', 'portal_timeline_over']))
})

test('what was made before its answer was lost is found and kept in step, never made again', async () => {
  const desk = await aDesk()
  const rosa = await desk.item(3, { name: 'Rosa', fm: mobile('+51987000111') })
  // No entry is made before its words are there, and none by itself until we have made it: both wait for us.
  const line = (state: string) => owner.query('update portal_line set state = $2 where portal_id = $1', [desk.portalId, state])
  await line('paused')
  await desk.ingest(desk.says('51987000111', 'Hola'))
  const [row] = await owner.query(
    "update portal_activity set asked = true, due_at = now() + interval '1 hour' where portal_id = $1 returning id",
    [desk.portalId],
  )
  await line('active')
  await desk.wake()
  await expect.poll(desk.texts, soon).toHaveLength(1)
  const fields = { typeId: 'CONFIGURABLE', completed: 'N', isIncomingChannel: 'Y', originatorId: 'wab24', originId: row?.['id'] }
  const text = { type: 'text', properties: { value: 'x' } }
  const layout = { icon: { code: 'info' }, header: { title: 'x' }, body: { logo: { code: 'document' }, blocks: { text } } }
  const params = { ownerTypeId: 3, ownerId: rosa, fields, layout }
  await desk.portal.object().call({ method: 'crm.activity.configurable.add', params, priority: 'sync' })
  await expect.poll(() => desk.goOn(desk.ours), soon).toMatchObject([{ title: 'WhatsApp · Ventas', number: rosa }])
  await desk.settled()
  expect(await desk.ours()).toHaveLength(1)
})

test('a missed call is in the card; whom the CRM does not know is nowhere, until it does', async () => {
  const desk = await aDesk()
  await desk.ingest(desk.says('51987000111', '', { kind: 'system', text: null, extra: { system: 'missed_call' } }))
  await desk.settled()
  expect(await desk.ours()).toEqual([])
  const rosa = await desk.item(3, { name: 'Rosa', fm: mobile('+51987000111') })
  await desk.ingest(desk.says('51987000111', '', { kind: 'system', text: null, extra: { system: 'missed_call' } }))
  await expect
    .poll(() => desk.goOn(desk.ours), soon)
    .toMatchObject([{ typeId: 3, number: rosa, title: 'Llamada perdida por WhatsApp', completed: true }])
})

test('what the CRM refuses is said once and holds nothing up', async () => {
  const desk = await aDesk()
  const rosa = await desk.item(3, { name: 'Rosa', fm: mobile('+51987000111') })
  await desk.ingest(desk.says('51987000111', 'Hola'))
  await expect.poll(() => desk.goOn(desk.ours), soon).toHaveLength(1)
  // Somebody in the portal took it away: it stays away.
  const [entry] = await desk.ours()
  await desk.portal.object().call({ method: 'crm.activity.delete', params: { id: entry?.['id'] }, priority: 'sync' })
  await desk.answer()
  await desk.settled()
  expect(await desk.ours()).toEqual([])
  await expect.poll(desk.hops, soon).toContain('portal_timeline_failed NOT_FOUND')
  expect(rosa).toBeGreaterThan(0)
  await desk.ingest(desk.says('51987000111', 'Otra'))
  await expect.poll(() => desk.goOn(desk.texts), soon).toHaveLength(3)
})

test('a contact who is called otherwise here is called so in the portal, once; a portal that is away learns it later', async () => {
  const desk = await aDesk()
  await desk.ingest(desk.says('51987000111', 'Hola'))
  await desk.wake()
  // We know of the conversation when its portal has answered, which is after it has the words.
  await expect.poll(desk.hops, soon).toContain('portal_send')
  const names = async () => (await desk.rows('dialogs')).map(({ name }) => name)
  await owner.query("update contact set name = 'Rosa Vera 2' where account_id = $1", [desk.accountId])
  await expect.poll(() => desk.goOn(names), soon).toEqual(['Rosa Vera'])
  // Written when the portal has answered, which is after it has the name.
  await expect.poll(desk.hops, soon).toContain('portal_renamed')
  await desk.portal.settings({ isOverloaded: true })
  await owner.query("update contact set name = 'Rosa Paz' where account_id = $1", [desk.accountId])
  const later = () => owner.query('select id from portal_chat where portal_id = $1 and name_due_at > now()', [desk.portalId])
  await expect.poll(() => desk.goOn(later), soon).toHaveLength(1)
  await desk.portal.settings({ isOverloaded: false })
  // A new life asks at once; this one would leave a blocked portal alone for minutes.
  await abortAllDurableObjects()
  const due = "update portal_chat set name_due_at = now() - interval '1 second' where portal_id = $1 and name_due_at is not null"
  await desk.portal.object().check()
  await expect.poll(async () => (await owner.query(due, [desk.portalId]), desk.goOn(names)), soon).toEqual(['Rosa Paz'])
})

test('a name is told although there is always an entry that is due', async () => {
  const desk = await aDesk()
  await desk.item(3, { name: 'Rosa', fm: mobile('+51987000111') })
  await desk.ingest(desk.says('51987000111', 'Hola'))
  await desk.wake()
  await expect.poll(desk.texts, soon).toHaveLength(1)
  const entry = "update portal_activity set due_at = now() - interval '1 second' where portal_id = $1"
  const real = globalThis.fetch
  const rounds = { told: 0 }
  const busy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    const answer = await real(...request)
    const body = String(request[1]?.body)
    if (body.includes('portal_timeline_settle(') && body.includes(desk.portalId)) {
      rounds.told += 1
      await owner.query(entry, [desk.portalId])
    }
    return answer
  })
  await owner.query(entry, [desk.portalId])
  await desk.wake()
  await expect.poll(() => rounds.told, soon).toBeGreaterThan(1)
  await owner.query("update contact set name = 'Rosa Vera 2' where account_id = $1", [desk.accountId])
  const names = async () => (await desk.rows('dialogs')).map(({ name }) => name)
  await expect.poll(names, soon).toEqual(['Rosa Vera'])
  busy.mockRestore()
})

test('who gets another name while their first words are under way is called so there, too', async () => {
  const desk = await aDesk()
  // It has the words at once, and says so late.
  const slow = { where: 'rest', what: 'imconnector.send.messages', slowMs: 3_000, next: 1, portal: desk.portal.id }
  await control('POST', '/mischief', slow)
  await desk.ingest(desk.says('51987000111', 'Hola'))
  await desk.wake()
  await expect.poll(desk.texts, soon).toHaveLength(1)
  await owner.query("update contact set name = 'Rosa Paz' where account_id = $1", [desk.accountId])
  await expect.poll(async () => (await desk.rows('dialogs')).map(({ name }) => name), soon).toEqual(['Rosa Paz'])
})

test('a number that the CRM knows is that client, with their deal, on every line; one that it does not becomes one lead, once', async () => {
  const desk = await aDesk()
  const rosa = await desk.item(3, { name: 'Rosa', fm: mobile('+51 987 000 111') })
  const deal = await desk.item(2, { title: 'Mil cajas', contactId: rosa })
  await desk.ingest(desk.says('51987000111', 'Hola'), desk.says('51987000222', 'Buenas'))
  await desk.wake()
  await expect.poll(desk.texts, soon).toHaveLength(2)
  const [lead, ...more] = (await desk.rows('items')).filter(({ typeId }) => typeId === 1)
  expect(more).toEqual([])
  const crm = async () => Object.fromEntries((await desk.rows('dialogs')).map((one) => [one['externalChat'], one['crm']]))
  expect(await crm()).toMatchObject({
    'wa-51987000111': { CONTACT: rosa, DEAL: deal, LEAD: 0 },
    'wa-51987000222': { LEAD: lead?.['number'], CONTACT: 0 },
  })
  // Closed and begun again, renamed, by its other spelling: the same cards.
  await owner.query("update chat set state = 'closed' where account_id = $1", [desk.accountId])
  await owner.query("update contact set name = 'Otra Persona' where account_id = $1", [desk.accountId])
  await desk.ingest(desk.says('51987000222', 'Otra vez'), desk.says('51987000111', 'Otra vez'))
  await expect.poll(() => desk.goOn(desk.texts), soon).toHaveLength(4)
  const items = await desk.rows('items')
  expect(items.map(({ typeId }) => typeId).toSorted()).toEqual([1, 2, 3])
})
