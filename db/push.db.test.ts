/** Who is told by push, of what, and who is not: issue 5 part 1, CRM-32, CRM-36, CRM-40, CRM-80, CRM-83, CRM-84, CRM-112. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aColleague } from './local/a-colleague.ts'
import { aPhoneOf, pushDue, pushJobs, sendPushes } from './local/a-push.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const owner = (text: string, values: unknown[] = []) => doors().owner.query(text, values)

/** Ana is the administrator, Luis an agent with a phone; a customer's chat is his. */
async function aDesk() {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  const phone = await aPhoneOf(account, luis.id)
  const chatId = await writes(account, 'Hola')
  await owner('update chat set assignee_id = $2 where id = $1', [chatId, luis.id])
  await owner("delete from job where account_id = $1 and kind = 'push'", [account.id])
  return { account, luis, phone, chatId }
}

let seconds = 0
/** The customer writes now. */
async function writes(account: AnAccount, text: string, changes: object = {}): Promise<string> {
  seconds += 1
  const at = new Date(Date.now() - 600_000 + seconds * 1_000).toISOString()
  const [result] = await account.ingest(account.entry({ text, at, profileName: 'Rosa Huamán', ...changes }))
  return String(result?.['chatId'])
}

async function answers(account: AnAccount, chatId: string, personId: string): Promise<void> {
  const author = { kind: 'person', id: personId, name: 'Luis' }
  await account.ingest(
    account.entry({
      op: 'out',
      chatId,
      author,
      token: randomUUID(),
      bodyHash: 'h',
      text: 'Buenas',
      at: new Date().toISOString(),
    }),
  )
}

async function chooses(account: AnAccount, personId: string, set: string): Promise<void> {
  await owner(`insert into push_choice (account_id, person_id) values ($1, $2) on conflict do nothing`, [account.id, personId])
  await owner(`update push_choice set ${set} where person_id = $1`, [personId])
}

test('a customer writes in an agent’s chat: the agent is told, with name, words and the figure of the badge', async () => {
  const { account, luis, phone } = await aDesk()
  await aPhoneOf(account, account.personId)
  await writes(account, '¿Cuánto debo?')
  const told = await sendPushes(account)
  expect(told).toMatchObject([
    {
      kind: 'message',
      personId: luis.id,
      endpoint: phone,
      badge: 1,
      facts: { contact: 'Rosa Huamán', text: '¿Cuánto debo?', count: 2 },
    },
  ])
})

test('a company without a phone that push reaches pays nothing: no job is made', async () => {
  const account = await anAccount()
  await writes(account, 'Hola')
  expect(await pushJobs(account)).toEqual([])
})

test('a hook that comes twice makes one push, and a job done twice sends once', async () => {
  const { account } = await aDesk()
  const entry = account.entry({ text: 'Dos veces', at: new Date().toISOString() })
  await account.ingest(entry, entry)
  const jobs = await pushJobs(account)
  expect(jobs).toHaveLength(1)
  const first = await pushDue(account, jobs[0])
  await doors().app.query('select push_settle($1, $2)', [
    account.id,
    JSON.stringify(first.items.map(({ id, endpoint }) => ({ id, endpoint, state: 'sent', code: '201' }))),
  ])
  expect([first.items.length, (await pushDue(account, jobs[0])).items.length]).toEqual([1, 0])
})

test('a push that did not arrive is tried again for the same device, and for no other', async () => {
  const { account, luis, phone } = await aDesk()
  const second = await aPhoneOf(account, luis.id)
  await writes(account, 'Uno')
  const [job] = await pushJobs(account)
  const { items } = await pushDue(account, job)
  expect(items.map(({ endpoint }) => endpoint).toSorted()).toEqual([phone, second].toSorted())
  const results = items.map(({ id, endpoint }) => ({ id, endpoint, state: endpoint === phone ? 'sent' : 'due', code: '503' }))
  await doors().app.query('select push_settle($1, $2)', [account.id, JSON.stringify(results)])
  expect((await pushDue(account, job)).items.map(({ endpoint }) => endpoint)).toEqual([second])
})

test('several messages at once are one push now and one half a minute later, with their number', async () => {
  const { account } = await aDesk()
  for (const text of ['Uno', 'Dos', 'Tres']) await writes(account, text)
  expect((await sendPushes(account)).map(({ facts }) => facts['count'])).toEqual([4])
  await writes(account, 'Cuatro')
  const [job] = await pushJobs(account)
  const early = await pushDue(account, job)
  expect([early.items, early.again !== null && early.again > 20]).toEqual([[], true])
  await owner("update push_delivery set created_at = created_at - interval '31 seconds' where account_id = $1", [account.id])
  expect((await sendPushes(account)).map(({ facts }) => facts['text'])).toEqual(['Cuatro'])
  expect(await sendPushes(account)).toEqual([])
})

