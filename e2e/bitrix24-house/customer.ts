/** A customer with a phone, and the operator who answers in the open line: what is said from either end, and what stands at each. */
import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { expect } from 'vitest'
import * as z from 'zod'
import type { DemoFile } from '../../scripts/house.ts'
import { pause, until } from '../chaos/until.ts'

type World = {
  control: (method: string, path: string, body?: object) => Promise<unknown>
  database: pg.Pool
  api: (method: string, path: string, body?: object) => Promise<unknown>
  portal: {
    id: string
    rows: (table: string, query?: string) => Promise<Record<string, unknown>[]>
    does: (what: string, more?: object) => Promise<unknown>
  }
  number: DemoFile['channels'][number]
}

const Said = z.object({
  items: z.array(
    z.looseObject({
      ...{ id: z.string(), direction: z.enum(['in', 'out']), text: z.nullable(z.string()) },
      ...{ progress: z.string(), kind: z.string() },
    }),
  ),
})
const Row = z.object({
  ...{ id: z.string(), chat_id: z.string(), direction: z.string(), text: z.nullable(z.string()), kind: z.string() },
  ...{ status: z.nullable(z.string()), error_code: z.nullable(z.string()), author_name: z.nullable(z.string()) },
})
const Bubble = z.looseObject({
  ...{ id: z.number(), from: z.enum(['client', 'operator', 'system']), text: z.string(), files: z.array(z.number()) },
  ...{ delivery: z.string(), externalIds: z.array(z.string()) },
})
const Trace = z.object({
  hops: z.array(z.looseObject({ what: z.string(), code: z.nullable(z.string()), explanation: z.string() })),
})

let people = 0

/** `phone`: somebody whom another line knows too. */
export function aCustomer({ control, database, api, portal, number }: World, known?: string) {
  people += 1
  const phone = known ?? `59399${String(1_000_000 + people)}`
  const said = { in: [] as string[], out: [] as string[] }
  let dialog: string | null = null

  /** What the agent's desk holds. */
  const onDesk = async () =>
    z
      .array(Row)
      .parse(
        (
          await database.query(
            'select m.id, m.chat_id, m.direction, m.text, m.kind, m.status, m.error_code, m.author_name from message m join chat c on c.id = m.chat_id join contact k on k.id = c.contact_id where m.channel_id = $1 and k.phone = $2 order by m.at, m.id',
            [number.id, phone],
          )
        ).rows,
      )
  /** What the customer's phone shows. */
  const onPhone = async () => {
    const one = await control('GET', `/conversations/${number.phone}/${phone}`).catch(() => ({ items: [] }))
    return Said.parse(one).items
  }
  const dialogs = () => portal.rows('dialogs', `?externalChat=wa-${phone}`)
  /** The conversation in the open line, once it is there. */
  async function inPortal(): Promise<string> {
    await until(
      `${phone} stands in the open line`,
      async () => (dialog = String((await dialogs())[0]?.['id'] ?? '')) !== '',
      30_000,
    )
    return dialog ?? ''
  }
  /** What the operator sees. */
  const inLine = async () => {
    dialog ||= String((await dialogs())[0]?.['id'] ?? '') || null
    return dialog === null ? [] : z.array(Bubble).parse(await portal.rows('bubbles', `?chatId=${dialog}`))
  }
  return {
    ...{ phone, said, onDesk, onPhone, inPortal, inLine },
    /** The customer writes. */
    async writes(text: string, more: object = {}): Promise<void> {
      said.in.push(text)
      await control('POST', `/customers/${phone}/messages`, { to: number.phone, text, customerName: `Rosa ${phone}`, ...more })
    },
    /** The operator answers in the open line. */
    async hears(text: string, more: object = {}): Promise<void> {
      said.out.push(text)
      await portal.does('write', { chat: await inPortal(), text, userId: 2, ...more })
    },
    reads: () => control('POST', `/customers/${phone}/read`, { number: number.phone }),
    /** Every step of a message, as the agent sees it explained. */
    async trace(text: string) {
      const row = (await onDesk()).find((one) => one.text === text)
      return row ? Trace.parse(await api('GET', `/messages/${row.id}/trace`)).hops : []
    },
  }
}

