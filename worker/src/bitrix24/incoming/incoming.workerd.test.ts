/// <reference types="@cloudflare/vitest-plugin/types" />
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { settingsOf } from '../../lib/env.ts'
import { seal } from '../../lib/seal.ts'
import { aPortal, control, owner, tell } from '../a-portal.ts'

afterEach(async () => {
  vi.restoreAllMocks()
  await control('PUT', '/clock', { aheadMs: 0 })
})

type Settings = { kind?: 'meta' | 'session'; wroteHoursAgo?: number; settings?: object; signs?: boolean }

const Sent = z.object({
  DATA: z.object({ RESULT: z.array(z.looseObject({ session: z.object({ ID: z.string(), CHAT_ID: z.string() }) })) }),
})

/** A portal whose open line carries a number of ours, and a customer who has written there. */
async function aTalk({ kind = 'meta', wroteHoursAgo = 0, settings = {}, signs = false }: Settings = {}) {
  const portal = await aPortal()
  await portal.begin()
  const row = await portal.row()
  const [accountId, portalId] = [String(row?.['account_id']), String(row?.['id'])]
  const ids = {
    channel: crypto.randomUUID(),
    contact: crypto.randomUUID(),
    chat: crypto.randomUUID(),
    portalChat: crypto.randomUUID(),
  }
  const connector = `wab24_${ids.channel.replaceAll('-', '').slice(-12)}`
  const call = async (method: string, params: Record<string, unknown>) => {
    const called = await portal.object().call({ method, params, priority: 'message' })
    expect(called, method).toMatchObject({ ok: true })
    return 'result' in called ? called.result : null
  }
  await call('imconnector.register', {
    ...{
      ID: connector,
      NAME: 'WhatsApp',
      ICON: { DATA_IMAGE: 'data:image/svg+xml,x' },
      PLACEMENT_HANDLER: 'http://app.test/bitrix24/connector',
    },
    ...{ NEED_SIGNATURE: signs, CHAT_GROUP: false },
  })
  const line = z.looseObject({ id: z.number() }).parse(await portal.does('line', { name: 'Ventas', queue: [2] })).id
  await call('imconnector.activate', { CONNECTOR: connector, LINE: line, ACTIVE: '1' })
  await call('imconnector.connector.data.set', { CONNECTOR: connector, LINE: line, DATA: { ID: 'x', NAME: 'WhatsApp' } })
  const user = { id: 'wa-51987000111', name: 'Rosa', phone: '+51987000111' }
  const item = { user, message: { id: 'first', date: 1, text: 'Hola' }, chat: { id: 'wa-51987000111' } }
  const [first] = Sent.parse(await call('imconnector.send.messages', { CONNECTOR: connector, LINE: line, MESSAGES: [item] })).DATA
    .RESULT
  const { CHAT_ID: im, ID: session } = first?.session ?? { CHAT_ID: '', ID: '' }
  // Its sending is paused: what was taken stands in the line, and nobody is asked.
  const credentials = kind === 'session' ? { kind } : { kind, phoneNumberId: '1', accessToken: 'x' }
  const sealed = await seal(JSON.stringify(credentials), `channel|sealed|${ids.channel}|${accountId}`, settingsOf(env).keyring)
  await owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed, settings, sending_paused_at) values ($1, $2, $3, 'Ventas', $4, '1', $4, $5, $6, now())",
    [ids.channel, accountId, kind, ids.channel, sealed, JSON.stringify({ allowVideo: false, allowLinks: true, ...settings })],
  )
  await owner.query("insert into contact (id, account_id, phone, name, search) values ($1, $2, '51987000111', 'Rosa', 'rosa')", [
    ids.contact,
    accountId,
  ])
  await owner.query(
    "insert into chat (id, account_id, channel_id, contact_id, object_key, last_inbound_at) values ($1, $2, $3, $4, 'p:51987000111', now() - make_interval(hours => $5))",
    [...[ids.chat, accountId, ids.channel, ids.contact, wroteHoursAgo]],
  )
  await owner.query(
    "insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name, signs) values ($1, $2, $3, $4, $5, 'Ventas', $6)",
    [...[accountId, portalId, ids.channel, connector, line, signs]],
  )
  await owner.query(
    "insert into portal_chat (id, account_id, portal_id, chat_id, connector, external_id, line, im_chat_id, session_id, responsible) values ($1, $2, $3, $4, $5, 'wa-51987000111', $6, $7, $8, '2')",
    [ids.portalChat, accountId, portalId, ids.chat, connector, line, im, session],
  )
  const write = (text: string, more: object = {}) => portal.does('write', { chat: im, text, ...more })
  const messages = () =>
    owner.query(
      'select m.text, m.kind, m.status, m.error_code, m.author_kind, m.author_name, f.mime, f.name, f.state from message m left join media f on f.id = m.media_id where m.chat_id = $1 order by m.at, m.id',
      [ids.chat],
    )
  const events = () =>
    owner.query('select name, state, problem, repeats from portal_event where portal_id = $1 order by at, id', [portalId])
  return { portal, accountId, portalId, ids, connector, line, im, session, write, messages, events, call }
}