test('nobody is told of what was answered, settled, closed or read meanwhile', async () => {
  for (const meanwhile of ['answered', 'settled', 'closed', 'read'] as const) {
    const { account, luis, chatId } = await aDesk()
    await writes(account, 'Hola otra vez')
    const { rows } = await owner("select id from message where chat_id = $1 and direction = 'in' order by at desc limit 1", [
      chatId,
    ])
    if (meanwhile === 'answered') await answers(account, chatId, luis.id)
    if (meanwhile === 'settled') await luis.api('api_chat_settle', { chatId }, 'chats.close')
    if (meanwhile === 'closed') await luis.api('api_chat_state', { chatId, state: 'closed' }, 'chats.close')
    if (meanwhile === 'read') await luis.api('api_message_read', { chatId, messageId: rows[0].id }, 'chats.read')
    expect(await sendPushes(account), meanwhile).toEqual([])
  }
})

test('who has lost the chat before the push leaves hears nothing of it; who has it now does', async () => {
  const { account, luis, chatId } = await aDesk()
  const marta = await aColleague(account, 'agent')
  await aPhoneOf(account, marta.id)
  await writes(account, 'Hola')
  await owner('update chat set assignee_id = $2 where id = $1', [chatId, marta.id])
  const told = await sendPushes(account)
  expect(told.map(({ personId }) => personId)).toEqual([marta.id])
  expect(told.map(({ personId }) => personId)).not.toContain(luis.id)
})

test('a chat that is nobody’s is told to those who may take it: by department, number and role', async () => {
  const { account, luis, chatId } = await aDesk()
  const outside = await aColleague(account, 'agent')
  const supervisor = await aColleague(account, 'supervisor')
  for (const { id } of [outside, supervisor]) await aPhoneOf(account, id)
  const department = randomUUID()
  await owner("insert into department (id, account_id, name) values ($1, $2, 'Cobranzas')", [department, account.id])
  await owner('insert into department_person (account_id, department_id, person_id) values ($1, $2, $3), ($1, $2, $4)', [
    ...[account.id, department, luis.id, supervisor.id],
  ])
  await owner('update chat set assignee_id = null, department_id = $2 where id = $1', [chatId, department])
  await owner("delete from job where account_id = $1 and kind = 'push'", [account.id])
  await writes(account, 'Hola')
  // Who looks after others begins without the queue, and may switch it on.
  expect((await sendPushes(account)).map(({ kind, personId }) => [kind, personId])).toEqual([['queue', luis.id]])
  await chooses(account, supervisor.id, "muted = '{}'")
  await owner("update push_delivery set created_at = created_at - interval '31 seconds' where account_id = $1", [account.id])
  await writes(account, '¿Hay alguien?')
  expect((await sendPushes(account)).map(({ personId }) => personId).toSorted()).toEqual([luis.id, supervisor.id].toSorted())
})

test('a chat that goes back to the queue while the customer waits is told to those who may take it', async () => {
  const { account, luis, chatId } = await aDesk()
  const marta = await aColleague(account, 'agent')
  await aPhoneOf(account, marta.id)
  await owner("update person set password_hash = 'x' where id = $1", [account.personId])
  await account.api('api_person_deactivate', { personId: luis.id })
  expect((await sendPushes(account)).map(({ kind, personId, tag }) => [kind, personId, tag])).toEqual([
    ['queue', marta.id, `c:${chatId}`],
  ])
})

test('a number that a role hides is hidden in the push too', async () => {
  const { account } = await aDesk()
  await owner('update contact set profile_name = null, name = null where account_id = $1', [account.id])
  await owner(`update role set changes = '{"contacts.phone": null}' where account_id = $1 and base = 'agent'`, [account.id])
  await writes(account, 'Hola', { profileName: undefined })
  expect((await sendPushes(account)).map(({ facts }) => facts['contact'])).toEqual(['•••321'])
})

