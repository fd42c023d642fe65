/** Commands over HTTP: what tests and scripts do with the simulated Stripe. The list is `GET /control/stripe`. */
import { fieldsOf, jsonIn, listOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { findRoute, json } from '../lib/http.ts'
import type { Asked, Reply, Route } from '../lib/http.ts'
import type { Table } from '../lib/tables.ts'
import { bankAnswers, payOnPage, settlePayment } from './checkout/complete.ts'
import { expireSession } from './checkout/sessions.ts'
import type { Clock } from './clock.ts'
import { COMMANDS } from './help.ts'
import { putEndpoint } from './hooks/endpoints.ts'
import type { Postman } from './hooks/postman.ts'
import { mischiefIn } from './mischief.ts'
import { misreport, moveOnCommand } from './money/account.ts'
import { isCard } from './money/cards.ts'
import { decide, disputeOnCommand } from './money/disputes.ts'
import { failRefund, finishRefund } from './money/refunds.ts'
import type { Note } from './rest/gate.ts'
import { settingsOf } from './service.ts'
import type { Settings, Stripe } from './service.ts'

export type Host = { s: Stripe; clock: Clock; postman: Postman; received: readonly Note[]; forget(): void }
type Command = Host & { asked: Asked; names: Record<string, string>; fields: Fields }
type Handle = (command: Command) => Promise<object | string> | object | string

const FLUSH_MS = 30_000

const routes: Route<Handle>[] = [
  { method: 'GET', path: '', handle: () => ({ commands: COMMANDS }) },
  { method: 'POST', path: '/sessions/:id/pay', handle: pay },
  {
    method: 'POST',
    path: '/sessions/:id/settle',
    handle: ({ s, names, fields }) => settlePayment(s, paymentOf(s, names.id ?? ''), fields.ok !== false),
  },
  { method: 'POST', path: '/sessions/:id/expire', handle: expire },
  {
    method: 'POST',
    path: '/bank/:intent',
    handle: ({ s, names, fields }) => bankAnswers(s, names.intent ?? '', fields.ok !== false) ?? { is: 'done' },
  },
  { method: 'POST', path: '/disputes', handle: ({ s, fields }) => disputeOnCommand(s, fields) },
  { method: 'POST', path: '/disputes/:id/:does', handle: ({ s, names }) => decide(s, names.id ?? '', names.does ?? '') },
  { method: 'POST', path: '/refunds/:id/fail', handle: ({ s, names }) => failRefund(s, names.id ?? '') },
  { method: 'POST', path: '/refunds/:id/finish', handle: ({ s, names }) => finishRefund(s, names.id ?? '') },
  { method: 'POST', path: '/movements', handle: ({ s, fields }) => moveOnCommand(s, fields) },
  { method: 'POST', path: '/movements/:id', handle: ({ s, names, fields }) => misreport(s, names.id ?? '', fields) },
  { method: 'GET', path: '/clock', handle: ({ s }) => ({ now: s.now() }) },
  { method: 'PUT', path: '/clock', handle: moveClock },
  { method: 'PUT', path: '/settings', handle: setSettings },
  { method: 'GET', path: '/hooks', handle: hooks },
  { method: 'POST', path: '/hooks', handle: addHook },
  {
    method: 'POST',
    path: '/hooks/flush',
    handle: async ({ postman, fields }) => ({
      pending: await postman.flush(fields.wait === true ? (numberOf(fields.waitMs) ?? FLUSH_MS) : 0),
    }),
  },
  { method: 'POST', path: '/hooks/again/:event', handle: ({ postman, names }) => ({ posted: postman.again(names.event ?? '') }) },
  { method: 'GET', path: '/received', handle: received },
  { method: 'GET', path: '/rows/:table', handle: rows },
  { method: 'GET', path: '/mischief', handle: ({ s }) => ({ items: s.mischief.all() }) },
  { method: 'POST', path: '/mischief', handle: misbehave },
  { method: 'DELETE', path: '/mischief', handle: ({ s }) => (s.mischief.clear(), { items: [] }) },
  { method: 'POST', path: '/reset', handle: ({ forget }) => (forget(), { ok: true }) },
]

/** Answers a command; `path` comes without `/control/stripe`. */
export async function command(host: Host, asked: Asked, path: string): Promise<Reply> {
  const found = findRoute(routes, asked.method, path.replace(/\/+$/, ''))
  if (!found) return json(404, { error: `no command ${asked.method} /control/stripe${path}; GET /control/stripe lists them` })
  const fields = fieldsOf(jsonIn(asked.body.toString('utf8')))
  const result = await found.route.handle({ ...host, asked, names: found.names, fields })
  return typeof result === 'string' ? json(400, { error: result }) : json(200, result)
}

function pay({ s, names, fields }: Command): object | string {
  const session = s.tables.sessions.get(names.id ?? '')
  if (!session) return 'no such session'
  const card = textOf(fields.card) ?? 'ok'
  if (card !== 'none' && !isCard(card)) return `no such card: ${card}`
  const outcome = payOnPage(s, session, card === 'none' ? null : card, textOf(fields.email) ?? null)
  if (outcome.is !== 'asks' || fields.bank === undefined) return outcome
  return bankAnswers(s, outcome.session.payment_intent ?? outcome.session.id, fields.bank === 'yes') ?? outcome
}

/** The payment behind a session: its own, or the one of its first invoice. */
function paymentOf(s: Stripe, id: string): string {
  const session = s.tables.sessions.get(id)
  const ofInvoice = s.tables.invoicePayments.all().find(({ invoice }) => invoice === session?.invoice)
  return session?.payment_intent ?? ofInvoice?.payment.payment_intent ?? ''
}

function expire({ s, names }: Command): object | string {
  const session = s.tables.sessions.get(names.id ?? '')
  return session?.status === 'open' ? expireSession(s, session) : 'no such session, or it is not open'
}

function moveClock({ s, clock, fields }: Command): object | string {
  const to = numberOf(fields.to) ?? s.now() + (numberOf(fields.by) ?? 0)
  if (to < s.now()) return 'the clock goes forward only'
  clock.moveTo(to)
  return { now: s.now() }
}

function setSettings({ s, fields }: Command): object | string {
  const old = settingsOf(s.tables)
  const after = ['cancel', 'unpaid', 'past_due'] as const
  const settings: Settings = {
    id: 'settings',
    retryDays: fields.retryDays === undefined ? old.retryDays : listOf(fields.retryDays).map(Number),
    afterRetries: after.find((one) => one === fields.afterRetries) ?? old.afterRetries,
    feePerMille: numberOf(fields.feePerMille) ?? old.feePerMille,
    feeFixed: numberOf(fields.feeFixed) ?? old.feeFixed,
    disputeFee: numberOf(fields.disputeFee) ?? old.disputeFee,
    delayedDays: numberOf(fields.delayedDays) ?? old.delayedDays,
  }
  return s.tables.settings.put(settings)
}

function hooks({ s, asked }: Command): object {
  const state = asked.query.get('state')
  return { items: s.tables.deliveries.all().filter((one) => state === null || one.state === state) }
}

function addHook({ s, fields }: Command): object | string {
  const [url, secret] = [textOf(fields.url), textOf(fields.secret)]
  if (url === undefined || secret === undefined) return 'url and secret are needed'
  return putEndpoint(s, url, { enabled_events: fields.events }, secret)
}

function received({ received: all, asked: { query } }: Command): object {
  const after = numberOf(query.get('after')) ?? 0
  const fits = (note: Note) =>
    note.seq > after &&
    (!query.has('path') || note.path === query.get('path')) &&
    (!query.has('method') || note.method === query.get('method'))
  const items = all.filter(fits)
  return { count: items.length, items }
}

function rows({ s, names, asked: { query } }: Command): object | string {
  const table = Object.entries<Pick<Table<object>, 'all'>>(s.tables).find(([name]) => name === names.table)?.[1]
  if (!table) return `no such table; there are ${Object.keys(s.tables).join(', ')}`
  const fits = (row: object) => [...query].every(([name, value]) => String(fieldsOf(row)[name]) === value)
  return { items: table.all().filter(fits) }
}

function misbehave({ s, fields }: Command): object | string {
  const read = mischiefIn(fields)
  return typeof read === 'string' ? read : s.mischief.add(read)
}
