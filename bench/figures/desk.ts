/** What supervisors look at all day, at the size that it must be fast at: filtered lists, the dashboard, metrics. */
import type { Figure } from '../figure.ts'
import { signIn, type Subject } from '../house.ts'
import { spreadOf } from '../spread.ts'
import type { Load } from '../tasks.ts'
import type { Seeded } from '../seed.ts'

const SECONDS = 6
const DAY_MS = 86_400_000

/** One after the other, as one person asks. */
async function asked(load: Load, urls: string[], token: string) {
  await load.do({ do: 'get', urls, token, connections: 1, seconds: 1 })
  const { latencies, statuses } = await load.do({ do: 'get', urls, token, connections: 1, seconds: SECONDS })
  if (statuses[200] !== latencies.length) throw new Error(`${urls[0]} was answered ${JSON.stringify(statuses)}`)
  return spreadOf(latencies)
}

/** A third of the chats gets an agent, so that filters have something to choose from. */
async function dealOut({ database }: Subject, { accountId }: Seeded): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `select p.id from person p join role r on r.id = p.role_id where p.account_id = $1 and r.base = 'agent' order by p.id limit 1`,
    [accountId],
  )
  const agent = rows[0]?.id ?? ''
  await database.query(
    `update chat set assignee_id = $2 where account_id = $1 and right(id::text, 1) in ('0', '3', '6', '9') and id >= 'c0000000-0000-7000-8000-000000000000'`,
    [accountId, agent],
  )
  await database.query('vacuum analyze chat')
  return agent
}

/** Filtered lists, dashboard and metrics; goals are those of the issue, or what a person takes for "at once". */
export async function desk(subject: Subject, load: Load, seeded: Seeded): Promise<Figure[]> {
  const { house, demo } = subject
  const { email = '', password = '' } = demo.people.find(({ role }) => role === 'administrator') ?? {}
  const token = await signIn(house.address, email, password)
  const agent = await dealOut(subject, seeded)
  const api = `${house.address}/api`
  const [first, second] = demo.channels
  const filters = [
    `assignee=${agent}`,
    'assignee=none',
    `assignee=${agent}&state=new,pending`,
    `channel=${first?.id}&state=waiting`,
    `channel=${second?.id}&assignee=${agent}&waiting=yes`,
    `assignee=${agent}&q=quispe`,
  ]
  const day = (back: number) => new Date(Date.now() - back * DAY_MS).toISOString().slice(0, 10)
  const lists = await asked(
    load,
    filters.map((query) => `${api}/chats?${query}`),
    token,
  )
  const dashboard = await asked(load, [`${api}/dashboard`], token)
  const week = await asked(load, [`${api}/metrics?from=${day(6)}&to=${day(0)}`], token)
  const size = `${seeded.messages.toLocaleString('en')} messages`
  return [
    {
      ...{ name: `filtered list over ${size}, p95`, value: lists.p95, unit: 'ms' },
      ...{ goal: { text: 'under 300 ms', met: lists.p95 < 300 }, more: { 'p50 ms': lists.p50 } },
    },
    {
      ...{ name: `dashboard over ${size}, p95`, value: dashboard.p95, unit: 'ms' },
      ...{ goal: { text: 'under 300 ms', met: dashboard.p95 < 300 }, more: { 'p50 ms': dashboard.p50 } },
    },
    {
      ...{ name: `metrics of a week over ${size}, p95`, value: week.p95, unit: 'ms' },
      more: { 'p50 ms': week.p50 },
    },
  ]
}