test.each([
  ['the kind is switched off', "muted = '{message}'"],
  ['it is quiet, all day', "quiet_from = '00:00', quiet_to = '00:00', quiet_days = '{1,2,3,4,5,6,7}'"],
  ['the night began yesterday and is not over', "quiet_from = '23:59', quiet_to = '23:58', quiet_days = '{1,2,3,4,5,6,7}'"],
])('nothing comes where %s', async (_, set) => {
  const { account, luis } = await aDesk()
  await chooses(account, luis.id, set)
  await writes(account, 'Hola')
  expect(await sendPushes(account)).toEqual([])
})

test('quiet hours hold on their days and in their time zone', async () => {
  const account = await anAccount()
  const quiet = async (at: string, from: string, to: string, days: number[], zone: string | null) => {
    const { rows } = await owner(
      'select push_is_quiet(row($1::uuid, $2::uuid, $3::text[], true, true, false, $4::time, $5::time, $6::int[], $7::text)::push_choice, $8) as q',
      [account.personId, account.id, [], from, to, days, zone, at],
    )
    return rows[0].q
  }
  // 21 November 2026 is a Saturday; Guayaquil is five hours behind UTC.
  expect(await quiet('2026-11-22T02:00:00Z', '20:00', '07:00', [6], null)).toBe(true)
  expect(await quiet('2026-11-22T11:59:00Z', '20:00', '07:00', [6], null)).toBe(true)
  expect(await quiet('2026-11-22T12:00:00Z', '20:00', '07:00', [6], null)).toBe(false)
  expect(await quiet('2026-11-22T02:00:00Z', '20:00', '07:00', [7], null)).toBe(false)
  expect(await quiet('2026-11-21T18:00:00Z', '12:30', '14:00', [6], null)).toBe(true)
  expect(await quiet('2026-11-21T18:00:00Z', '12:30', '14:00', [6], 'Europe/Madrid')).toBe(false)
})

test('on a break, chats are silent, and what only they can decide is not', async () => {
  const { account, luis, chatId } = await aDesk()
  const supervisor = await aColleague(account, 'supervisor')
  await aPhoneOf(account, supervisor.id)
  await owner('update person set away_since = now() where id = any($1)', [[luis.id, supervisor.id]])
  await writes(account, 'Hola')
  expect(await sendPushes(account)).toEqual([])
  await luis.api('api_transfer_request', { chatId, toPersonId: supervisor.id, reason: 'Me voy a almorzar' }, 'transfers.request')
  expect((await sendPushes(account)).map(({ kind, personId }) => [kind, personId])).toEqual([['transfer_asked', supervisor.id]])
})

test('a transfer: who may decide is told of the request, who asked is told of the answer, whoever gets the chat of that', async () => {
  const { account, luis, chatId } = await aDesk()
  const [supervisor, stranger, marta] = [
    await aColleague(account, 'supervisor'),
    await aColleague(account, 'supervisor'),
    await aColleague(account, 'agent'),
  ]
  for (const { id } of [supervisor, stranger, marta]) await aPhoneOf(account, id)
  const department = randomUUID()
  await owner("insert into department (id, account_id, name) values ($1, $2, 'Cobranzas')", [department, account.id])
  await owner('insert into department_person (account_id, department_id, person_id) values ($1, $2, $3)', [
    account.id,
    department,
    supervisor.id,
  ])
  await owner('update chat set department_id = $2 where id = $1', [chatId, department])

  await luis.api('api_transfer_request', { chatId, toPersonId: marta.id, reason: 'La conoce' }, 'transfers.request')
  const asked = await sendPushes(account)
  expect(asked).toMatchObject([
    {
      kind: 'transfer_asked',
      personId: supervisor.id,
      facts: { contact: 'Rosa Huamán', by: 'Luis', to: 'Luis', text: 'La conoce' },
    },
  ])
  const { rows } = await owner('select id from transfer where account_id = $1', [account.id])
  await supervisor.api('api_transfer_decide', { transferId: rows[0].id, approve: true, reason: 'De acuerdo' }, 'transfers.decide')
  const answered = await sendPushes(account)
  expect(answered.map(({ kind, personId }) => [kind, personId]).toSorted()).toEqual(
    [
      ['assignment', marta.id],
      ['transfer_answered', luis.id],
    ].toSorted(),
  )
  expect(answered.find(({ kind }) => kind === 'transfer_answered')?.facts).toMatchObject({
    state: 'approved',
    text: 'De acuerdo',
  })
})

