/**
 * The leak probe: every route of the OpenAPI description, and the live stream, asked by people who may not see with the
 * ids of what they may not see. They find nothing: no word of it in any answer, and the very status that an id of
 * nothing at all would give. A route that is added tomorrow is in the description, so it is probed by itself.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { until } from '../chaos/until.ts'
import { openCompany, type Company, type Who } from './company.ts'
import { listen } from './listener.ts'
import { requestOf, routesOf, type Ids, type Route } from './probe-input.ts'

/** Words that stand in chats which the probers may not see, and nowhere else. */
const SECRETS = {
  text: 'palabra secreta de la cliente',
  /** The customer's name, as the hook tells it. */
  name: 'Cliente 593981110001',
  phone: '593981110001',
  note: 'nota secreta entre nosotros',
  file: 'comprobante-secreto.pdf',
  reason: 'motivo secreto del traspaso',
  asked: 'pedido secreto sobre sus datos',
  /** Of a label that stands on the probers' own chats and messages, for a role that none of them has. */
  label: 'Etiqueta reservada',
  labelNote: 'Descripción reservada',
  /** Of the company's portal of Bitrix24. */
  portal: 'portal-secreto.bitrix24.es',
}

let company: Company
let admin: Who
let routes: Route[]
let secret: Record<string, string>
/** Everybody who may not see, by what makes them so. */
let probers: Record<string, Who>
let visibleChat: string
/** The prober's own chat and message that carry the secret label. */
let marked: { chatId: string; messageId: string; labelId: string }

beforeAll(async () => {
  company = await openCompany()
  admin = await company.signIn('admin')
  routes = routesOf(await company.must(admin.token, 'GET', '/api/openapi.json'))
  await fillCompany()
}, 120_000)
afterAll(() => company?.close())