type Talk = Awaited<ReturnType<typeof aTalk>>

/** Everything that the portal told under this name, in that order, as it was sent. */
async function bodies({ portal }: Talk, event = 'ONIMCONNECTORMESSAGEADD'): Promise<string[]> {
  await control('POST', '/quiet')
  return (await portal.told(event)).map(({ body }) => body)
}

const SOON = { timeout: 15_000 }

test('what an operator writes is a message of the chat, once, however often it is told; words as WhatsApp writes them', async () => {
  const talk = await aTalk()
  await talk.write('[b]Hola[/b] Rosa[br]¿qué tal?')
  const [body = ''] = await bodies(talk)
  expect(await Promise.all([tell(body), tell(body)])).toEqual([200, 200])
  // The same, as a second handler would bring it.
  expect(await tell(body.replace(/event_handler_id=\d+/, 'event_handler_id=9'))).toBe(200)
  await expect.poll(talk.messages, SOON).toEqual([
    {
      text: '*Hola* Rosa\n¿qué tal?',
      kind: 'text',
      status: 'queued',
      error_code: null,
      author_kind: 'api',
      author_name: expect.stringMatching(/^Bitrix24: ./),
      mime: null,
      name: null,
      state: null,
    },
  ])
  await expect.poll(talk.events, SOON).toEqual([{ name: 'ONIMCONNECTORMESSAGEADD', state: 'done', problem: null, repeats: 0 }])
  const hops = await owner.query(
    'select t.what, t.place from trace t join message m on m.id = t.message_id where m.chat_id = $1 order by t.id',
    [talk.ids.chat],
  )
  expect(hops.map(({ what }) => what)).toEqual(['operator_wrote', 'stored'])
})

test('an employee who is a person of ours writes under their name, unless their role does not let them', async () => {
  const talk = await aTalk()
  const person = crypto.randomUUID()
  await owner.query(
    "insert into person (id, account_id, name, email, role_id) select $1::text::uuid, $2, 'Luis Paz', $1 || '@x.test', r.id from role r where r.account_id = $2 and r.base = 'agent' limit 1",
    [person, talk.accountId],
  )
  await owner.query(
    "insert into portal_person (portal_id, user_id, account_id, person_id, name) values ($1, '2', $2, $3, 'L. Paz') on conflict (portal_id, user_id) do update set person_id = excluded.person_id, name = excluded.name",
    [talk.portalId, talk.accountId, person],
  )
  await talk.write('Buenas')
  for (const body of await bodies(talk)) await tell(body)
  await expect
    .poll(talk.messages, SOON)
    .toMatchObject([{ text: 'Buenas', author_kind: 'person', author_name: 'Luis Paz', status: 'queued' }])
  await owner.query("update role set changes = changes || '{\"messages.send\": null}' where account_id = $1 and base = 'agent'", [
    talk.accountId,
  ])
  await talk.write('Otra')
  await tell((await bodies(talk)).at(-1) ?? '')
  await expect.poll(talk.messages, SOON).toMatchObject([{}, { text: 'Otra', status: 'failed', error_code: 'sender_not_allowed' }])
})