test('a request that was decided before its push leaves is told to nobody', async () => {
  const { account, luis, chatId } = await aDesk()
  const supervisor = await aColleague(account, 'supervisor')
  await aPhoneOf(account, supervisor.id)
  await luis.api('api_transfer_request', { chatId, toPersonId: supervisor.id, reason: 'La conoce' }, 'transfers.request')
  const { rows } = await owner('select id from transfer where account_id = $1', [account.id])
  await luis.api('api_transfer_cancel', { transferId: rows[0].id }, 'transfers.request')
  expect(await sendPushes(account)).toEqual([])
})

test('a chat given by somebody else is told; one that a person takes is not', async () => {
  const { account, luis, chatId } = await aDesk()
  await owner('update chat set assignee_id = null where id = $1', [chatId])
  await owner("delete from job where account_id = $1 and kind = 'push'", [account.id])
  await luis.api('api_chat_assign', { chatId, personId: luis.id }, 'messages.send')
  expect(await pushJobs(account)).toEqual([])
  await account.api('api_chat_assign', { chatId, personId: account.personId })
  await account.api('api_chat_assign', { chatId, personId: luis.id })
  expect((await sendPushes(account)).map(({ kind, personId, facts }) => [kind, personId, facts['by']])).toEqual([
    ['assignment', luis.id, 'Ana'],
  ])
})

test('who is named in a note is told, once and while they see the chat', async () => {
  const { account, luis, chatId } = await aDesk()
  const note = account.entry({
    ...{ op: 'note', chatId, text: 'Luis, vea esto', token: randomUUID(), bodyHash: 'n', at: new Date().toISOString() },
    ...{ author: { kind: 'person', id: account.personId, name: 'Ana' }, mentions: [luis.id] },
  })
  await account.ingest(note)
  expect(await sendPushes(account)).toMatchObject([
    { kind: 'mention', personId: luis.id, facts: { by: 'Ana', text: 'Luis, vea esto' } },
  ])
  await account.ingest({ ...note, messageId: randomUUID(), token: randomUUID() })
  await owner('update chat set assignee_id = $2 where id = $1', [chatId, account.personId])
  expect(await sendPushes(account)).toEqual([])
})

test('only what is mine: nothing of the queue, nor of notes in others’ chats', async () => {
  const { account, luis, chatId } = await aDesk()
  await chooses(account, luis.id, 'only_mine = true')
  await writes(account, 'En el mío')
  expect((await sendPushes(account)).map(({ kind }) => kind)).toEqual(['message'])
  await owner('update chat set assignee_id = null where id = $1', [chatId])
  await writes(account, 'En el de nadie')
  expect(await sendPushes(account)).toEqual([])
})

test('a number that stands still is told to those who look after it, again until somebody looks, and not when it works', async () => {
  const { account, luis } = await aDesk()
  const supervisor = await aColleague(account, 'supervisor')
  const phone = await aPhoneOf(account, supervisor.id)
  await owner("update person set password_hash = 'x' where id = $1", [supervisor.id])
  await owner("update channel set problem = 'credentials_refused' where id = $1", [account.channelId])
  const told = await sendPushes(account)
  expect(told).toMatchObject([{ kind: 'channel', personId: supervisor.id, endpoint: phone, facts: { contact: 'Ventas' } }])
  expect(told.map(({ personId }) => personId)).not.toContain(luis.id)
  expect(await sendPushes(account)).toEqual([])
  const later = () =>
    owner("update push_delivery set settled_at = settled_at - interval '15 minutes' where account_id = $1", [account.id])
  await later()
  expect(await sendPushes(account)).toHaveLength(1)
  await supervisor.api('api_push_seen', { tag: `n:${account.channelId}` }, 'channels.pause')
  await later()
  expect(await sendPushes(account)).toEqual([])
  await owner("update push_delivery set created_at = created_at - interval '2 minutes' where account_id = $1", [account.id])
  await owner("update channel_outage set began_at = began_at - interval '2 minutes' where account_id = $1", [account.id])
  await owner('update channel set problem = null where id = $1', [account.channelId])
  expect(await sendPushes(account)).toMatchObject([
    { kind: 'channel', endpoint: phone, facts: { contact: 'Ventas', problem: null } },
  ])
  await later()
  expect(await sendPushes(account)).toEqual([])
})