/** One secret chat, with a note, a file and a failed message, in a department and with a person who is none of the probers. */
async function fillCompany(): Promise<void> {
  const { must, database, demo } = company
  const loja = demo.channels.find(({ kind }) => kind === 'meta')
  if (!loja) throw new Error('no demo number')
  const holder = await company.signIn('agente2')
  const sales = await made('/api/departments', { name: 'Ventas' })
  const debts = await made('/api/departments', { name: 'Cobranzas', people: [holder.personId] })
  const chatId = await company.customerWrites(admin, loja, SECRETS.phone, SECRETS.text)
  const fileId = await upload(holder)
  const messageId = newMessageId()
  await must(holder.token, 'POST', `/api/chats/${chatId}/messages`, {
    id: messageId,
    kind: 'document',
    mediaId: fileId,
    text: SECRETS.text,
  })
  await must(holder.token, 'POST', `/api/chats/${chatId}/notes`, { id: newMessageId(), text: SECRETS.note })
  await database.query('update chat set department_id = $2 where id = $1', [chatId, debts])
  const transfer = z
    .object({ id: z.string() })
    .parse(
      await must(holder.token, 'POST', `/api/chats/${chatId}/transfers`, { toPersonId: admin.personId, reason: SECRETS.reason }),
    )
  const { rows } = await database.query(
    `insert into dead_letter (account_id, kind, subject, message_id, chat_id, reason, payload) select account_id, 'send', id::text, id, chat_id, $2, '{}' from message where id = $1 returning id`,
    [messageId, SECRETS.text],
  )
  const key = z.object({ key: z.object({ id: z.string() }), secret: z.string() })
  const bounded = key.parse(
    await must(admin.token, 'POST', '/api/api-keys', {
      name: 'Solo Lima',
      grants: { 'chats.read': 'all', 'channels.read': 'all', 'trace.read': 'all', 'messages.send': 'all', 'logs.read': 'all' },
      channels: [demo.channels.find(({ kind }) => kind === 'gupshup')?.id],
    }),
  )
  const other = await otherCompany()
  const portalId = await portalOf(loja.id)
  const portalLineId = await portalLineOf(loja.id, portalId)
  secret = {
    ...{ chatId, messageId, mediaId: fileId, channelId: loja.id, channel: loja.id, deadLetterId: String(rows[0]?.id) },
    ...{ personId: holder.personId ?? '', assignee: holder.personId ?? '', person: holder.personId ?? '', departmentId: debts },
    ...{
      roleId: await company.roleOf(admin, 'supervisor'),
      apiKeyId: bounded.key.id,
      copyOf: await company.roleOf(admin, 'agent'),
    },
    ...{ channelIds: loja.id, outageIds: await outageOf(loja.id) },
    ...{ chatIds: chatId, transferId: transfer.id, toPersonId: holder.personId ?? '', toDepartmentId: debts },
    ...{ sessionId: await sessionOf(holder), passkeyId: randomUUID(), challengeId: randomUUID() },
    ...{ templateId: await templateOf(loja.id), sampleMediaId: fileId, uploadId: await uploadOf(holder) },
    ...{ mentions: admin.personId ?? '', mentionIds: await mentionOf(holder, chatId) },
    ...(await contactIds(chatId)),
    ...{ quickReplyId: await replyOf(debts), roles: await company.roleOf(admin, 'supervisor') },
    ruleId: await ruleOf(debts),
    nodeId: await nodeOf(admin),
    portalId,
    ...{ portalLineId, toLineId: portalLineId, ids: messageId },
    ...(await moneyOf(admin.personId ?? '')),
    deliveryId: await alertOf(admin.personId ?? ''),
    ...(await subscriptionOf(loja.id)),
    rateId: await aRateId(),
    ...{
      replyTo: messageId,
      forwardOf: messageId,
      chat: chatId,
      headerMediaId: fileId,
      id: newMessageId(),
      departments: debts,
      channels: loja.id,
      people: holder.personId ?? '',
    },
  }
  const agent = await company.signIn('agente')
  for (const phone of ['593981110002', '593981110003']) {
    visibleChat = await company.customerWrites(admin, loja, phone, `Hola de ${phone}`)
    await must(agent.token, 'POST', `/api/chats/${visibleChat}/messages`, { id: newMessageId(), kind: 'text', text: 'Buenas' })
  }
  const labelId = await made('/api/labels', {
    ...{ name: SECRETS.label, description: SECRETS.labelNote, color: 'mora' },
    roles: [await company.roleOf(admin, 'administrator')],
  })
  const [own] = z
    .array(z.object({ id: z.string() }))
    .parse(await company.items(agent.token, `/api/chats/${visibleChat}/messages`))
  marked = { chatId: visibleChat, messageId: own?.id ?? '', labelId }
  for (const place of [`chats/${visibleChat}`, `chats/${chatId}`, `messages/${marked.messageId}`, `messages/${messageId}`]) {
    await must(admin.token, 'PUT', `/api/${place}/labels/${labelId}`, { on: true })
  }
  const viewId = await made('/api/views', { name: 'Secreta', query: `department=${debts}` })
  const { installId, deviceId: pushDeviceId } = await phoneOf(holder)
  secret = { ...secret, labelId, label: labelId, department: debts, viewId, installId, pushDeviceId, writing: installId }
  const supervisor = await company.signIn('supervisor')
  await must(admin.token, 'PATCH', `/api/people/${supervisor.personId}`, { departments: [sales] })
  probers = {
    'an agent with two chats': agent,
    'a supervisor of another department': supervisor,
    'the administrator of another company': other,
    'somebody who was deactivated': await deactivated(),
    'a key for another number': { name: 'key', token: bounded.secret, personId: null },
    'nobody at all': { name: 'nobody', token: null, personId: null },
  }
}

const Subscribed = z.object({ id: z.string(), endpoint: z.string(), p256dh: z.string(), auth: z.string() })

