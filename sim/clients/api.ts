/** A company's own client database, as many have it: a plain REST API with a token, pages, ETags, at `/clients-api`. */
import { createHash } from 'node:crypto'
import { digitsOf, fieldsOf, jsonIn, numberOf, textOf } from '../lib/fields.ts'
import { findRoute, json, type Asked, type Reply, type Route } from '../lib/http.ts'
import type { Debtor } from '../model.ts'
import type { Handled, Provider } from '../provider.ts'
import type { Sim } from '../sim.ts'
import { CLIENTS_TOKEN, debtorOf, debtorsOf, keepDebtor, type DebtorChange } from './debtors.ts'

type Call = { sim: Sim; asked: Asked; names: Record<string, string> }
type Handle = (call: Call) => Reply

const PAGE = 20
const PAGE_MAX = 100

const etagOf = ({ id, version }: Debtor): string =>
  `"${createHash('sha1').update(`${id} ${version}`).digest('hex').slice(0, 16)}"`

function shown({ id, holder, document, phone, email, balance, daysOverdue, dueDate, updatedAt }: Debtor): object {
  return {
    id,
    holder: { name: holder, document, phone: `+${phone}`, email },
    account: { balance, daysOverdue, dueDate },
    updatedAt,
  }
}

/** Words without accents and capitals. */
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

function list({ sim, asked }: Call): Reply {
  const phone = digitsOf(asked.query.get('phone'))
  const words = plain(asked.query.get('q') ?? '')
  const from = numberOf(asked.query.get('cursor')) ?? 0
  const size = Math.min(PAGE_MAX, numberOf(asked.query.get('limit')) ?? PAGE)
  const found = debtorsOf(sim).filter(
    (one) =>
      (phone === '' || one.phone === phone) && (words === '' || plain(`${one.holder} ${one.document} ${one.id}`).includes(words)),
  )
  const next = from + size < found.length ? String(from + size) : null
  return json(200, { data: found.slice(from, from + size).map(shown), meta: { total: found.length, next } })
}

const one = (status: number, debtor: Debtor): Reply => json(status, shown(debtor), { etag: etagOf(debtor) })
const nobody = (): Reply => json(404, { error: 'no such debtor' })

/** What a body names, checked; a sentence when it cannot be. */
function changeIn(body: Buffer): DebtorChange | string {
  const fields = fieldsOf(jsonIn(body.toString('utf8')))
  const [holder, account] = [fieldsOf(fields.holder), fieldsOf(fields.account)]
  const wanted: DebtorChange = {}
  if (textOf(holder.name)) wanted.holder = textOf(holder.name) ?? ''
  if (textOf(holder.document)) wanted.document = textOf(holder.document) ?? ''
  if (textOf(holder.email)) wanted.email = textOf(holder.email) ?? ''
  if (textOf(holder.phone)) wanted.phone = digitsOf(holder.phone)
  if (textOf(account.dueDate)) wanted.dueDate = textOf(account.dueDate) ?? ''
  for (const name of ['balance', 'daysOverdue'] as const) {
    if (account[name] === undefined) continue
    const value = account[name]
    if (typeof value !== 'number' || value < 0) return `account.${name} must be a number from 0`
    wanted[name] = value
  }
  return wanted
}

function change({ sim, asked, names }: Call): Reply {
  const debtor = debtorOf(sim, names.id)
  if (!debtor) return nobody()
  const seen = asked.headers['if-match']
  if (seen !== undefined && seen !== etagOf(debtor)) return json(412, { error: 'changed since it was read' })
  const wanted = changeIn(asked.body)
  return typeof wanted === 'string' ? json(422, { error: wanted }) : one(200, keepDebtor(sim, debtor.id, wanted))
}

function add({ sim, asked }: Call): Reply {
  const wanted = changeIn(asked.body)
  if (typeof wanted === 'string') return json(422, { error: wanted })
  if (!wanted.phone || !wanted.holder) return json(422, { error: 'holder.name and holder.phone are needed' })
  const empty = { document: '', email: '', balance: 0, daysOverdue: 0, dueDate: '' }
  return one(201, keepDebtor(sim, `N-${String(sim.world.debtors.size + 1).padStart(5, '0')}`, { ...empty, ...wanted }))
}

const routes: Route<Handle>[] = [
  { method: 'GET', path: '/debtors', handle: list },
  { method: 'POST', path: '/debtors', handle: add },
  {
    method: 'GET',
    path: '/debtors/:id',
    handle: ({ sim, names }) => {
      const debtor = debtorOf(sim, names.id)
      return debtor ? one(200, debtor) : nobody()
    },
  },
  { method: 'PATCH', path: '/debtors/:id', handle: change },
]

/** The client database, for `serveProvider`: it misbehaves as the target `clients`. */
export function clientsProvider(sim: Sim): Provider {
  return {
    target: 'clients',
    route(asked, path) {
      const found = findRoute(routes, asked.method, path)
      const run = (): Handled => {
        if (asked.headers.authorization !== `Bearer ${CLIENTS_TOKEN}`)
          return { reply: json(401, { error: 'token missing or wrong' }) }
        const reply = found ? found.route.handle({ sim, asked, names: found.names }) : nobody()
        return { reply, note: { processed: reply.status < 300 } }
      }
      // A write is what goes out here: `on: send` hits those alone.
      return { hits: asked.method === 'GET' ? 'all' : 'send', run, numberId: null }
    },
    expired: () => json(401, { error: 'token expired' }),
    limited: () => json(429, { error: 'too many requests' }),
    broken: (status) => json(status, { error: 'down for maintenance' }),
  }
}
