/// <reference types="@cloudflare/vitest-plugin/types" />
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import * as z from 'zod'
import { doJob } from '../../jobs.ts'
import { administrator } from '../a-company.ts'
import { aPortal, control, owner } from '../a-portal.ts'
import { choicesOf, hasNewChoices } from './choices.ts'

const Rows = z.object({ items: z.array(z.looseObject({})) })
const template = {
  body: 'Hola {{1}}, su pedido {{2}} está listo.',
  format: 'positional',
  header: null,
  footer: null,
  buttons: [],
  examples: [],
  unsupported: null,
}

/** A portal with our application, and a number of the company that has one template. */
async function aDesk(kind: 'meta' | 'session') {
  const portal = await aPortal()
  await portal.begin()
  const accountId = String((await portal.row())?.['account_id'])
  const [channel] = await owner.query(
    "insert into channel (account_id, kind, key, name, phone, line, sealed) values ($1, $2, $3, 'Ventas', '593980000000', $3, '') returning id",
    [accountId, kind, crypto.randomUUID()],
  )
  const channelId = String(channel?.['id'])
  await owner.query(
    "insert into template (account_id, channel_id, name, language, category, status, components) values ($1, $2, 'pedido_listo', 'es', 'utility', 'approved', $3)",
    [accountId, channelId, JSON.stringify(template)],
  )
  await portal.object().register()
  const rows = async (name: string) => Rows.parse(await control('GET', `/portals/${portal.id}/rows/${name}`)).items
  /** What the simulator posted to our robot's address, brought by hand. */
  const bring = async (event: 'robot' | 'sms', times = 1) => {
    await control('POST', '/quiet')
    const body = (await portal.told(event)).at(-1)?.body ?? ''
    const statuses = []
    for (let time = 0; time < times; time += 1) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      statuses.push((await SELF.fetch('http://app.test/bitrix24/robot', { method: 'POST', body, headers })).status)
    }
    return statuses
  }
  /** Does the jobs of deeds until none is left; the courier may have done some of them. */
  const work = async () => {
    for (let round = 0; round < 40; round += 1) {
      const jobs = await owner.query(
        "select id from job where account_id = $1 and kind = 'portal_deed' and done_at is null and run_after < now() + interval '1 minute'",
        [accountId],
      )
      for (const { id } of jobs) await doJob(env, String(id))
      const open = await owner.query("select 1 from portal_deed where account_id = $1 and state = 'waiting'", [accountId])
      if (jobs.length === 0 && open.length === 0) return
      await scheduler.wait(100)
    }
  }
  const item = async (typeId: number, fields: object) =>
    z.looseObject({ number: z.number() }).parse(await portal.does('item', { typeId, fields })).number
  const messages = () =>
    owner.query('select id, text, status, error_code, kind, author_kind from message where account_id = $1 order by id', [
      accountId,
    ])
  return { portal, accountId, channelId, rows, bring, work, item, messages }
}

const mobile = (value: string) => [{ typeId: 'PHONE', valueType: 'MOBILE', value }]

test('the robot and a sender for each number are there, and what one chooses follows the company', async () => {
  const { portal, accountId, channelId, rows } = await aDesk('meta')
  const [robot] = await rows('robots')
  expect(robot).toMatchObject({
    code: 'wab24_send',
    fields: {
      PROPERTIES: {
        channel: { Options: { [channelId]: 'Ventas' } },
        template: { Options: { 'pedido_listo|es': 'pedido_listo (es)' } },
      },
    },
  })
  expect(await rows('senders')).toMatchObject([{ name: 'WhatsApp Ventas' }])
  await owner.query('update channel set archived_at = now() where account_id = $1', [accountId])
  await portal.object().register()
  expect(await rows('senders')).toEqual([])
  expect(await rows('robots')).toHaveLength(1)
})

test('a new template is something to choose from; a database that is away is not', async () => {
  const { accountId, portal } = await aDesk('meta')
  const portalId = String((await portal.row())?.['id'])
  const registered = JSON.stringify(await choicesOf(env, portalId))
  expect(await hasNewChoices(env, portalId, registered)).toBe(false)
  await owner.query("update template set name = 'aviso' where account_id = $1", [accountId])
  expect(await hasNewChoices(env, portalId, registered)).toBe(true)
  const away = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('the database is away'))
  expect(await hasNewChoices(env, portalId, registered)).toBe(false)
  away.mockRestore()
})