/** A phone of this person that push reaches; what it has been shown so far, as its browser reads it. */
async function phoneOf(who: Who): Promise<{ installId: string; deviceId: string; shown(): Promise<string> }> {
  const post = await fetch(`${company.demo.simulators.control}/push/subscriptions`, { method: 'POST' })
  const { id, endpoint, p256dh, auth } = Subscribed.parse(await post.json())
  const installId = randomUUID()
  await company.must(who.token, 'PUT', '/api/push/device', { installId, endpoint, p256dh, auth })
  const { rows } = await company.database.query('select id from push_device where endpoint = $1', [endpoint])
  return {
    ...{ installId, deviceId: String(rows[0]?.id) },
    async shown() {
      const response = await fetch(`${company.demo.simulators.control}/push/received?subscription=${id}`)
      const { items } = z.object({ items: z.array(z.object({ text: z.nullable(z.string()) })) }).parse(await response.json())
      return items.map(({ text }) => text ?? '').join('\n')
    },
  }
}

async function made(path: string, body: object): Promise<string> {
  return z.object({ id: z.string() }).parse(await company.must(admin.token, 'POST', path, body)).id
}

/** A note that names the administrator: theirs to read, and nobody else's. */
async function mentionOf(holder: Who, chatId: string): Promise<string> {
  await company.must(holder.token, 'POST', `/api/chats/${chatId}/notes`, {
    id: newMessageId(),
    text: SECRETS.note,
    mentions: [admin.personId],
  })
  const { rows } = await company.database.query('select id from mention order by id desc limit 1')
  return String(rows[0]?.id)
}

/** A template is its number's: whoever has the number knows it, and nobody else. */
async function templateOf(channelId: string): Promise<string> {
  const content = { format: 'positional', header: null, body: 'Hola', examples: [], footer: null, buttons: [], unsupported: null }
  return made(`/api/channels/${channelId}/templates`, { name: 'secreta', language: 'es', category: 'utility', content })
}

/** A quick reply of a department that none of the probers stands in. */
async function replyOf(department: string): Promise<string> {
  const fields = { shortcut: 'secreta', name: 'Secreta', text: SECRETS.text, departments: [department] }
  return made('/api/quick-replies', fields)
}

/** The contact of the secret chat, and somebody else's import. The client database is open to whoever may list it. */
async function contactIds(chatId: string): Promise<Record<string, string>> {
  const { rows } = await company.database.query('select contact_id from chat where id = $1', [chatId])
  const contactId = String(rows[0]?.contact_id)
  await company.must(admin.token, 'GET', `/api/contacts/${contactId}/client`)
  const { rows: imports } = await company.database.query(
    "insert into contact_import (account_id, file_name, counts) select account_id, $2, '{}' from chat where id = $1 returning id",
    [chatId, 'secreto.csv'],
  )
  const asked = { kind: 'access', asked: SECRETS.asked }
  const privacyRequestId = await made(`/api/contacts/${contactId}/privacy-requests`, asked)
  return { contactId, spareId: contactId, importId: String(imports[0]?.id), clientId: 'de-nadie', privacyRequestId }
}

/** A rule of the department, switched off: it gives nothing away meanwhile. */
async function ruleOf(department: string): Promise<string> {
  const fields = {
    channelId: null,
    departmentId: department,
    way: 'round_robin',
    roles: [],
    moveOnMinutes: null,
    isActive: false,
  }
  return z.object({ id: z.string() }).parse(await company.must(admin.token, 'PUT', '/api/rules/assignment', fields)).id
}

async function upload(who: Who): Promise<string> {
  const pdf =
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'
  const response = await fetch(`${company.demo.address}/api/media?name=${SECRETS.file}`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf', authorization: `Bearer ${who.token}` },
    body: pdf,
  })
  return z.object({ id: z.string() }).parse(await response.json()).id
}

/** A file that has not come whole yet. */
async function uploadOf(who: Who): Promise<string> {
  const id = randomUUID()
  await company.must(who.token, 'POST', '/api/uploads', { id, name: SECRETS.file, mime: 'application/pdf', size: 1_000_000 })
  return id
}

async function sessionOf(who: Who): Promise<string> {
  const { rows } = await company.database.query('select id from session where person_id = $1 limit 1', [who.personId])
  return String(rows[0]?.id)
}