test('a number of another department is not this supervisor’s to hear of', async () => {
  const { account } = await aDesk()
  const [here, there] = [await aColleague(account, 'supervisor'), await aColleague(account, 'supervisor')]
  await owner("update person set password_hash = 'x' where account_id = $1", [account.id])
  for (const { id } of [here, there]) await aPhoneOf(account, id)
  const { rows } = await owner("insert into department (account_id, name) values ($1, 'Loja'), ($1, 'Quito') returning id", [
    account.id,
  ])
  const join = 'insert into department_person (account_id, department_id, person_id) values ($1, $2, $3)'
  await owner(join, [account.id, rows[0]?.id, here.id])
  await owner(join, [account.id, rows[1]?.id, there.id])
  await owner('update channel set department_id = $2 where id = $1', [account.channelId, rows[0]?.id])
  await owner("delete from job where account_id = $1 and kind = 'push'", [account.id])
  await owner("update channel set problem = 'session_logged_out' where id = $1", [account.channelId])
  expect((await sendPushes(account)).map(({ personId }) => personId)).toEqual([here.id])
})

test('who takes note in the app is not reminded by push; what got worse since is told anew', async () => {
  const { account } = await aDesk()
  const supervisor = await aColleague(account, 'supervisor')
  await aPhoneOf(account, supervisor.id)
  await owner("update person set password_hash = 'x' where id = $1", [supervisor.id])
  const problem = (code: string) => owner('update channel set problem = $2 where id = $1', [account.channelId, code])
  await problem('session_away')
  expect(await sendPushes(account)).toHaveLength(1)
  const { rows } = await owner('select id from channel_outage where channel_id = $1', [account.channelId])
  await supervisor.api('api_outages_seen', { outageIds: [rows[0]?.id] }, 'dashboard.read')
  await owner(
    "update push_delivery set created_at = created_at - interval '15 minutes', settled_at = settled_at - interval '15 minutes' where account_id = $1",
    [account.id],
  )
  expect(await sendPushes(account)).toEqual([])
  await problem('session_logged_out')
  expect(await sendPushes(account)).toMatchObject([{ personId: supervisor.id, facts: { problem: 'session_logged_out' } }])
})

test('a number that stops in a quiet night is told of when the night is over', async () => {
  const { account } = await aDesk()
  const supervisor = await aColleague(account, 'supervisor')
  await aPhoneOf(account, supervisor.id)
  await owner("update person set password_hash = 'x' where id = $1", [supervisor.id])
  await chooses(account, supervisor.id, "quiet_from = '00:00', quiet_to = '00:00', quiet_days = '{1,2,3,4,5,6,7}'")
  await owner("update channel set problem = 'session_logged_out' where id = $1", [account.channelId])
  const [job] = await pushJobs(account)
  expect(await pushDue(account, job)).toMatchObject({ items: [], again: 7200 })
  await chooses(account, supervisor.id, 'quiet_from = null, quiet_to = null')
  expect(await sendPushes(account)).toHaveLength(1)
})

test('a message that could not be sent alerts those who may put it right, and whoever sees its chat', async () => {
  const { account, chatId } = await aDesk()
  const supervisor = await aColleague(account, 'supervisor')
  await aPhoneOf(account, supervisor.id)
  const letter = () =>
    owner("insert into dead_letter (account_id, kind, subject, chat_id, reason) values ($1, 'send', new_id()::text, $2, 'x')", [
      account.id,
      chatId,
    ])
  await letter()
  expect((await sendPushes(account)).map(({ kind, personId }) => [kind, personId])).toEqual([['alert', supervisor.id]])
  // A number's bad hour is one alert, not a hundred.
  await letter()
  expect(await sendPushes(account)).toEqual([])
})

test('signing out, deactivation and ending other devices take a phone out; its keys are forgotten', async () => {
  const { account, luis, phone } = await aDesk()
  await owner('update session set revoked_at = now() where id = (select session_id from push_device where endpoint = $1)', [
    phone,
  ])
  const { rows } = await owner('select endpoint, p256dh, auth, dropped_why from push_device where person_id = $1', [luis.id])
  expect(rows).toEqual([{ endpoint: '', p256dh: '', auth: '', dropped_why: 'signed_out' }])
  await writes(account, 'Hola')
  expect(await sendPushes(account)).toEqual([])
})

test('a phone whose sign-in has expired hears nothing', async () => {
  const { account, phone } = await aDesk()
  await owner(
    "update session set expires_at = now() - interval '1 second' where id = (select session_id from push_device where endpoint = $1)",
    [phone],
  )
  await writes(account, 'Hola')
  expect(await sendPushes(account)).toEqual([])
})