/** What of a customer is compared. */
export type Talked = Pick<ReturnType<typeof aCustomer>, 'phone' | 'said' | 'onDesk' | 'onPhone' | 'inLine'>

/** What an operator wrote and no event brought. */
export type Untold = { phone: string; text: string }

/** How a conversation stands at its three ends. */
async function standOf({ onDesk, onPhone, inLine }: Talked) {
  const [rows, items, bubbles] = await Promise.all([onDesk(), onPhone(), inLine()])
  const texts = (list: readonly { text: string | null }[]) => list.map(({ text }) => text ?? '')
  const out = rows.filter(({ direction }) => direction === 'out')
  const operator = bubbles.filter(({ from }) => from === 'operator')
  const doubted = texts(out.filter(({ error_code: code }) => code === 'send_interrupted'))
  const isSure = ({ text }: { text: string | null }) => !doubted.includes(text ?? '')
  const heard = items.filter(({ direction }) => direction === 'out')
  return {
    desk: { in: texts(rows.filter(({ direction }) => direction === 'in')), out: texts(out) },
    status: [
      ...new Set(out.filter(isSure).map(({ status, error_code: code }) => code ?? (status === 'read' ? 'delivered' : status))),
    ],
    phone: { in: texts(items.filter(({ direction }) => direction === 'in')), out: texts(heard.filter(isSure)) },
    line: { in: texts(bubbles.filter(({ from }) => from === 'client')), out: texts(operator) },
    marks: [...new Set(operator.filter(isSure).map(({ delivery }) => delivery))],
    doubted,
    /** What is in doubt is on the phone once, or not at all. */
    doubled: texts(heard.filter((one) => !isSure(one))).filter((text, n, all) => all.indexOf(text) !== n),
  }
}

/** `late`: what may stand behind what was said after it; it is left where it is and compared by itself. */
function inOrder(texts: readonly string[], late: ReadonlySet<string>) {
  return { texts: texts.filter((text) => !late.has(text)), late: texts.filter((text) => late.has(text)).toSorted() }
}

/**
 * Waits until everything that was said has arrived at every end, once and in order, and says what is wrong when it does not.
 * `untold`: operators' words whose event reached nobody. `deaths`: so often the Worker died; each may leave one message of a conversation
 * in doubt, between the request to its provider and the answer (docs/architecture.md), and that message says so.
 */
export async function settled(
  customers: readonly Talked[],
  withinMs: number,
  untold: readonly Untold[] = [],
  deaths = 0,
): Promise<void> {
  const end = Date.now() + withinMs
  for (const customer of customers) {
    const { said, phone } = customer
    const late = new Set(untold.flatMap((one) => (one.phone === phone ? [one.text] : [])))
    const hasOut = said.out.length > 0
    const ordered = (one: { in: readonly string[]; out: readonly string[] }) => ({ in: one.in, out: inOrder(one.out, late) })
    const look = async () => {
      const { desk, phone: shown, line, doubted, doubled, ...rest } = await standOf(customer)
      const reached = { in: said.in, out: said.out.filter((text) => !doubted.includes(text)) }
      return {
        standing: {
          desk: ordered(desk),
          phone: ordered(shown),
          line: ordered(line),
          ...rest,
          doubled,
          doubted: doubted.slice(deaths),
        },
        wanted: {
          ...{ desk: ordered(said), phone: ordered(reached), line: ordered(said) },
          ...{ status: hasOut ? ['delivered'] : [], marks: hasOut ? ['delivered'] : [], doubled: [], doubted: [] },
        },
      }
    }
    let { standing, wanted } = await look()
    while (!isDeepStrictEqual(standing, wanted) && Date.now() < end) {
      await pause(100)
      ;({ standing, wanted } = await look())
    }
    expect(standing, `the conversation of ${phone}`).toEqual(wanted)
  }
}