test('what may not go stays in the chat with its reason', async () => {
  const talk = await aTalk({ wroteHoursAgo: 30 })
  await talk.write('¿Sigue ahí?')
  for (const body of await bodies(talk)) await tell(body)
  await expect.poll(talk.messages, SOON).toMatchObject([{ text: '¿Sigue ahí?', status: 'failed', error_code: 'window_closed' }])
  await expect.poll(talk.events, SOON).toMatchObject([{ state: 'refused', problem: 'window_closed' }])
})

test('what nobody can pay for stays in the chat, and its writer reads why', async () => {
  const talk = await aTalk()
  // In Zambia answers cost, too (db/local/a-sender.ts); we pay for them, and nobody has paid us.
  await owner.query(
    `insert into rate (provider, market, category, currency, price, cost, valid_from) values ('meta', 'ZM', 'service', 'USD', 50, 1, '2026-01-01Z') on conflict do nothing`,
    [],
  )
  await owner.query("update contact set phone = '260971234567' where id = $1", [talk.ids.contact])
  await owner.query("update channel set who_pays = 'us' where id = $1", [talk.ids.channel])
  await owner.query("select ledger_open($1, 'USD')", [talk.accountId])
  await talk.write('Hola, Rosa')
  const [body = ''] = await bodies(talk)
  expect(await tell(body)).toBe(200)
  await expect.poll(talk.messages, SOON).toMatchObject([{ text: 'Hola, Rosa', status: 'failed', error_code: 'balance_empty' }])
  const told = async () => JSON.stringify(await talk.portal.got('im.notify.system.add'))
  await expect.poll(told, SOON).toContain('No hay saldo')
})

test('what did not arrive, or cannot be changed at the customer’s, is said in the line and to whoever wrote it', async () => {
  const talk = await aTalk({ wroteHoursAgo: 30 })
  const bubble = z.looseObject({ id: z.number() }).parse(await talk.write('¿Sigue ahí?')).id
  for (const body of await bodies(talk)) await tell(body)
  await expect.poll(talk.messages, SOON).toMatchObject([{ status: 'failed' }])
  const said = async (method: string) => {
    await talk.portal.object().wake()
    return JSON.stringify(await talk.portal.got(method))
  }
  await expect.poll(() => said('im.notify.system.add'), SOON).toContain('24 horas')
  expect(await said('imconnector.send.messages')).toContain('⚠ No se entregó a WhatsApp')
  // Somebody sends it after all, and it is taken: now the operator's bubble says so, and can be edited there.
  await owner.query(
    "update message set status = 'sent', provider_id = 'wamid.X', error_code = null, provider_code = null where chat_id = $1",
    [talk.ids.chat],
  )
  await expect.poll(() => said('imconnector.send.status.delivery'), SOON).toContain(String(bubble))
  await talk.portal.does('edit', { message: bubble, text: '¿Sigue allí?' })
  for (const body of await bodies(talk, 'ONIMCONNECTORMESSAGEUPDATE')) await tell(body)
  await expect.poll(() => said('imconnector.send.messages'), SOON).toContain('El cliente sigue viendo el texto anterior')
  await expect
    .poll(talk.events, SOON)
    .toContainEqual(expect.objectContaining({ name: 'ONIMCONNECTORMESSAGEUPDATE', state: 'refused' }))
  expect(await talk.messages()).toMatchObject([{ text: '¿Sigue ahí?' }])
})

test('an operator changes what is just leaving: it is done as soon as the message has left', async () => {
  const talk = await aTalk({ kind: 'session' })
  await owner.query(
    "insert into contact_identity (account_id, contact_id, kind, value) values ($1, $2, 'phone', '51987000111')",
    [...[talk.accountId, talk.ids.contact]],
  )
  const bubble = z.looseObject({ id: z.number() }).parse(await talk.write('Son 20')).id
  for (const body of await bodies(talk)) await tell(body)
  await expect.poll(talk.messages, SOON).toMatchObject([{ text: 'Son 20' }])
  const status = (is: string) =>
    owner.query("update message set status = $2, provider_id = '3EB0AA' where chat_id = $1", [talk.ids.chat, is])
  await status('sending')
  const delivered = async () => {
    await talk.portal.object().wake()
    return JSON.stringify(await talk.portal.got('imconnector.send.status.delivery'))
  }
  await expect.poll(delivered, SOON).toContain(String(bubble))
  await talk.portal.does('edit', { message: bubble, text: 'Son 25' })
  const [edit = ''] = await bodies(talk, 'ONIMCONNECTORMESSAGEUPDATE')
  await tell(edit)
  const event = expect.objectContaining({ name: 'ONIMCONNECTORMESSAGEUPDATE', state: 'waiting' })
  await expect.poll(talk.events, SOON).toContainEqual(event)
  expect(await talk.messages()).toMatchObject([{ text: 'Son 20' }])
  await status('sent')
  await expect
    .poll(async () => {
      await runDurableObjectAlarm(talk.portal.object())
      return talk.messages()
    }, SOON)
    .toMatchObject([{ text: 'Son 25' }])
  expect(JSON.stringify(await talk.portal.got('imconnector.send.messages'))).not.toContain('sigue viendo')
})

