/** Lists, pages and search, at the size that they must be fast at. */
import type { Bare } from '../bare/host.ts'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import { spreadOf, type Spread } from '../spread.ts'
import type { Load } from '../tasks.ts'
import type { Seeded } from '../seed.ts'

const SECONDS = 6

/** The same rows as the API's, by one plain query: no sign-in, no permission, no row security, no function. */
export const LIST_SQL = `select json_build_object('items', json_agg(json_build_object('id', c.id, 'channelId', c.channel_id,
    'contact', json_build_object('id', k.id, 'name', coalesce(k.name, k.profile_name, k.username), 'phone', k.phone), 'lastMessage', c.last,
    'unanswered', c.unanswered, 'waitingSince', c.waiting_since, 'windowUntil', c.last_inbound_at, 'state', c.state, 'rev', c.rev) order by c.rank, c.id))::text as answer
  from (select * from chat where account_id = $1 and merged_into is null and state <> 'closed' order by rank, id limit 50) c join contact k on k.id = c.contact_id`
export const PAGE_SQL = `select json_build_object('items', json_agg(json_build_object('id', m.id, 'chatId', m.chat_id, 'direction', m.direction, 'kind', m.kind, 'text', m.text,
    'media', m.media_id, 'status', m.status, 'error', m.error_code, 'author', json_build_object('kind', m.author_kind, 'id', m.author_id, 'name', m.author_name),
    'at', m.at, 'reactions', m.reactions, 'extra', m.extra, 'rev', m.rev) order by m.at, m.id))::text as answer
  from (select * from message where chat_id = $1 order by at desc, id desc limit 50) m`

type Measured = Spread & { perSecond: number }

async function measured(load: Load, urls: string[], token: string | undefined, connections: number): Promise<Measured> {
  await load.do({ do: 'get', urls, token, connections, seconds: 1 })
  const { latencies, seconds, statuses } = await load.do({ do: 'get', urls, token, connections, seconds: SECONDS })
  if (statuses[200] !== latencies.length) throw new Error(`${urls[0]} was answered ${JSON.stringify(statuses)}`)
  return { ...spreadOf(latencies), perSecond: latencies.length / seconds }
}

function figuresOf(name: string, own: Measured, bare: Measured): Figure[] {
  return [
    {
      ...{
        name: `${name}, p50 at 8 connections`,
        value: own.p50,
        unit: 'ms',
        limit: { name: 'the bare query', value: bare.p50 },
      },
      ...{
        goal: { text: "at most twice the bare query's", met: own.p50 <= 2 * bare.p50 },
        more: { 'p99 ms': own.p99, 'bare p99 ms': bare.p99 },
      },
    },
    {
      ...{
        name: `${name}, requests`,
        value: own.perSecond,
        unit: '/s',
        limit: { name: 'the bare query', value: bare.perSecond },
      },
      goal: { text: '600/s at 8 connections', met: own.perSecond >= 600 },
    },
  ]
}

export async function listAndPage(
  { house, token }: Subject,
  bare: Bare,
  load: Load,
  { accountId, chats }: Seeded,
): Promise<Figure[]> {
  const bareList = await measured(load, [`${bare.address}/list?of=${accountId}`], undefined, 8)
  const list = await measured(load, [`${house.address}/api/chats`], token, 8)
  const barePage = await measured(
    load,
    chats.map((id) => `${bare.address}/page?of=${id}`),
    undefined,
    8,
  )
  const page = await measured(
    load,
    chats.map((id) => `${house.address}/api/chats/${id}/messages`),
    token,
    8,
  )
  return [...figuresOf('list of chats', list, bareList), ...figuresOf('page of messages', page, barePage)]
}

/** What people type: a name, part of one, with a mistake, two names, and a number in three ways. */
const QUERIES = [
  'Rosa Huamán',
  'rosa',
  'quisp',
  'mamni',
  'Jose Flores',
  'zzyzx',
  '5939612',
  '096 120 12',
  '0961234',
  'carmen vasquez',
  'al',
  'guaman',
]

export async function search({ house, token }: Subject, load: Load, { contacts }: Seeded): Promise<Figure[]> {
  const urls = QUERIES.map((words) => `${house.address}/api/chats?q=${encodeURIComponent(words)}`)
  const { p50, p95, p99, count } = await measured(load, urls, token, 1)
  return [
    {
      ...{
        name: `search over ${contacts.toLocaleString('en')} contacts, p95`,
        value: p95,
        unit: 'ms',
        goal: { text: 'under 40 ms', met: p95 < 40 },
      },
      more: { 'p50 ms': p50, 'p99 ms': p99, searches: count },
    },
  ]
}

/** Words of messages: of one, of few, of every one of the million, two of those, and none. */
const SAID = ['777123', '99999', 'mensaje', 'pedido gracias', 'quisiera sab', 'zzyzx', 'mensaje 4242', 'lleg']

/** Search in what was said: as who sees everything, and narrowed to a state, which makes a list of chats. */
export async function searchMessages({ house, token }: Subject, load: Load, { messages }: Seeded): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [what, filter] of [
    ['', ''],
    [' of one state', '&state=pending'],
  ] as const) {
    const urls = SAID.map((words) => `${house.address}/api/messages?q=${encodeURIComponent(words)}${filter}`)
    const { p50, p95, p99, count } = await measured(load, urls, token, 1)
    figures.push({
      name: `search in ${messages.toLocaleString('en')} messages${what}, p95`,
      value: p95,
      unit: 'ms',
      goal: { text: 'under 300 ms', met: p95 < 300 },
      more: { 'p50 ms': p50, 'p99 ms': p99, searches: count },
    })
  }
  return figures
}
