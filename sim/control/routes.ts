/** Commands over HTTP: what tests and scripts do with the simulated world. The list itself is `GET /control`. */
import { debtorOf, keepDebtor } from '../clients/debtors.ts'
import { advance, customerReads } from '../conduct.ts'
import { signatureOf } from '../encode.ts'
import { digitsOf, fieldsOf, jsonIn, listOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { findRoute, json } from '../lib/http.ts'
import type { Asked, Reply, Route } from '../lib/http.ts'
import { isTarget, misbehaviourIn } from '../misbehaviour.ts'
import type { Received } from '../model.ts'
import type { Sim } from '../sim.ts'
import { conversationId } from '../world.ts'
import { customerDoes } from './customers.ts'
import { COMMANDS } from './help.ts'
import { decideTemplate, isQuality, isStatus } from '../template-review.ts'
import { findNumber, registerNumber } from './numbers.ts'

type Command = { sim: Sim; asked: Asked; names: Record<string, string>; body: unknown; fields: Fields }
type Handle = (command: Command) => Promise<Reply> | Reply

const routes: Route<Handle>[] = [
  { method: 'GET', path: '', handle: () => json(200, { commands: COMMANDS }) },
  { method: 'GET', path: '/numbers', handle: ({ sim }) => json(200, { items: [...sim.world.numbers.values()] }) },
  { method: 'POST', path: '/numbers', handle: ({ sim, body }) => answer(registerNumber(sim, body)) },
  { method: 'GET', path: '/customers', handle: ({ sim }) => json(200, { items: [...sim.world.customers.values()] }) },
  {
    method: 'POST',
    path: '/customers/:phone/messages',
    handle: ({ sim, names, body }) => answer(customerDoes(sim, digitsOf(names.phone), body)),
  },
  { method: 'POST', path: '/customers/:phone/read', handle: readAll },
  { method: 'POST', path: '/customers/:phone/played', handle: played },
  { method: 'POST', path: '/customers/:phone/window', handle: moveWindow },
  { method: 'GET', path: '/received', handle: received },
  {
    method: 'GET',
    path: '/conversations',
    handle: ({ sim }) =>
      json(200, {
        items: [...sim.world.conversations.values()].map((each) => ({
          ...each,
          messages: each.messageIds.length,
          messageIds: undefined,
        })),
      }),
  },
  { method: 'GET', path: '/conversations/:number/:phone', handle: conversation },
  {
    method: 'GET',
    path: '/hooks',
    handle: ({ sim }) => json(200, { pending: sim.outbox.pending(), answers: sim.outbox.answers() }),
  },
  { method: 'POST', path: '/hooks/flush', handle: flush },
  { method: 'POST', path: '/hooks/raw', handle: rawHook },
  { method: 'GET', path: '/misbehaviour', handle: ({ sim }) => json(200, { items: sim.misbehaviours.all() }) },
  { method: 'PUT', path: '/misbehaviour', handle: misbehave },
  { method: 'DELETE', path: '/misbehaviour', handle: behave },
  { method: 'PUT', path: '/templates', handle: changeTemplate },
  { method: 'POST', path: '/debtors', handle: setDebtor },
  { method: 'GET', path: '/debtors/:id', handle: ({ sim, names }) => answer(debtorOf(sim, names.id) ?? 'no such debtor') },
  { method: 'POST', path: '/push/subscriptions', handle: ({ sim }) => json(200, sim.push.subscribe()) },
  { method: 'PUT', path: '/push/subscriptions/:id', handle: scriptPush },
  { method: 'GET', path: '/push/received', handle: pushed },
  { method: 'PUT', path: '/mail-hook/:name', handle: scriptMail },
  { method: 'GET', path: '/mail-hook/:name', handle: ({ sim, names }) => json(200, sim.mailHook.shown(names.name ?? '')) },
  { method: 'POST', path: '/reset', handle: reset },
]

/** Answers a command. `path` comes without `/control`. */
export async function control(sim: Sim, asked: Asked, path: string): Promise<Reply> {
  const found = findRoute(routes, asked.method, path.replace(/\/+$/, ''))
  if (!found) return json(404, { error: `no command ${asked.method} /control${path}; GET /control lists them` })
  const body = jsonIn(asked.body.toString('utf8'))
  return found.route.handle({ sim, asked, names: found.names, body, fields: fieldsOf(body) })
}

function answer(result: object | string): Reply {
  return typeof result === 'string' ? json(400, { error: result }) : json(200, result)
}

function readAll({ sim, names, fields }: Command): Reply {
  const number = findNumber(sim, fields.number)
  return answer(number ? { read: customerReads(sim, number, digitsOf(names.phone)) } : 'no such number')
}

function played({ sim, fields }: Command): Reply {
  const message = sim.world.messageOf(textOf(fields.id) ?? '')
  if (message?.direction !== 'out') return answer('no such message')
  advance(sim, message.id, 'played')
  return answer({ played: message.id })
}

/** Moves the customer's last word back in time: 25 hours closes the 24-hour window; null: never wrote. */
function moveWindow({ sim, names, fields }: Command): Reply {
  const number = findNumber(sim, fields.number)
  if (!number) return answer('no such number')
  const hoursAgo = numberOf(fields.hoursAgo)
  const lastInboundAt = hoursAgo === undefined ? null : sim.now() - hoursAgo * 3600_000
  sim.world.record({ t: 'window', numberId: number.id, customer: digitsOf(names.phone), lastInboundAt })
  return answer({ lastInboundAt })
}

function received({ sim, asked: { query } }: Command): Reply {
  const number = query.has('number') ? findNumber(sim, query.get('number')) : undefined
  const fits = (each: Received) =>
    (!query.has('phone') || each.phone === digitsOf(query.get('phone'))) &&
    (!query.has('number') || each.numberId === (number?.id ?? '')) &&
    (!query.has('what') || (query.get('what') ?? '').split(',').includes(each.what)) &&
    (!query.has('target') || each.target === query.get('target')) &&
    (!query.has('processed') || String(each.processed) === query.get('processed')) &&
    each.seq > (numberOf(query.get('after')) ?? 0)
  const items = sim.world.received.filter(fits)
  return json(200, { count: items.length, items: query.get('count') === 'only' ? [] : items })
}

function conversation({ sim, names }: Command): Reply {
  const number = findNumber(sim, names.number)
  const phone = digitsOf(names.phone)
  const found = number && sim.world.conversations.get(conversationId(number.id, phone))
  if (!found) return json(404, { error: 'they have not written to each other' })
  const items = found.messageIds.flatMap((id) => sim.world.messages.get(id) ?? [])
  return json(200, { lastInboundAt: found.lastInboundAt, customer: sim.world.customers.get(phone), items })
}

/** Tries every waiting webhook now; with `wait: true` answers when nothing waits any more, or after 30 s. */
async function flush({ sim, fields }: Command): Promise<Reply> {
  sim.outbox.flush()
  if (fields.wait === true) {
    const limit = new Promise((resolve) => sim.after(numberOf(fields.waitMs) ?? 30_000, () => resolve(undefined)))
    await Promise.race([sim.outbox.settled(), limit])
  }
  return json(200, { pending: sim.outbox.pending().length, answers: sim.outbox.answers() })
}

/** Posts any bytes to a hook, at once and once: signed as Meta does, wrongly, or not at all. Answers with what came back. */
async function rawHook({ sim, fields }: Command): Promise<Reply> {
  const found = findNumber(sim, fields.number)
  const number = found?.kind === 'session' ? undefined : found
  const url = textOf(fields.url) ?? number?.hookUrl ?? undefined
  if (url === undefined || !URL.canParse(url, sim.appOrigin)) return answer('url or number is missing')
  const text = typeof fields.body === 'string' ? fields.body : JSON.stringify(fields.body ?? null)
  const base64 = textOf(fields.bodyBase64)
  const body = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64')
  const secret = textOf(fields.secret) ?? (number?.kind === 'meta' ? number.appSecret : '')
  const signed = fields.sign === false ? {} : signatureOf(fields.sign === 'wrong' ? `${secret}x` : secret, body)
  const given = Object.entries(fieldsOf(fields.headers)).map(([name, value]) => [name, String(value)])
  const headers = { 'content-type': 'application/json', ...signed, ...Object.fromEntries(given) }
  try {
    const response = await fetch(new URL(url, sim.appOrigin), {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(30_000),
      redirect: 'manual',
    })
    return json(200, { status: response.status, body: (await response.text()).slice(0, 10_000) })
  } catch (error) {
    return json(200, { status: 0, body: error instanceof Error ? error.message : 'no answer' })
  }
}

function misbehave({ sim, body }: Command): Reply {
  const read = misbehaviourIn(body)
  if (typeof read === 'string') return answer(read)
  const number = read.number === null ? null : (findNumber(sim, read.number)?.id ?? read.number)
  sim.misbehaviours.set({ ...read, number })
  return json(200, { items: sim.misbehaviours.all() })
}

function behave({ sim, asked }: Command): Reply {
  const target = asked.query.get('target')
  sim.misbehaviours.clear(isTarget(target) ? target : null)
  return json(200, { items: sim.misbehaviours.all() })
}

/** WhatsApp decides on a template, or changes its mind: the business is told. */
function changeTemplate({ sim, fields }: Command): Reply {
  const number = findNumber(sim, fields.number)
  const status = ['APPROVED', 'PENDING', 'REJECTED', 'PAUSED'].find((one) => one === fields.status)
  const quality = ['GREEN', 'YELLOW', 'RED'].find((one) => one === fields.quality)
  if (!number || number.kind === 'session') return answer('no such number')
  const changed = decideTemplate(sim, number, textOf(fields.name) ?? '', {
    ...(isStatus(status) && { status }),
    ...(isQuality(quality) && { quality }),
    ...(textOf(fields.reason) !== undefined && { reason: textOf(fields.reason) }),
  })
  return answer(changed ? { changed: changed.name } : 'no such template')
}

/** Adds or changes somebody of the company's client database, behind everybody's back. */
function setDebtor({ sim, fields }: Command): Reply {
  const id = textOf(fields.id)
  if (id === undefined) return answer('id is missing')
  const text = (name: string) => (textOf(fields[name]) === undefined ? {} : { [name]: textOf(fields[name]) })
  const number = (name: string) => (numberOf(fields[name]) === undefined ? {} : { [name]: numberOf(fields[name]) })
  const phone = fields.phone === undefined ? {} : { phone: digitsOf(fields.phone) }
  const words = { ...text('holder'), ...text('document'), ...text('email'), ...text('dueDate') }
  return answer(keepDebtor(sim, id, { ...phone, ...words, ...number('balance'), ...number('daysOverdue') }))
}

/** What the push service answers next for a browser. */
function scriptPush({ sim, names, fields }: Command): Reply {
  const answers = listOf(fields.answers).map((one) => ({
    status: numberOf(fieldsOf(one).status) ?? numberOf(one) ?? 201,
    retryAfter: numberOf(fieldsOf(one).retryAfter) ?? null,
  }))
  return answer(sim.push.script(names.id ?? '', answers, fields.gone === true) ? { answers } : 'no such subscription')
}

function pushed({ sim, asked: { query } }: Command): Reply {
  const after = numberOf(query.get('after')) ?? 0
  const id = query.get('subscription')
  const items = sim.push.received.filter((one) => one.seq > after && (id === null || one.subscription === id))
  return json(200, { items })
}

/** What the automation behind an address knows and answers next. */
function scriptMail({ sim, names, fields }: Command): Reply {
  const answers = listOf(fields.answers).map((one) => ({
    status: numberOf(fieldsOf(one).status) ?? null,
    slowMs: numberOf(fieldsOf(one).slowMs) ?? 0,
    location: textOf(fieldsOf(one).location) ?? null,
    body: textOf(fieldsOf(one).body) ?? null,
  }))
  sim.mailHook.set(names.name ?? '', textOf(fields.secret), answers)
  return answer({ answers })
}

/** Forgets conversations, files, what was received and what waits; numbers too with `numbers: true`. */
function reset({ sim, fields }: Command): Reply {
  sim.misbehaviours.clear(null)
  sim.outbox.forget()
  sim.journal.forgetFiles()
  sim.typing.clear()
  sim.web?.forget()
  sim.world.record({ t: 'reset', numbers: fields.numbers === true })
  return json(200, { numbers: sim.world.numbers.size })
}