test('files come through two redirects and are told by their bytes; words go with the first that can carry them', async () => {
  const talk = await aTalk()
  await talk.write('La factura', { files: [{ sample: 'document' }, { sample: 'image' }, { sample: 'voice' }] })
  for (const body of await bodies(talk)) await tell(body)
  await expect.poll(talk.messages, SOON).toMatchObject([
    { kind: 'document', text: 'La factura', mime: 'application/pdf', state: 'ready' },
    { kind: 'image', text: null, state: 'ready' },
    { kind: 'voice', text: null, mime: 'audio/ogg', state: 'ready' },
  ])
  expect((await env.MEDIA.list({ prefix: `m/${talk.accountId}/` })).objects).toHaveLength(3)
})

test('a file from elsewhere is not fetched: the words go, the file stays in the chat as one that did not come', async () => {
  const talk = await aTalk()
  await talk.write('Mire', { files: [{ sample: 'image' }] })
  const [body = ''] = await bodies(talk)
  await tell(body.replace(encodeURIComponent(`http://${talk.portal.domain}/`), encodeURIComponent('http://169.254.169.254/')))
  await expect.poll(talk.messages, SOON).toMatchObject([
    { kind: 'text', text: 'Mire', status: 'queued' },
    { kind: 'image', text: null, status: 'failed', error_code: 'media_host_refused', state: 'lost' },
  ])
})

test('while the database is away the portal is answered, and everything comes in order afterwards; a death loses nothing', async () => {
  const talk = await aTalk()
  for (const text of ['uno', 'dos', 'tres']) await talk.write(text)
  const told = await bodies(talk)
  const fetched = globalThis.fetch
  const away = vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const isDatabase = String(input instanceof Request ? input.url : input).startsWith(new URL(env.NEON_HTTP_URL ?? '').origin)
    return isDatabase ? Promise.reject(new TypeError('the database is away')) : fetched(input, init)
  })
  // Overtaken on their way, too: the numbers of messages say which was first.
  for (const body of told.toReversed()) expect(await tell(body)).toBe(200)
  await abortAllDurableObjects()
  away.mockRestore()
  await expect
    .poll(async () => {
      await runDurableObjectAlarm(talk.portal.object())
      return (await talk.messages()).map(({ text }) => text)
    }, SOON)
    .toEqual(['uno', 'dos', 'tres'])
})

test('what we posted in an employee’s name does not come back as a message', async () => {
  const talk = await aTalk()
  await talk.portal.settings({ echo: true })
  const { echoHash } = await import('./echo.ts')
  await owner.query(
    "insert into portal_message (account_id, portal_id, message_id, portal_chat_id, direction, user_id, echo_hash, echo_until) values ($1, $2, new_id(), $3, 'to', '2', $4, now() + interval '10 minutes')",
    [talk.accountId, talk.portalId, talk.ids.portalChat, await echoHash('Desde la app')],
  )
  const user = { id: 'wa-51987000111', name: 'Rosa' }
  const item = { user, message: { id: 'own', date: 1, text: 'Desde la app', user_id: 2 }, chat: { id: 'wa-51987000111' } }
  await talk.call('imconnector.send.messages', { CONNECTOR: talk.connector, LINE: talk.line, MESSAGES: [item] })
  // The operator happens to write the same words: those go.
  await talk.write('Desde la app')
  const told = await bodies(talk)
  expect(told).toHaveLength(2)
  for (const body of told) await tell(body)
  await expect.poll(talk.events, SOON).toMatchObject([{ state: 'ignored', problem: 'echo' }, { state: 'done' }])
  expect(await talk.messages()).toHaveLength(1)
})

