/** A company with unofficial numbers, their nodes, and customers with phones: what scenarios of this folder play on. */
import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import * as z from 'zod'
import { until } from '../chaos/until.ts'
import { anotherDemo } from '../../scripts/house.ts'
import { openOwnHouse } from '../people/company.ts'
import { newId } from '../../worker/src/lib/ids.ts'
import { makeNodes } from './nodes.ts'

/** Every wait of unofficial numbers is this much of what it is for people; 1 takes minutes. */
export const SCALE = Number(process.env['SESSIONS_TIME_SCALE'] ?? 0.1)
/** How long what follows from something may take. */
export const SOON_MS = 15_000 + 60_000 * SCALE

const Session = z.looseObject({
  state: z.string(),
  code: z.nullable(z.string()),
  providerCode: z.nullable(z.string()),
  qr: z.nullable(z.string()),
})
const Said = z.object({
  items: z.array(
    z.looseObject({ id: z.string(), direction: z.enum(['in', 'out']), text: z.nullable(z.string()), progress: z.string() }),
  ),
})
const Noted = z.object({
  items: z.array(
    z.looseObject({
      ...{ path: z.string(), what: z.string(), processed: z.boolean() },
      ...{ requestId: z.nullable(z.string()), errorCode: z.nullable(z.union([z.string(), z.number()])) },
    }),
  ),
})
const Owner = z.object({ logins: z.number(), overlaps: z.number() })
const Subscription = z.object({ id: z.string(), endpoint: z.string(), p256dh: z.string(), auth: z.string() })
const Pushed = z.object({ items: z.array(z.object({ text: z.nullable(z.string()) })) })
const Trace = z.object({
  hops: z.array(z.looseObject({ at: z.string(), where: z.string(), what: z.string(), code: z.nullable(z.string()) })),
})
const Guard = z.looseObject({ rev: z.number(), settings: z.looseObject({}) })

export type Stage = Awaited<ReturnType<typeof openStage>>
export type Linked = Awaited<ReturnType<Stage['number']>>
export type Customer = ReturnType<Linked['customer']>

