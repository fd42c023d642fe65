/** The way in: from a provider's POST to committed, and on to another client's socket. */
import type { Bare } from '../bare/host.ts'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import { spreadOf } from '../spread.ts'
import type { Load } from '../tasks.ts'

const SENDERS = 50
const COUNT = 3_000
const FIRST_PHONE = 593_980_000_000
const MANY_FIRST_PHONE = 593_970_000_000

export type Limits = { hello: number; insert: number }

const signing = ({ line }: Subject): { phone: string; phoneNumberId: string; appSecret: string } => ({
  phone: line.phone,
  phoneNumberId: line.phoneNumberId,
  appSecret: line.appSecret,
})

/** What the machine does at best, at 8 connections. */
export async function bareLimits(subject: Subject, bare: Bare, load: Load): Promise<{ limits: Limits; figures: Figure[] }> {
  const hello = await load.do({ do: 'get', urls: [`${bare.address}/hello`], connections: 8, seconds: 3 })
  const task = {
    ...signing(subject),
    do: 'hooks',
    url: `${bare.address}/insert`,
    senders: SENDERS,
    connections: 8,
    firstPhone: FIRST_PHONE,
  } as const
  await load.do({ ...task, run: 'warm', count: 500 })
  const insert = await load.do({ ...task, run: 'bare', count: COUNT })
  if (insert.statuses[200] !== COUNT) throw new Error(`the bare Worker answered ${JSON.stringify(insert.statuses)}`)
  const limits = { hello: hello.latencies.length / hello.seconds, insert: COUNT / insert.seconds }
  const times = spreadOf(insert.latencies)
  return {
    limits,
    figures: [
      { name: 'bare: workerd hello world', value: limits.hello, unit: '/s', more: { p50: spreadOf(hello.latencies).p50 } },
      {
        name: 'bare: verify and insert one row, 8 connections',
        value: limits.insert,
        unit: '/s',
        more: { p50: times.p50, p99: times.p99 },
      },
    ],
  }
}

/** Messages per second until the last one is committed, at 8 connections, and what each costs in CPU. */
export async function storedPerSecond(subject: Subject, load: Load, limits: Limits, run: string): Promise<Figure[]> {
  const task = {
    ...signing(subject),
    do: 'hooks',
    url: subject.line.hook,
    senders: SENDERS,
    connections: 8,
    firstPhone: FIRST_PHONE,
    live: subject.live,
  } as const
  await load.do({ ...task, run: `${run}w`, count: 500 })
  const before = subject.cpu()
  const { seconds, latencies, committed, statuses } = await load.do({ ...task, run, count: COUNT })
  const after = subject.cpu()
  if (statuses[200] !== COUNT) throw new Error(`hooks were answered ${JSON.stringify(statuses)}`)
  const value = COUNT / seconds
  const late = spreadOf(committed ?? [])
  const answered = spreadOf(latencies)
  const each = (part: 'worker' | 'database' | 'endpoint'): number => (after[part] - before[part]) / COUNT
  const cpu = each('worker') + each('database')
  return [
    {
      ...{
        name: 'inbound, webhook to committed, 8 connections',
        value,
        unit: 'messages/s',
        limit: { name: 'verify and insert', value: limits.insert },
      },
      goal: { text: 'at least half of the bare limit', met: value >= limits.insert / 2 },
      more: { 'committed p50 ms': late.p50, 'p99 ms': late.p99, 'answered p50 ms': answered.p50, p99: answered.p99 },
    },
    {
      ...{
        name: 'CPU per message, worker and database',
        value: cpu,
        unit: 'ms',
        goal: { text: 'at most 2.5 ms', met: cpu <= 2.5 },
      },
      more: { worker: each('worker'), database: each('database'), 'local endpoint (not counted)': each('endpoint') },
    },
  ]
}

/** 2,000 customers at once over 64 connections: does each word end in its own chat? */
export async function rightChat(subject: Subject, load: Load, limits: Limits): Promise<Figure[]> {
  const count = 4_000
  const task = {
    ...signing(subject),
    do: 'hooks',
    url: subject.line.hook,
    senders: 2_000,
    connections: 64,
    firstPhone: MANY_FIRST_PHONE,
    live: subject.live,
  } as const
  const { seconds, committed } = await load.do({ ...task, run: 'many', count })
  const { rows } = await subject.database.query(
    `select count(*)::int as right from message m join chat c on c.id = m.chat_id join contact k on k.id = c.contact_id
     where m.text like 'many:%' and split_part(m.text, ' ', 2) = k.phone`,
  )
  const share = (100 * Number(rows[0]?.right)) / count
  const late = spreadOf(committed ?? [])
  return [
    {
      name: 'right chat, 64 connections, 2,000 new senders',
      value: share,
      unit: '%',
      goal: { text: '100 %', met: share === 100 },
    },
    {
      ...{ name: 'inbound, 64 connections, 2,000 new senders', value: count / seconds, unit: 'messages/s' },
      ...{
        limit: { name: 'verify and insert', value: limits.insert },
        more: { 'committed p50 ms': late.p50, 'p99 ms': late.p99 },
      },
    },
  ]
}

/** How soon another client hears, at an even 40 messages a second, and how much later the last of fifty. */
export async function heardElsewhere(subject: Subject, load: Load): Promise<Figure[]> {
  const task = {
    ...signing(subject),
    do: 'watch',
    url: subject.line.hook,
    senders: SENDERS,
    firstPhone: FIRST_PHONE,
    everyMs: 25,
    count: 400,
    live: subject.live,
  } as const
  const one = await load.do({ ...task, run: 'one', sockets: 1 })
  const fifty = await load.do({ ...task, run: 'fifty', sockets: 50 })
  const first = spreadOf(one.latencies)
  const last = spreadOf(fifty.committed ?? [])
  return [
    {
      name: "webhook to another client's socket, p50",
      value: first.p50,
      unit: 'ms',
      more: { 'p95 ms': first.p95, 'p99 ms': first.p99 },
    },
    {
      ...{
        name: 'last of 50 sockets after the first, p50',
        value: last.p50,
        unit: 'ms',
        goal: { text: 'within 20 ms', met: last.p50 <= 20 },
      },
      more: { 'p99 ms': last.p99, 'first of 50 after the webhook, p50 ms': spreadOf(fifty.latencies).p50 },
    },
  ]
}
