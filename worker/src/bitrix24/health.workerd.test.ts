/// <reference types="@cloudflare/vitest-plugin/types" />
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { administrator } from './a-company.ts'
import { aLine } from './a-line.ts'
import { control, owner } from './a-portal.ts'

const soon = { timeout: 20_000, interval: 50 }
const Entry = z.looseObject({
  ...{ id: z.string(), text: z.nullable(z.string()), direction: z.string(), state: z.string(), code: z.nullable(z.string()) },
})
const Page = z.object({ items: z.array(Entry) })

/** A bound number, and the administrator's hands on the portal's health. */
async function aHealth() {
  const line = await aLine()
  const { portal, portalId, accountId } = line
  const api = await administrator(portal)
  const at = `/portals/${portalId}`
  const [bound] = await owner.query('select id from portal_line where portal_id = $1', [portalId])
  return {
    ...line,
    api,
    lineId: String(bound?.['id']),
    health: async () => (await api('GET', `${at}/health`)).json,
    queue: async () => Page.parse((await api('GET', `${at}/queue`)).json).items,
    file: async (more = '') => (await api('GET', `${at}/queue/export${more}`)).text,
    decide: async (decision: string, more: object = {}) =>
      (await api('POST', `${at}/queue/decisions`, { decision, ...more })).json,
    pause: (paused: boolean) => api('PATCH', `/portal-lines/${String(bound?.['id'])}`, { paused }),
    call: async (method: string, params: Record<string, unknown>) =>
      expect(await portal.object().call({ method, params, priority: 'status' })).toMatchObject({ ok: true }),
    state: async () =>
      (await owner.query('select state, problem from portal_line where portal_id = $1 and ended_at is null', [portalId]))[0],
    alarms: async () =>
      owner.query("select kind from alarm where account_id = $1 and over_at is null and kind = 'portal_disconnected'", [
        accountId,
      ]),
  }
}

test('a paused number waits with its cause, one message is given up with a reason, and the rest arrives in order when it goes on', async () => {
  const one = await aHealth()
  await one.pause(true)
  // One after the other: within a millisecond the queue knows no order.
  for (const text of ['uno', 'no hace falta', 'dos']) await one.ingest(one.says('51987000111', text))
  const waiting = await one.queue()
  expect(waiting.map(({ text, code }) => [text, code])).toEqual([
    ['dos', 'portal_paused'],
    ['no hace falta', 'portal_paused'],
    ['uno', 'portal_paused'],
  ])
  expect(waiting[0]).toMatchObject({ cause: expect.stringContaining('en pausa'), nextStep: expect.stringContaining('Reanúdelo') })
  expect(await one.health()).toMatchObject({
    portal: { state: 'active' },
    now: { administrators: 1, lastOkAt: expect.any(String), circuit: null, rate: { limit: 50, perSecond: 2 }, missing: [] },
    lines: [{ portalLine: { state: 'paused' }, toPortal: { waiting: 3 }, toCustomer: { waiting: 0 } }],
  })
  const ids = waiting.filter(({ text }) => text === 'no hace falta').map(({ id }) => id)
  expect(await one.decide('discard', { ids, reason: 'Ya se atendió' })).toEqual({ done: 1, kept: 0, left: 0 })
  const [table, ways] = [await one.file(), await one.file('?traces=true')]
  expect(table).toContain('uno,portal_paused')
  expect(table).not.toContain('no hace falta')
  expect(ways).toContain('message,at,level')
  await one.pause(false)
  await expect.poll(one.texts, soon).toEqual(['uno', 'dos'])
  await expect.poll(one.queue, soon).toEqual([])
})

test('a line that takes no message wakes the administrators and is mended by itself; one that somebody switched off is left alone', async () => {
  const one = await aHealth()
  const activate = (ACTIVE: string) => one.call('imconnector.activate', { CONNECTOR: one.connector, LINE: 7, ACTIVE })
  await activate('0')
  await one.ingest(one.says('51987000111', 'uno'))
  await one.wake()
  await expect.poll(one.state, soon).toEqual({ state: 'broken', problem: 'NOT_ACTIVE_LINE' })
  await expect.poll(one.alarms, soon).toHaveLength(1)
  // What was registered a moment ago is not asked again at once: five minutes later it is.
  await runInDurableObject(one.portal.object(), (_, { storage }) => {
    storage.sql.exec("update meta set v = '0' where k = 'registeredAt'")
  })
  await runDurableObjectAlarm(one.portal.object())
  await expect.poll(one.texts, soon).toEqual(['uno'])
  expect(await one.state()).toEqual({ state: 'active', problem: null })
  expect(await one.alarms()).toEqual([])

  const turn = (ACTIVE: string) => one.call('imopenlines.config.update', { CONFIG_ID: 7, PARAMS: { ACTIVE } })
  await turn('N')
  await one.ingest(one.says('51987000111', 'dos'))
  await one.wake()
  await expect.poll(one.state, soon).toMatchObject({ state: 'broken' })
  await one.portal.object().check()
  expect(await one.state()).toEqual({ state: 'broken', problem: 'line_off' })
  expect(await one.alarms()).toHaveLength(1)
  await turn('Y')
  await one.portal.object().check()
  await expect.poll(one.texts, soon).toEqual(['uno', 'dos'])
  expect(await one.alarms()).toEqual([])
})

