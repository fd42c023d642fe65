/** What a delivery status costs beside a message, with a small table and with a large one. */
import { randomUUID } from 'node:crypto'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import type { Load } from '../tasks.ts'

const COUNT = 1_500
const SENDERS = 50
const FIRST_PHONE = 593_980_000_000

export type Cost = { perSecond: number; databaseMs: number; totalMs: number }

/** Outgoing messages that the provider has taken, put there directly: only their statuses are measured. */
async function putSent({ database, line }: Subject, run: string): Promise<void> {
  await database.query(
    `insert into message (id, account_id, chat_id, channel_id, direction, kind, text, status, author_kind, at, provider_id)
     select gen_random_uuid(), c.account_id, c.id, c.channel_id, 'out', 'text', $1 || ':' || n || ' x', 'sent', 'api', now(), 'wamid.' || $1 || n
     from generate_series(0, $2::int - 1) n
     join contact k on k.phone = ($3::bigint + n % $4::int)::text join chat c on c.contact_id = k.id and c.channel_id = $5 and c.merged_into is null`,
    [run, COUNT, FIRST_PHONE, SENDERS, line.id],
  )
}

/** Posts messages, then statuses, at 8 connections, and compares what each costs. */
export async function statusCosts(subject: Subject, load: Load): Promise<{ message: Cost; status: Cost }> {
  const { line, live } = subject
  const signing = { phone: line.phone, phoneNumberId: line.phoneNumberId, appSecret: line.appSecret }
  const task = {
    ...signing,
    do: 'hooks',
    url: line.hook,
    senders: SENDERS,
    firstPhone: FIRST_PHONE,
    connections: 8,
    count: COUNT,
    live,
  } as const
  const costOf = async (says: 'text' | 'status'): Promise<Cost> => {
    const run = `${says[0]}${randomUUID().slice(0, 6)}`
    if (says === 'status') await putSent(subject, run)
    const before = subject.cpu()
    const { seconds } = await load.do({ ...task, run, says })
    const after = subject.cpu()
    const databaseMs = (after.database - before.database) / COUNT
    return { perSecond: COUNT / seconds, databaseMs, totalMs: databaseMs + (after.worker - before.worker) / COUNT }
  }
  return { message: await costOf('text'), status: await costOf('status') }
}

/** The comparison as figures. `many` is the number of messages in the large table. */
export function statusFigures(
  small: { message: Cost; status: Cost },
  large: { message: Cost; status: Cost },
  many: number,
): Figure[] {
  const ratio = large.status.totalMs / large.message.totalMs
  return [
    {
      ...{
        name: 'status update, small table',
        value: small.status.totalMs,
        unit: 'ms CPU',
        limit: { name: 'a message', value: small.message.totalMs },
      },
      more: { 'per second': small.status.perSecond, 'database ms': small.status.databaseMs },
    },
    {
      ...{ name: `status update, ${many.toLocaleString('en')} messages`, value: large.status.totalMs, unit: 'ms CPU' },
      ...{
        limit: { name: 'a message', value: large.message.totalMs },
        goal: { text: 'no more than a message', met: ratio <= 1 },
      },
      more: {
        'per second': large.status.perSecond,
        'database ms': large.status.databaseMs,
        'message database ms': large.message.databaseMs,
      },
    },
  ]
}
