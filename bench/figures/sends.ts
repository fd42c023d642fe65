/** The way out: from a person's request to the provider, which here is the simulator on the same machine. */
import * as z from 'zod'
import { newId } from '../../worker/src/lib/ids.ts'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import { spreadOf } from '../spread.ts'
import type { Asked, Load } from '../tasks.ts'
import type { Limits } from './inbound.ts'

const COUNT = 1_500
const CHATS = 50
const WAIT_MS = 60_000

const Count = z.object({ count: z.number() })

async function tell(url: string, body: object): Promise<void> {
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

async function taken(control: string): Promise<number> {
  return Count.parse(await (await fetch(`${control}/received?what=message&processed=true&count=only`)).json()).count
}

/** Messages per second until the provider has the last one. */
export async function sendsPerSecond(
  { demo, database, line, token, house }: Subject,
  load: Load,
  limits: Limits,
): Promise<Figure[]> {
  const { control } = demo.simulators
  const { rows } = await database.query<{ id: string; phone: string }>(
    `select c.id, k.phone from chat c join contact k on k.id = c.contact_id
     where c.channel_id = $1 and c.last_inbound_at > now() - interval '1 hour' order by c.id limit $2`,
    [line.id, CHATS],
  )
  await Promise.all(rows.map(({ phone }) => tell(`${control}/customers/${phone}/window`, { number: line.phone, hoursAgo: 0 })))
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const requests = Array.from({ length: COUNT }, (_, n): Asked => {
    const chat = rows[n % rows.length]
    const body = JSON.stringify({ id: newId(), kind: 'text', text: `Pedido ${n} listo` })
    return { method: 'POST', url: `${house.address}/api/chats/${chat?.id}/messages`, headers, body }
  })
  const before = await taken(control)
  const started = performance.now()
  const { statuses, latencies } = await load.do({ do: 'send', requests, connections: 8 })
  if (statuses[200] !== COUNT) throw new Error(`sends were answered ${JSON.stringify(statuses)}`)
  while ((await taken(control)) < before + COUNT) {
    if (performance.now() - started > WAIT_MS) throw new Error('the provider did not get every message')
    await new Promise((wake) => setTimeout(wake, 20))
  }
  const value = COUNT / ((performance.now() - started) / 1000)
  const times = spreadOf(latencies)
  return [
    {
      ...{
        name: 'sends, request to provider, 8 connections',
        value,
        unit: 'messages/s',
        limit: { name: 'verify and insert', value: limits.insert },
      },
      more: { 'answered p50 ms': times.p50, 'p99 ms': times.p99 },
    },
  ]
}