test('while its call stands in the portal’s line, a message says what it waits for and until when; the next of its chat, that it is behind it', async () => {
  const one = await aHealth()
  await control('POST', '/mischief', {
    ...{ where: 'rest', what: 'imconnector.send.messages', error: 'OPERATION_TIME_LIMIT', next: 1, portal: one.portal.id },
  })
  await one.ingest(one.says('51987000111', 'uno'))
  await one.wake()
  const waiting = async () => (await one.queue()).map(({ text, state, code, waitsFor }) => ({ text, state, code, waitsFor }))
  const rests = { why: 'method', method: 'imconnector.send.messages', until: expect.stringMatching(/^20/) }
  await expect.poll(waiting, soon).toEqual([{ text: 'uno', state: 'sending', code: null, waitsFor: rests }])
  const hops = () =>
    owner.query("select what, code from trace where account_id = $1 and what in ('portal_held', 'portal_waits_behind')", [
      one.accountId,
    ])
  await expect.poll(hops, soon).toEqual([{ what: 'portal_held', code: 'portal_method_limit' }])
  await one.ingest(one.says('51987000111', 'dos'))
  expect(await waiting()).toMatchObject([
    { text: 'dos', state: 'waiting', code: 'portal_earlier', waitsFor: null },
    { text: 'uno' },
  ])
  expect(await one.file()).toContain('method: imconnector.send.messages')
  await expect.poll(one.texts, soon).toEqual(['uno', 'dos'])
  await expect.poll(one.queue, soon).toEqual([])
})

test('administrators say how long something may wait before they are woken, within bounds', async () => {
  const one = await aHealth()
  const set = (alarmMinutes: number) => one.api('PATCH', `/portals/${one.portalId}`, { alarmMinutes })
  expect((await set(4)).status).toBe(400)
  expect((await set(241)).status).toBe(400)
  expect((await set(60)).json).toMatchObject({ id: one.portalId, alarmMinutes: 60 })
  expect(await one.health()).toMatchObject({ portal: { alarmMinutes: 60 } })
})

test('what somebody in the portal took off its line is not put back by a check', async () => {
  const one = await aHealth()
  await one.portal.does('disconnect', { connector: one.connector, line: 7 })
  expect(await one.portal.bring('ONIMCONNECTORSTATUSDELETE')).toBe(200)
  await expect.poll(one.state, soon).toEqual({ state: 'broken', problem: 'detached' })
  await one.portal.object().check()
  expect(await one.state()).toEqual({ state: 'broken', problem: 'detached' })
  expect(await one.alarms()).toHaveLength(1)
})

test('nobody knows whether the second message of a first batch arrived: it says so, and a person sends it again, once', async () => {
  const one = await aHealth()
  // The conversation begins with it, so nobody here knows of it yet.
  await control('POST', '/mischief', {
    ...{ where: 'rest', what: 'imconnector.send.messages', next: 1, dropAnswer: true, portal: one.portal.id },
  })
  await one.ingest(one.says('51987000111', 'uno'), one.says('51987000111', 'dos'), one.says('51987000111', 'tres'))
  await one.wake()
  await expect.poll(() => one.goOn(one.waiting), soon).toEqual([])
  const unsure = await one.queue()
  expect(unsure.map(({ text, state, code }) => [text, state, code])).toEqual(
    expect.arrayContaining([
      ['dos', 'unconfirmed', 'portal_unconfirmed'],
      ['tres', 'unconfirmed', 'portal_unconfirmed'],
    ]),
  )
  expect(unsure).toHaveLength(2)
  // Nothing sends it by itself, whatever else is retried.
  expect(await one.decide('retry')).toEqual({ done: 0, kept: 0, left: 0 })
  const idOf = (text: string) => unsure.filter((entry) => entry.text === text).map(({ id }) => id)
  expect(await one.decide('arrived', { ids: idOf('dos') })).toMatchObject({ done: 1 })
  expect(await one.decide('again', { ids: idOf('tres') })).toMatchObject({ done: 1 })
  // The portal had taken all three: whoever sent the last one again sees it twice, as they decided.
  await expect.poll(one.texts, soon).toEqual(['uno', 'dos', 'tres', 'tres'])
  // The portal has it a moment before we have its answer.
  await expect.poll(one.queue, soon).toEqual([])
})