async function otherCompany(): Promise<Who> {
  const { rows } = await company.database.query(
    `with a as (insert into account (name) values ('Otra empresa') returning id) select id from a`,
  )
  const accountId = rows[0]?.id
  const person = await company.database.query(
    "insert into person (account_id, email, name, role_id, password_hash) values ($1, 'otra@empresa.example', 'Otra', roles_begin($1), 'x') returning id",
    [accountId],
  )
  return company.sessionFor(String(person.rows[0]?.id), 'other')
}

async function deactivated(): Promise<Who> {
  const { rows } = await company.database.query(
    `insert into person (account_id, email, name, role_id, password_hash)
     select account_id, 'se-fue@demo.local', 'Se Fue', role_id, 'x' from person where id = $1 returning id`,
    [admin.personId],
  )
  const who = await company.sessionFor(String(rows[0]?.id), 'deactivated')
  await company.must(admin.token, 'PUT', `/api/people/${who.personId}/deactivation`)
  return who
}

/** A UUIDv7 of now. */
function newMessageId(): string {
  const ms = Date.now().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`
}

/** A computer of the company's own that may run its numbers. */
async function nodeOf(boss: Who): Promise<string> {
  const Made = z.object({ node: z.object({ id: z.string() }) })
  return Made.parse(await company.must(boss.token, 'POST', '/api/session-nodes', { name: 'PC de la oficina' })).node.id
}

async function portalOf(channelId: string): Promise<string> {
  const { rows } = await company.database.query(
    'insert into portal (account_id, member_id, domain) select account_id, id::text, $2 from channel where id = $1 returning id',
    [channelId, SECRETS.portal],
  )
  return String(rows[0]?.id)
}

/** The open line of the portal that a number is bound to. */
async function portalLineOf(channelId: string, portalId: string): Promise<string> {
  const { rows } = await company.database.query(
    "insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name) select account_id, $2, id, 'wab24_x', 7, $3 from channel where id = $1 returning id",
    [channelId, portalId, SECRETS.portal],
  )
  return String(rows[0]?.id)
}

/** An alert that was not taken, with what the other side said. */
async function alertOf(personId: string): Promise<string> {
  const { rows } = await company.database.query(
    `insert into alert_delivery (account_id, subject, kind, facts, state, answer, done_at)
     select account_id, 'test:' || id, 'test', '{}', 'dead', $2, now() from person where id = $1 returning id`,
    [personId, SECRETS.portal],
  )
  return String(rows[0]?.id)
}

/** A top-up that was paid. */
async function moneyOf(
  personId: string,
): Promise<Record<'topupId' | 'paymentId' | 'movementId' | 'disputeId' | 'eventId' | 'itemId', string>> {
  const topupId = newMessageId()
  const { rows } = await company.database.query(
    `with t as (insert into topup (id, account_id, gateway, amount, currency, person_id, state)
       select $1, account_id, 'stripe', 5000000, 'USD', id, 'paid' from person where id = $2 returning *)
     insert into payment (account_id, gateway, ref, topup_id, amount, currency, method, at)
     select account_id, gateway, id::text, id, amount, currency, $3, now() from t returning id`,
    [topupId, personId, SECRETS.portal],
  )
  const paymentId = String(rows[0]?.id)
  const { rows: movements } = await company.database.query(
    `select (ledger_settle_topup(p.account_id, 'stripe', $1::text, 5000000, 'USD')).id from person p, ledger_open(p.account_id, 'USD') where p.id = $2`,
    [topupId, personId],
  )
  const { rows: disputes } = await company.database.query(
    `insert into dispute (account_id, payment_id, gateway, ref, amount, currency, state, taken, given_back, fee, seen_at)
     select account_id, id, gateway, ref, amount, currency, 'open', 0, 0, 0, now() from payment where id = $1 returning id`,
    [paymentId],
  )
  const { rows: events } = await company.database.query(
    "insert into gateway_event (gateway, event_id, kind, about, state) values ('stripe', $1, 'charge.refunded', '[]', 'dead') returning id",
    [topupId],
  )
  const { rows: items } = await company.database.query(
    `insert into recon_item (gateway, ref, day, at, kind, payment_ref, subject, amount, currency, code, verdict)
     select gateway, ref, at::date, at, 'payment', ref, 'in:' || ref, amount, currency, $2, 'differs' from payment where id = $1 returning id`,
    [paymentId, SECRETS.portal],
  )
  const [disputeId = '', eventId = '', itemId = '', movementId = ''] = [disputes, events, items, movements].map((found) =>
    String(found[0]?.id),
  )
  return { topupId, paymentId, movementId, disputeId, eventId, itemId }
}

/** A subscription that has ended, and what it was of. */
async function subscriptionOf(
  channelId: string,
): Promise<Record<'subscriptionId' | 'planPriceId' | 'planId' | 'customerId', string>> {
  const { rows } = await company.database.query(
    `insert into subscription (account_id, channel_id, plan_price_id, gateway, state, ended_at)
     select c.account_id, c.id, v.id, 'gift', 'ended', now() from channel c, plan_price v where c.id = $1 order by v.minor limit 1
     returning id, plan_price_id, account_id`,
    [channelId],
  )
  const { rows: plans } = await company.database.query('select plan_id as id from plan_price where id = $1', [
    rows[0]?.plan_price_id,
  ])
  return {
    subscriptionId: String(rows[0]?.id),
    planPriceId: String(rows[0]?.plan_price_id),
    planId: String(plans[0]?.id),
    customerId: String(rows[0]?.account_id),
  }
}

/** One of the rates that every installation begins with. */
async function aRateId(): Promise<string> {
  const { rows } = await company.database.query('select id from rate limit 1')
  return String(rows[0]?.id)
}

/** A time in which a number did not work. */
async function outageOf(channelId: string): Promise<string> {
  const { rows } = await company.database.query(
    "insert into channel_outage (account_id, channel_id, problem, ended_at) select account_id, id, 'token_invalid', now() from channel where id = $1 returning id",
    [channelId],
  )
  return String(rows[0]?.id)
}

const unknownNames = new Set<string>()
const secretIds: Ids = (name) => {
  const id = secret[name] ?? null
  if (id === null) unknownNames.add(name)
  return id
}
/** Ids of nothing: what the same question gives when there is nothing to find. */
const noIds: Ids = () => newMessageId()

/** What would end the prober, begin a company, count tries, or open a chat that was not there: other tests ask these. */
const LEAVE_OUT = new Set([
  ...['DELETE /api/session', 'DELETE /api/session/devices', 'PUT /api/session/password'],
  ...['POST /api/account', 'POST /api/session', 'POST /api/chats'],
])
/** What people of one company may know of each other when their role shows it to them. */
const COLLEAGUES =
  /^\/api\/(people|roles|departments|channel-people|channels|templates|consents|consent-imports|chats\/assignments)\b/

async function ask(who: Who, route: Route, ids: Ids) {
  const { path, body } = requestOf(route, ids)
  const answer = await company.ask(who.token, route.method, path, route.isBytes ? undefined : body)
  return { ...answer, sent: path + JSON.stringify(body ?? null) }
}

/** Which secrets an answer tells that the question did not. */
function told(answer: { text: string; sent: string }, words: readonly string[]): string[] {
  return words.filter((word) => answer.text.includes(word) && !answer.sent.includes(word))
}

const contents = () => [
  ...Object.values(SECRETS),
  secret['chatId'] ?? '',
  secret['messageId'] ?? '',
  secret['mediaId'] ?? '',
  marked.labelId,
]

test('the probe has an id for every name that asks for one, and reaches every route', () => {
  for (const route of routes) requestOf(route, secretIds)
  expect([...unknownNames], 'name a thing in `secret` for each of these').toEqual([])
  expect(routes.length).toBeGreaterThan(60)
})

test('who may see it all finds every secret by these very questions: the probe can fail', async () => {
  const found = new Set<string>()
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    const answer = await ask(admin, route, secretIds)
    for (const word of contents()) if (answer.text.includes(word)) found.add(word)
  }
  expect(contents().filter((word) => !found.has(word))).toEqual([])
})

test.each([
  'an agent with two chats',
  'a supervisor of another department',
  'the administrator of another company',
  'somebody who was deactivated',
  'a key for another number',
  'nobody at all',
])('%s finds nothing by any route', { timeout: 120_000 }, async (name) => {
  const who = probers[name]
  if (!who) throw new Error('no such prober')
  const leaks: string[] = []
  const tells: string[] = []
  for (const route of routes) {
    const label = `${route.method} ${route.path}`
    if (LEAVE_OUT.has(label)) continue
    const answer = await ask(who, route, secretIds)
    const words = told(answer, contents())
    if (words.length > 0) leaks.push(`${label} (${answer.status}): ${words.join(', ')}`)
    // Within a company a colleague's existence is no secret where the role shows the list.
    if (COLLEAGUES.test(route.path) && name !== 'the administrator of another company') continue
    const nothing = await ask(who, route, noIds)
    const code = (one: typeof answer) => `${one.status} ${z.object({ code: z.string() }).safeParse(one.json).data?.code ?? ''}`
    // The own password and codes: tries are counted, whatever ids stand beside them.
    if (code(nothing).includes('too_many_tries')) continue
    if (code(answer) !== code(nothing)) tells.push(`${label}: ${code(answer)}, but ${code(nothing)} for an id of nothing`)
  }
  expect(leaks).toEqual([])
  expect(tells).toEqual([])
})

test('an agent counts, lists and searches two chats, and the words of the others find nothing', async () => {
  const agent = probers['an agent with two chats']
  if (!agent) throw new Error('no agent')
  expect(await company.items(agent.token, '/api/chats')).toHaveLength(2)
  expect(await company.must(agent.token, 'GET', '/api/chat-counts')).toMatchObject({ trays: { mine: 2, open: 2, unassigned: 0 } })
  for (const word of [SECRETS.name, SECRETS.phone, SECRETS.phone.slice(-6)]) {
    expect(await company.items(agent.token, `/api/chats?q=${encodeURIComponent(word)}`)).toEqual([])
  }
  for (const word of [SECRETS.text, SECRETS.note, 'secreta', 'secr']) {
    const path = `/api/messages?q=${encodeURIComponent(word)}`
    expect((await company.ask(admin.token, 'GET', path)).text).toContain('secreta')
    expect(await company.items(agent.token, path)).toEqual([])
  }
  // The customer has a chat: the agent is told that somebody has it, not who, and gets nothing of it.
  const opened = await company.ask(agent.token, 'POST', '/api/chats', { channelId: secret['channelId'], phone: SECRETS.phone })
  expect(opened).toMatchObject({ status: 409, json: { code: 'chat_with_somebody' } })
  expect(told({ ...opened, sent: '' }, contents())).toEqual([])
  // Somebody else's file cannot be taken out by sending it on.
  const theft = { id: newMessageId(), kind: 'document', mediaId: secret['mediaId'] }
  expect(await company.ask(agent.token, 'POST', `/api/chats/${visibleChat}/messages`, theft)).toMatchObject({
    status: 422,
    json: { code: 'media_not_found' },
  })
})

test('a label that is not for the agent’s role is on nothing of theirs, filters nothing, and cannot be touched', async () => {
  const agent = probers['an agent with two chats']
  if (!agent) throw new Error('no agent')
  const { chatId, messageId, labelId } = marked
  const answers = await Promise.all(
    [
      ...['/api/labels', '/api/chats', `/api/chats/${chatId}`, `/api/chats/${chatId}/messages`, '/api/chats?q=593981110003'],
      ...[
        `/api/messages?label=${labelId}`,
        '/api/messages?q=593981110003',
        `/api/chats?label=${labelId}`,
        `/api/chats?label=${labelId}&q=593981110003`,
        '/api/chat-counts',
      ],
    ].map((path) => company.ask(agent.token, 'GET', path)),
  )
  for (const { status, text } of answers) {
    expect(status).toBe(200)
    expect([SECRETS.label, SECRETS.labelNote, labelId].filter((word) => text.includes(word))).toEqual([])
  }
  for (const path of [`chats/${chatId}`, `messages/${messageId}`]) {
    const touched = await company.ask(agent.token, 'PUT', `/api/${path}/labels/${labelId}`, { on: false })
    expect([touched.status, touched.text.includes(SECRETS.label)]).toEqual([404, false])
  }
  // What comes back from an act on the marked message is the agent's own sight of it, too.
  const reacted = await company.ask(agent.token, 'PUT', `/api/messages/${messageId}/reaction`, { emoji: '👍' })
  expect(reacted.status).toBe(200)
  expect(told({ ...reacted, sent: '' }, [SECRETS.label, labelId, 'roles'])).toEqual([])
})

test('whatever happens in a chat that one may not see, one’s live stream and one’s phone are silent about it', async () => {
  const able = Object.entries(probers).filter(([, who]) => who.token !== null && who.name !== 'deactivated')
  const listeners = await Promise.all(able.map(([, who]) => listen(company.demo.address, who)))
  const eyes = await listen(company.demo.address, admin)
  const [loja, lima] = [
    company.demo.channels.find(({ kind }) => kind === 'meta'),
    company.demo.channels.find(({ kind }) => kind === 'gupshup'),
  ]
  if (!loja || !lima) throw new Error('no demo numbers')
  // The probing supervisor may pause a number that is everybody's, and has done so.
  await company.must(admin.token, 'PUT', `/api/channels/${loja.id}/pause`, { sending: false, receiving: false })
  const holder = await company.signIn('agente2')
  const people = able.filter(([, who]) => who.personId !== null)
  // Whatever they would hear of, were it theirs.
  await company.database.query("update push_choice set muted = '{}', only_mine = false, quiet_from = null, quiet_to = null")
  const phones = await Promise.all(people.map(([, who]) => phoneOf(who)))
  const holders = await phoneOf(holder)
  await company.customerWrites(admin, loja, SECRETS.phone, `${SECRETS.text}, otra vez`)
  await until('the holder’s phone has it', async () => (await holders.shown()).includes(SECRETS.text), 20_000)
  await company.must(holder.token, 'POST', `/api/chats/${secret['chatId']}/messages`, {
    id: newMessageId(),
    kind: 'text',
    text: SECRETS.text,
  })
  await company.must(holder.token, 'POST', `/api/chats/${secret['chatId']}/notes`, { id: newMessageId(), text: SECRETS.note })
  // Off and on again, on what the agent sees: everybody hears of the chat, the role alone of the label.
  for (const on of [false, true]) {
    for (const place of [`chats/${marked.chatId}`, `messages/${marked.messageId}`]) {
      await company.must(admin.token, 'PUT', `/api/${place}/labels/${marked.labelId}`, { on })
    }
  }
  await until('the administrator hears of the label', () => eyes.heard(SECRETS.label), 20_000)
  await until('who may see it hears it', () => eyes.heard(SECRETS.note), 20_000)

  // The stream is in order: who has heard the last has heard everything before it.
  await company.customerWrites(admin, loja, '593981110003', 'Para la agente')
  await company.customerWrites(admin, lima, '51981110009', 'Para la clave')
  await until('the agent hears of their own chat', () => listeners[0]?.heard('Para la agente') === true, 20_000)
  const keyAt = able.findIndex(([name]) => name === 'a key for another number')
  await until('the key hears of its number', () => listeners[keyAt]?.heard('Para la clave') === true, 20_000)
  for (const [at, [name]] of able.entries()) {
    const everything = listeners[at]?.frames.join('\n') ?? ''
    expect(
      contents().filter((word) => everything.includes(word)),
      name,
    ).toEqual([])
  }
  for (const one of [...listeners, eyes]) one.close()
  // Every push of all this has been sent, or was nobody's to hear.
  const waiting = "select count(*)::int as n from job where kind = 'push' and done_at is null and attempts = 0"
  await until('nothing waits', async () => (await company.database.query(waiting)).rows[0]?.n === 0, 20_000)
  for (const [at, [name]] of people.entries()) {
    const shown = (await phones[at]?.shown()) ?? ''
    expect(
      contents().filter((word) => shown.includes(word)),
      name,
    ).toEqual([])
  }
})