test('a push service that knows the phone no more drops it; one that is busy does not', async () => {
  const { account, luis } = await aDesk()
  await writes(account, 'Hola')
  const [job] = await pushJobs(account)
  const settle = async (state: string, code: string) => {
    const { items } = await pushDue(account, job)
    const results = items.map(({ id, endpoint }) => ({ id, endpoint, state, code }))
    await doors().app.query('select push_settle($1, $2)', [account.id, JSON.stringify(results)])
    const { rows } = await owner('select trouble, dropped_why from push_device where person_id = $1', [luis.id])
    return rows
  }
  expect(await settle('due', '503')).toEqual([{ trouble: '503', dropped_why: null }])
  expect(await settle('gone', '410')).toEqual([{ trouble: '503', dropped_why: 'gone' }])
})

test('what was read on one device goes from the other with the next push, and when the app starts', async () => {
  const { account, luis, chatId } = await aDesk()
  await writes(account, 'Primero')
  await sendPushes(account)
  const other = await writes(account, 'Soy otra', {
    customer: { phone: '593981111111' },
    objectKey: 'p:593981111111',
    profileName: 'Otra',
  })
  await owner('update chat set assignee_id = $2 where id = $1', [other, luis.id])
  const { rows } = await owner("select id from message where chat_id = $1 and direction = 'in' order by at desc limit 1", [
    chatId,
  ])
  await luis.api('api_message_read', { chatId, messageId: rows[0].id }, 'chats.read')
  expect((await sendPushes(account)).map(({ close }) => close)).toEqual([[`c:${chatId}`]])
  const { rows: left } = await owner(
    "select tag from push_delivery where person_id = $1 and state = 'sent' and closed_at is null",
    [luis.id],
  )
  expect(left).toEqual([{ tag: `c:${other}` }])
})

test('a phone that push reaches counts as present, unless it is night there or its owner is on a break', async () => {
  const { account, luis } = await aDesk()
  await owner("update session set last_seen_at = now() - interval '1 hour' where person_id = $1", [luis.id])
  const isHere = async () => (await owner('select is_reachable(p) as here from person p where id = $1', [luis.id])).rows[0].here
  expect(await isHere()).toBe(true)
  await chooses(account, luis.id, "quiet_from = '00:00', quiet_to = '00:00', quiet_days = '{1,2,3,4,5,6,7}'")
  expect(await isHere()).toBe(false)
  await chooses(account, luis.id, "quiet_from = null, quiet_to = null, muted = '{message,assignment}'")
  expect(await isHere()).toBe(false)
  await chooses(account, luis.id, "muted = '{}'")
  await owner('update person set away_since = now() where id = $1', [luis.id])
  expect(await isHere()).toBe(false)
})

test('administrators are woken by what nobody may miss, each time that it begins, and by nothing that is over', async () => {
  const account = await anAccount()
  const supervisor = await aColleague(account, 'supervisor')
  const phone = await aPhoneOf(account, account.personId)
  await aPhoneOf(account, supervisor.id)
  const look = () => doors().app.query('select alarms_look()')
  const bodies = async () =>
    (await sendPushes(account))
      .filter(({ tag }) => tag !== 'a:dead')
      .map(({ tag, endpoint, facts }) => [tag, endpoint, facts['count']])
  await owner("insert into job (account_id, kind, ref, created_at) values ($1, 'media', '{}', now() - interval '20 minutes')", [
    account.id,
  ])
  await look()
  expect(await bodies()).toEqual([['a:backlog_old', phone, 20]])
  await look()
  expect(await bodies()).toEqual([])
  const dead = (count: number) =>
    owner(
      `insert into dead_letter (account_id, kind, subject, reason) select $1, 'send', gen_random_uuid()::text, 'x' from generate_series(1, $2)`,
      [account.id, count],
    )
  await dead(4)
  await look()
  expect(await bodies()).toEqual([])
  await dead(1)
  await look()
  expect(await bodies()).toEqual([['a:dead_letters_growing', phone, 5]])
  await doors().app.query("select alarms_keep('audit_broken', $1)", [JSON.stringify([{ accountId: account.id, figure: 3 }])])
  await doors().app.query("select alarms_keep('audit_broken', '[]')")
  expect(await bodies()).toEqual([])
  await owner("update job set done_at = now() where account_id = $1 and kind = 'media'", [account.id])
  await owner('update dead_letter set settled_at = now() where account_id = $1', [account.id])
  await look()
  const { rows } = await owner('select kind, over_at is null as is_open from alarm where account_id = $1 order by kind', [
    account.id,
  ])
  expect(rows).toEqual(['audit_broken', 'backlog_old', 'dead_letters_growing'].map((kind) => ({ kind, is_open: false })))
})