/** Starts the house. */
export async function openStage() {
  const token = randomBytes(24).toString('base64url')
  const company = await openOwnHouse({ TIME_SCALE: String(SCALE), SESSION_NODE_TOKEN: token })
  const { demo, house } = company
  if (!demo) throw new Error('the house has no demo')
  // Connections that survive the database's own death.
  const database = new pg.Pool({ connectionString: house.databaseUrl ?? '', max: 4 })
  database.on('error', () => undefined)
  const admin = await company.signIn('admin')
  const { control: controls, whatsappWeb: whatsappUrl, whatsappWebCa: whatsappCa } = demo.simulators
  const nodes = makeNodes({ address: house.address, token, whatsappUrl, whatsappCa, timeScale: String(SCALE) })
  let made = 0
  let people = 0

  /** Tells the simulators. */
  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${controls}${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const handsOf = (who: string | null) => (method: string, path: string, body?: object) =>
    company.must(who, method, `/api${path}`, body)
  const api = handsOf(admin.token)

  /** The hands of another company's administrator. */
  async function otherCompany(): Promise<typeof api> {
    const another = await anotherDemo(house, company.dataDir, 1)
    const { email, password } = another.people.find(({ role }) => role === 'administrator') ?? {}
    const answer = await company.must(null, 'POST', '/api/session', { email, password })
    return handsOf(z.looseObject({ token: z.string() }).parse(answer).token)
  }

  /** A new number, not linked yet: of the company and with a phone of its own, where nothing else is said. */
  async function unlinkedNumber(told: { phone?: string; hands?: typeof api } = {}) {
    made += 1
    const { phone = `59395${String(1_000_000 + made)}`, hands = api } = told
    const { id: channelId } = z
      .looseObject({ id: z.string() })
      .parse(await hands('POST', '/sessions', { name: `Número ${made}` }))
    const session = async () => Session.parse(await hands('GET', `/channels/${channelId}/session`))
    const problem = async (): Promise<string | null> =>
      (await database.query('select problem from channel where id = $1', [channelId])).rows[0]?.problem ?? null
    return {
      ...{ channelId, phone, name: `Número ${made}`, session, problem },
      stands: (state: string) => until(`${phone} is ${state}`, async () => (await session()).state === state, SOON_MS),
      /** Asks for a QR and waits until it is there. */
      async showCode(): Promise<string> {
        await hands('POST', `/channels/${channelId}/session/link`, { way: 'qr' })
        let qr: string | null = null
        await until('a QR is shown', async () => (qr = (await session()).qr) !== null, SOON_MS)
        return qr ?? ''
      },
      scan: (qr: string) => control('POST', '/whatsapp-web/scan', { phone, qr }),
      /** How often it has logged in at WhatsApp, and how often while another line of it stood. */
      logins: async () => Owner.parse(await control('GET', `/whatsapp-web/owner?phone=${phone}`)),
      reconnect: () => hands('POST', `/channels/${channelId}/session/reconnect`),
      line: (how: string, body: object = {}) => control('POST', `/whatsapp-web/lines/${phone}/${how}`, body),
      mend: () => control('DELETE', `/whatsapp-web/faults?phone=${phone}`),
      fault: (body: object) => control('POST', '/whatsapp-web/faults', { phone, ...body }),
      customer: () => aCustomer(channelId, phone),
    }
  }

  /** A phone of the administrator that push reaches; gives the words of what came. */
  async function adminsPhone(): Promise<() => Promise<string[]>> {
    const who = await company.sessionFor(admin.personId ?? '', 'phone')
    const { id, ...device } = Subscription.parse(await control('POST', '/push/subscriptions'))
    await company.must(who.token, 'PUT', '/api/push/device', { installId: randomUUID(), ...device })
    return async () =>
      Pushed.parse(await control('GET', `/push/received?subscription=${id}`)).items.flatMap(({ text }) => text ?? [])
  }

  /** A number that is linked, sends as fast as it can, and has a node of its own. */
  async function number() {
    const [one] = await Promise.all([unlinkedNumber(), nodes.start(1)])
    await one.scan(await one.showCode())
    await one.stands('open')
    const path = `/api/channels/${one.channelId}/guard`
    // The number is still being told whose it is, and changes under our hands.
    await until(
      'it may send as fast as it can',
      async () => {
        const { rev, settings } = Guard.parse(await company.must(admin.token, 'GET', path))
        const free = { ...settings, firstContact: true, firstPerDay: 100, warmUp: false, samePerHour: 500, pace: 'fast' }
        return (await company.ask(admin.token, 'PUT', path, { rev, settings: free })).status === 200
      },
      SOON_MS,
    )
    return one
  }

  /** A customer of a number: what is said from either end, and what stands at each. */
  function aCustomer(channelId: string, number_: string) {
    people += 1
    const phone = `59398${String(1_000_000 + people)}`
    const said = { in: [] as string[], out: [] as string[] }
    let chatId: string | null = null

    const rows = async () =>
      (
        await database.query(
          `select m.id, m.direction, m.kind, m.text, m.extra, m.status, m.error_code from message m join chat c on c.id = m.chat_id
           join contact k on k.id = c.contact_id where m.channel_id = $1 and k.phone = $2 order by m.at, m.id`,
          [channelId, phone],
        )
      ).rows
    const onPhone = async () => Said.parse(await control('GET', `/conversations/${number_}/${phone}`)).items
    const chat = async (): Promise<string> => {
      await until(
        `the chat of ${phone}`,
        async () => {
          chatId ??=
            (
              await database.query(
                'select c.id from chat c join contact k on k.id = c.contact_id where c.channel_id = $1 and k.phone = $2',
                [channelId, phone],
              )
            ).rows[0]?.id ?? null
          return chatId !== null
        },
        SOON_MS,
      )
      return chatId ?? ''
    }
    return {
      ...{ phone, said, rows, onPhone, chat },
      /** The customer writes. */
      async writes(text: string): Promise<void> {
        said.in.push(text)
        await control('POST', `/customers/${phone}/messages`, { to: number_, text, customerName: `Cliente ${people}` })
      },
      trace: async (text: string) => {
        const row = (await rows()).find((one) => one.text === text)
        return Trace.parse(await api('GET', `/messages/${row?.id}/trace`)).hops
      },
      /** An agent answers. The product may be away for a moment: the phone tries again with the same id, as ours do. */
      async hears(text: string): Promise<void> {
        said.out.push(text)
        const path = `/api/chats/${await chat()}/messages`
        const body = { id: newId(), kind: 'text', text }
        await until(
          `"${text}" is taken`,
          async () => {
            const { status, text: answer } = await company
              .ask(admin.token, 'POST', path, body)
              .catch(() => ({ status: 599, text: '' }))
            if (status >= 400 && status < 500) throw new Error(`${text}: ${status} ${answer}`)
            return status < 300
          },
          90_000,
        )
      },
      /** What went wrong between the number and WhatsApp: what was asked for again, or not taken. */
      async troubles(): Promise<string[]> {
        const { items } = Noted.parse(await control('GET', `/received?target=session&number=${number_}&count=5000`))
        const isTrouble = ({ path, what, processed }: (typeof items)[number]) =>
          path === 'nack' || path === 'receipt/retry' || (what === 'message' && !processed)
        return items.filter(isTrouble).map(({ path, requestId, errorCode }) => `${path} ${requestId} ${errorCode ?? ''}`)
      },
      does: (what: string, body: object = {}) =>
        control('POST', `/whatsapp-web/people/${phone}/${what}`, { number: number_, ...body }),
      reads: () => control('POST', `/customers/${phone}/read`, { number: number_ }),
    }
  }

  return {
    ...{ company, house, admin, nodes, control, api, number, unlinkedNumber, otherCompany, adminsPhone },
    async close() {
      await nodes.end()
      await database.end()
      await company.close()
    },
  }
}