test('a robot sends its template to the client of a deal, once for one token, and is answered', async () => {
  const { portal, channelId, bring, work, item, messages, rows } = await aDesk('meta')
  const rosa = await item(3, { name: 'Rosa', fm: mobile('+593987654321') })
  const deal = await item(2, { title: 'Mil cajas', contactId: rosa })
  const properties = { channel: channelId, template: 'pedido_listo|es', p1: 'Rosa', p2: '540' }
  await portal.does('robot', { code: 'wab24_send', id: `2:${deal}`, properties })
  expect(await bring('robot', 2)).toEqual([200, 200])
  await expect
    .poll(async () => (await work(), await messages()), { timeout: 15_000 })
    .toMatchObject([{ text: 'Hola Rosa, su pedido 540 está listo.', kind: 'template', author_kind: 'system' }])
  // Nothing is said too early; what the provider says then is what the workflow hears, once.
  expect(await rows('robotRuns')).toMatchObject([{ answer: null }])
  const [message] = await messages()
  for (const status of ['sent', 'delivered'])
    await owner.query('update message set status = $2 where id = $1', [message?.['id'], status])
  await expect
    .poll(async () => (await work(), await rows('robotRuns')), { timeout: 15_000 })
    .toMatchObject([{ answer: { status: 'delivered', message_id: message?.['id'], error: '' } }])
  expect(await messages()).toHaveLength(1)
})

test('what cannot be sent is answered with its reason, and stands in the card', async () => {
  const { portal, channelId, bring, work, item, messages, rows } = await aDesk('meta')
  const lead = await item(1, { title: 'Sin teléfono', fm: [] })
  await portal.does('robot', { code: 'wab24_send', id: `1:${lead}`, properties: { channel: channelId, text: 'Hola' } })
  await bring('robot')
  await expect
    .poll(async () => (await work(), await rows('robotRuns')), { timeout: 15_000 })
    .toMatchObject([{ answer: { status: 'failed', error: expect.stringContaining('no tiene un teléfono') } }])
  expect(await messages()).toEqual([])
  // The card is told after the workflow.
  await expect
    .poll(() => rows('activities'), { timeout: 15_000 })
    .toMatchObject([{ kind: 'log', title: 'WhatsApp no enviado', number: lead }])

  // Free words to who has not written for a day: the message is in the chat, with its reason.
  const rosa = await item(3, { name: 'Rosa', fm: mobile('+593987654321') })
  await portal.does('robot', { code: 'wab24_send', id: `3:${rosa}`, properties: { channel: channelId, text: 'Hola' } })
  await bring('robot')
  await expect
    .poll(async () => (await work(), await messages()), { timeout: 15_000 })
    .toMatchObject([{ text: 'Hola', status: 'failed', error_code: 'window_closed' }])
})

test('what a robot was refused stands in the queue with its way; once the card has a phone, a retry sends it, and the workflow is not answered twice', async () => {
  const { portal, channelId, bring, work, item, messages, rows } = await aDesk('session')
  const api = await administrator(portal)
  const portalId = String((await portal.row())?.['id'])
  const queue = async () => Rows.parse((await api('GET', `/portals/${portalId}/queue`)).json).items
  const lead = await item(1, { title: 'Sin teléfono', fm: [] })
  await portal.does('robot', {
    code: 'wab24_send',
    id: `1:${lead}`,
    properties: { channel: channelId, text: 'Su turno es mañana' },
  })
  await bring('robot')
  await expect
    .poll(async () => (await work(), await queue()), { timeout: 15_000 })
    .toMatchObject([
      {
        ...{ kind: 'robot', state: 'failed', direction: 'to_customer', code: 'deed_no_phone', isMessage: false },
        ...{ text: 'Su turno es mañana', card: { entity: 'lead', id: lead }, nextStep: expect.any(String) },
      },
    ])
  const [entry] = await queue()
  const way = async () => (await api('GET', `/messages/${String(entry?.['messageId'])}/trace`)).json
  await expect.poll(way, { timeout: 15_000 }).toMatchObject({ hops: [{ what: 'deed_refused' }, { what: 'deed_told' }] })
  await portal.does('item', { id: `1:${lead}`, fields: { fm: mobile('+593987654321') } })
  const decided = await api('POST', `/portals/${portalId}/queue/decisions`, { decision: 'retry', ids: [entry?.['id']] })
  expect(decided.json).toEqual({ done: 1, kept: 0, left: 0 })
  await expect
    .poll(async () => (await work(), await messages()), { timeout: 15_000 })
    .toMatchObject([{ id: entry?.['id'], text: 'Su turno es mañana' }])
  expect((await rows('robotRuns')).map(({ answer }) => answer)).toMatchObject([{ status: 'failed' }])
})