test('an operator’s message that a rule refused: retried while the rule stands it stays, afterwards it goes; paused, it waits with its cause', async () => {
  const one = await aHealth()
  const { accountId, channelId, portal } = one
  await one.ingest(one.says('51987000111', 'Hola'))
  await one.wake()
  await expect.poll(one.texts, soon).toEqual(['Hola'])
  const wroteHoursAgo = (hours: number) =>
    owner.query('update chat set last_inbound_at = now() - make_interval(hours => $2) where account_id = $1', [accountId, hours])
  await owner
    .query('update channel set sending_paused_at = now(), sealed = null where id = $1', [channelId])
    .catch(() => owner.query('update channel set sending_paused_at = now() where id = $1', [channelId]))
  await wroteHoursAgo(25)
  const [dialog] = await one.rows('dialogs')
  const writes = async (text: string) => {
    await portal.does('write', { chat: String(dialog?.['id']), text })
    expect(await portal.bring('ONIMCONNECTORMESSAGEADD')).toBe(200)
  }
  await writes('¿Sigue ahí?')
  const mine = async () => (await one.queue()).filter(({ direction }) => direction === 'to_customer')
  await expect
    .poll(mine, soon)
    .toMatchObject([
      { text: expect.stringContaining('¿Sigue ahí?'), state: 'failed', code: 'window_closed', nextStep: expect.any(String) },
    ])
  const part = { direction: 'to_customer' }
  expect(await one.decide('retry', part)).toEqual({ done: 0, kept: 1, left: 0 })
  expect(await mine()).toMatchObject([{ state: 'failed', code: 'window_closed' }])
  await wroteHoursAgo(1)
  expect(await one.decide('retry', part)).toEqual({ done: 1, kept: 0, left: 0 })
  await writes('Le espero')
  await expect.poll(mine, soon).toMatchObject([
    { text: expect.stringContaining('Le espero'), state: 'waiting', code: 'channel_paused' },
    { text: expect.stringContaining('¿Sigue ahí?'), state: 'waiting', code: 'channel_paused' },
  ])
  expect(await one.health()).toMatchObject({ lines: [{ sendingPaused: true, toCustomer: { waiting: 2 } }] })
  const [newest] = await mine()
  expect(await one.decide('discard', { ids: [newest?.id], reason: 'Repetido' })).toEqual({ done: 1, kept: 0, left: 0 })
  await expect.poll(mine, soon).toHaveLength(1)
})

test('conversations of a line that does not work go to another one, in their order, and operators there are heard', async () => {
  const one = await aHealth()
  const { api, accountId, portalId, portal } = one
  const made = await api('POST', `/portals/${portalId}/open-lines`, {
    name: 'Otra',
    queue: [{ kind: 'user', id: '1' }],
    hours: null,
  })
  const { line } = z.object({ line: z.number() }).parse(made.json)
  const other = crypto.randomUUID()
  await owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed, sending_paused_at) values ($1, $2, 'meta', 'Otro', $3, '2', $3, '', now())",
    [other, accountId, other],
  )
  const bound = await api('PUT', `/channels/${other}/portal-line`, { portalId, line })
  const { id: toLineId } = z.looseObject({ id: z.string() }).parse(bound.json)
  await one.pause(true)
  await owner.query('update channel set sending_paused_at = now() where account_id = $1', [accountId])
  await one.ingest(one.says('51987000111', 'uno'), one.says('51987000111', 'dos'), one.says('51987000112', 'de otra'))
  expect(await one.decide('reroute', { toLineId, state: 'waiting' })).toEqual({ done: 3, kept: 0, left: 0 })
  await one.ingest(one.says('51987000111', 'tres'))
  await one.wake()
  await expect.poll(() => one.texts(), soon).toHaveLength(4)
  const Bubble = z.looseObject({ text: z.string(), chatId: z.unknown() })
  const dialogs = await one.rows('dialogs')
  expect(new Set(dialogs.map((dialog) => dialog['line']))).toEqual(new Set([line]))
  const bubbles = (await one.rows('bubbles')).filter(({ from }) => from !== 'system').map((row) => Bubble.parse(row))
  const chatId = bubbles.find(({ text }) => text === 'uno')?.chatId
  expect(bubbles.filter((bubble) => bubble.chatId === chatId).map(({ text }) => text)).toEqual(['uno', 'dos', 'tres'])
  await portal.does('write', { chat: String(chatId), text: 'Diga' })
  expect(await portal.bring('ONIMCONNECTORMESSAGEADD')).toBe(200)
  // It goes out by the number that the customer wrote to, whichever line it came from.
  await expect
    .poll(() => owner.query("select channel_id from message where account_id = $1 and text like '%Diga'", [accountId]), soon)
    .toEqual([{ channel_id: one.channelId }])
})