test('a finished session closes the chat, unless the customer wrote since', async () => {
  const talk = await aTalk()
  const state = async () => (await owner.query('select state from chat where id = $1', [talk.ids.chat]))[0]?.['state']
  await talk.write('Adiós')
  for (const body of await bodies(talk)) await tell(body)
  await talk.portal.does('close', { chat: talk.im })
  const [body = ''] = await bodies(talk, 'ONIMCONNECTORDIALOGFINISH')
  await tell(body)
  await expect.poll(state, SOON).toBe('closed')
  const later = await aTalk()
  await later.portal.does('close', { chat: later.im })
  await owner.query("update chat set last_inbound_at = now() + interval '1 minute', state = 'pending' where id = $1", [
    later.ids.chat,
  ])
  await tell((await bodies(later, 'ONIMCONNECTORDIALOGFINISH'))[0] ?? '')
  await expect.poll(later.events, SOON).toMatchObject([{ name: 'ONIMCONNECTORDIALOGFINISH', state: 'done' }])
  expect((await owner.query('select state from chat where id = $1', [later.ids.chat]))[0]).toEqual({ state: 'pending' })
})

test('an event that does not prove where it comes from is nothing; what no line of ours knows is noted and left', async () => {
  const talk = await aTalk()
  await talk.write('Hola')
  const [body = ''] = await bodies(talk)
  expect(
    await tell(body.replace(/application_token%5D=[^&]*|application_token\]=[^&]*/, (part) => `${part.split('=')[0]}=forged`)),
  ).toBe(403)
  await owner.query('update portal_line set connector = $2 where portal_id = $1', [talk.portalId, 'wab24_other'])
  expect(await tell(body)).toBe(200)
  await expect.poll(talk.events, SOON).toMatchObject([{ state: 'ignored', problem: 'connector_unknown' }])
  expect(await talk.messages()).toEqual([])
})

test('what no event told is found when the conversation is looked through, once; what is old is said to its writer instead', async () => {
  const talk = await aTalk()
  await control('PUT', '/clock', { aheadMs: -900_000 })
  await talk.write('Muy viejo')
  await control('PUT', '/clock', { aheadMs: -60_000 })
  await talk.write('Se perdió')
  await talk.write('Se contó')
  await control('PUT', '/clock', { aheadMs: 0 })
  // The last one's event came; those of the others were lost.
  const told = await bodies(talk)
  await tell(told.at(-1) ?? '')
  const texts = async () => (await talk.messages()).map(({ text, status }) => [text, status])
  await expect.poll(texts, SOON).toContainEqual(['Se contó', 'queued'])
  const look = async () => {
    // An alarm may have looked a moment ago.
    await runInDurableObject(
      talk.portal.object(),
      (_, { storage }) => void storage.sql.exec("delete from meta where k = 'swept'"),
    )
    await talk.portal.object().sweep()
  }
  await look()
  await expect.poll(texts, SOON).toEqual([
    ['Se perdió', 'queued'],
    ['Se contó', 'queued'],
  ])
  // The lost event comes after all; and it is looked through again.
  await tell(told.at(-2) ?? '')
  await look()
  expect(await texts()).toHaveLength(2)
  expect(
    await owner.query("select kind, body from portal_delivery where portal_id = $1 and kind = 'say'", [talk.portalId]),
  ).toEqual([{ kind: 'say', body: { what: 'missed', text: 'Muy viejo', userId: '2' } }])
})

test('an alarm for something else does not make the object forget its next look', async () => {
  const talk = await aTalk()
  const nextIn = () =>
    runInDurableObject(talk.portal.object(), async (_, { storage }) => ((await storage.getAlarm()) ?? Infinity) - Date.now())
  await talk.portal.object().sweep()
  expect(await nextIn()).toBeLessThanOrEqual(300_000)
  await runDurableObjectAlarm(talk.portal.object())
  expect(await nextIn()).toBeLessThanOrEqual(300_000)
})