test('a template with a file: the robot’s link is fetched and goes with it; without a link, or with one to nowhere public, it says why', async () => {
  const { portal, accountId, channelId, bring, work, item, messages, rows } = await aDesk('meta')
  await owner.query(
    'update template set components = jsonb_set(components, \'{header}\', \'{"kind": "image"}\') where account_id = $1',
    [accountId],
  )
  await portal.object().register()
  const [robot] = await rows('robots')
  expect(robot).toMatchObject({
    fields: { PROPERTIES: { template: { Options: { 'pedido_listo|es': 'pedido_listo (es) 📎' } } } },
  })
  const rosa = await item(3, { name: 'Rosa', fm: mobile('+593987654321') })
  const asks = async (file: string) => {
    const properties = { channel: channelId, template: 'pedido_listo|es', p1: 'Rosa', p2: '540', file }
    await portal.does('robot', { code: 'wab24_send', id: `3:${rosa}`, properties })
    await bring('robot')
  }
  const last = async () => (await work(), (await messages()).at(-1))
  await asks('')
  await expect.poll(last, { timeout: 15_000 }).toMatchObject({ status: 'failed', error_code: 'deed_file_missing' })
  await asks('https://localhost/foto.png')
  await expect.poll(last, { timeout: 15_000 }).toMatchObject({ status: 'failed', error_code: 'deed_file_unread' })
  await asks(z.looseObject({ link: z.string() }).parse(await portal.does('file', { sample: 'image' })).link)
  await expect.poll(last, { timeout: 15_000 }).toMatchObject({ kind: 'template', text: 'Hola Rosa, su pedido 540 está listo.' })
  const [file] = await owner.query(
    "select f.kind, f.state, f.name from message m join media f on f.id = m.media_id where m.account_id = $1 and m.kind = 'template' order by m.id desc",
    [accountId],
  )
  expect(file).toMatchObject({ kind: 'image', state: 'ready' })
})

test('an SMS from a card goes by the sender’s number, and its status follows', async () => {
  const { portal, bring, work, item, messages, rows } = await aDesk('meta')
  const rosa = await item(3, { name: 'Rosa', fm: mobile('+593987654321') })
  const [sender] = await rows('senders')
  await portal.does('sms', { sender: sender?.['code'], id: `3:${rosa}`, text: 'Buenos días' })
  expect(await bring('sms', 2)).toEqual([200, 200])
  await expect
    .poll(async () => (await work(), await messages()), { timeout: 15_000 })
    .toMatchObject([{ text: 'Buenos días', status: 'failed', error_code: 'window_closed' }])
  await expect.poll(async () => (await work(), await rows('sms')), { timeout: 15_000 }).toMatchObject([{ status: 'undelivered' }])
})

test('nobody without the portal’s token asks us for anything', async () => {
  const { portal } = await aDesk('meta')
  const body = new URLSearchParams({
    code: 'wab24_send',
    event_token: 'x|y',
    'auth[member_id]': portal.id,
    'auth[application_token]': 'x',
  })
  const post = (text: string) =>
    SELF.fetch('http://app.test/bitrix24/robot', {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  expect((await post(body.toString())).status).toBe(403)
  expect((await post('a=b')).status).toBe(400)
})
