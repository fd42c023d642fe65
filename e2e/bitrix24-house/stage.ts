/** A house with companies, simulated portals whose open lines carry their numbers, customers and operators: what scenarios of this folder play on. */
import pg from 'pg'
import * as z from 'zod'
import { anotherDemo, type DemoFile } from '../../scripts/house.ts'
import { DEMO_B24_APP } from '../../scripts/settings.ts'
import { until } from '../chaos/until.ts'
import { openOwnHouse } from '../people/company.ts'
import { aCustomer, type Untold } from './customer.ts'

/** Every wait for portals is this much of what it is for people: an hour's silence is over in seconds. */
const SCALE = Number(process.env['BITRIX24_TIME_SCALE'] ?? 0.02)
/** How long what follows from something may take on a machine that does other things too. */
export const SOON_MS = 30_000

const Portal = z.looseObject({ id: z.string(), domain: z.string() })
const Page = z.object({ page: z.looseObject({ body: z.string() }) })
const Ticket = z.object({ ticket: z.nullable(z.string()) })
const Signed = z.object({ token: z.string() })
const Rows = z.object({ items: z.array(z.record(z.string(), z.unknown())) })
const Listed = z.object({ items: z.array(z.looseObject({ id: z.string(), domain: z.string(), state: z.string() })) })
const Alarms = z.array(z.object({ kind: z.string(), over: z.boolean() }))

export type Stage = Awaited<ReturnType<typeof openStage>>
export type Line = Awaited<ReturnType<Stage['line']>>
export type Customer = ReturnType<Line['customer']>
/** `alone`: in a company of its own. */
type Wanted = { kind?: 'meta' | 'gupshup'; license?: string; alone?: boolean }
/** `installing`: one after the other, since a new code makes the one before worthless. */
type Company = { demo: DemoFile; token: string; free: DemoFile['channels']; installing: Promise<unknown> }

/** What an event of an operator's message says, and to whom. */
function wordsIn(body: string): Untold {
  const fields = [...new URLSearchParams(body)]
  const field = (end: string) => fields.find(([name]) => name.endsWith(end))?.[1] ?? ''
  return { phone: field('[chat][id]').replace('wa-', ''), text: field('[message][text]') }
}

/** Starts the house. */
export async function openStage() {
  const own = await openOwnHouse({ TIME_SCALE: String(SCALE) })
  const { house, dataDir } = own
  // Connections that survive the database's own death.
  const database = new pg.Pool({ connectionString: house.databaseUrl ?? '', max: 4 })
  database.on('error', () => undefined)
  const companies: Company[] = []

  /** Tells the simulators. */
  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${own.demo.simulators.control}${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  async function newCompany(): Promise<Company> {
    const demo = companies.length === 0 ? own.demo : await anotherDemo(house, dataDir, companies.length)
    const { email, password } = demo.people.find(({ role }) => role === 'administrator') ?? {}
    const { token } = Signed.parse(await own.must(null, 'POST', '/api/session', { email, password }))
    const company = { demo, token, free: [...demo.channels], installing: Promise.resolve() }
    companies.push(company)
    return company
  }

  /** A number that no other scenario plays with. */
  let opening: Promise<unknown> = Promise.resolve()
  function aNumber(kind: 'meta' | 'gupshup', alone: boolean) {
    const found = opening.then(async () => {
      const known = alone ? undefined : companies.find(({ free }) => free.some((one) => one.kind === kind))
      const company = known ?? (await newCompany())
      const number = company.free.find((one) => one.kind === kind)
      if (!number) throw new Error(`a company without a number of ${kind}`)
      company.free = alone ? [] : company.free.filter((one) => one !== number)
      return { company, number }
    })
    opening = found.catch(() => undefined)
    return found
  }

  /** A portal that has joined the number's company by its code, as its administrator does it. */
  async function aPortal(company: Company, license: string) {
    const { token } = company
    const clientId = DEMO_B24_APP.clientId
    const { id, domain } = Portal.parse(await control('POST', '/bitrix24/portals', { employees: 4, license }))
    const does = (what: string, more: object = {}) => control('POST', `/bitrix24/portals/${id}/${what}`, { clientId, ...more })
    const api = (method: string, path: string, body?: object) => own.must(token, method, `/api${path}`, body)
    const rows = async (table: string, query = '') =>
      Rows.parse(await control('GET', `/bitrix24/portals/${id}/rows/${table}${query}`)).items
    async function install(): Promise<void> {
      const { linkCode } = z.object({ linkCode: z.string() }).parse(await api('POST', '/portal-code', {}))
      const { page } = Page.parse(await does('install', { open: true }))
      const data = /<script type="application\/json" id="install">(.*?)<\/script>/.exec(page.body)?.[1] ?? '{}'
      const { ticket } = Ticket.parse(JSON.parse(data))
      // A portal that is known is asked nothing.
      if (ticket !== null) await own.must(null, 'POST', '/bitrix24/install/choice', { ticket, code: linkCode })
      await does('finish')
    }
    const portal = async () => Listed.parse(await api('GET', '/portals')).items.find((one) => one.domain === domain)
    return {
      ...{ id, domain, does, api, rows },
      settings: (change: object) => control('PUT', `/bitrix24/portals/${id}/settings`, change),
      mischief: (change: object) => control('POST', '/bitrix24/mischief', { portal: id, ...change }),
      behaves: () => control('DELETE', `/bitrix24/mischief?portal=${id}`),
      user: (userId: number, change: object) => control('PUT', `/bitrix24/portals/${id}/users/${userId}`, change),
      /** The token that we hold is about to expire; the next one lives as long as usual. */
      async staleToken() {
        await control('PUT', `/bitrix24/portals/${id}/settings`, { tokenLifeS: 30 })
        await does('frame', { userId: 1, open: true })
        await control('PUT', `/bitrix24/portals/${id}/settings`, { tokenLifeS: 3_600 })
      },
      /** How its company sees it. */
      state: async () => (await portal())?.state ?? null,
      rowId: async () => (await portal())?.id ?? '',
      install() {
        const installed = company.installing.then(install)
        company.installing = installed.catch(() => undefined)
        return installed
      },
      /** The administrator opens the application from the portal's menu. */
      open: (userId = 1) => does('frame', { userId, open: true }),
      /** What was asked of it: methods, and which of them were refused. */
      asked: async (method: string) => rows('got', `?method=${method}`),
      /** Operators' words whose event nobody took. */
      async untold(): Promise<Untold[]> {
        await control('POST', '/bitrix24/quiet')
        const told = await rows('told', '?event=ONIMCONNECTORMESSAGEADD')
        return told.filter(({ status }) => status !== 200).map(({ body }) => wordsIn(String(body)))
      },
      alarms: async () =>
        Alarms.parse(
          (
            await database.query(
              "select kind, over_at is not null as over from alarm a join portal p on p.account_id = a.account_id where p.member_id = $1 and a.kind like 'portal%' order by a.since",
              [id],
            )
          ).rows,
        ),
    }
  }

  /** A number whose customers are answered in an open line of a portal of its own. */
  async function line({ kind = 'meta', license = 'pro100', alone = false }: Wanted = {}) {
    const { company, number } = await aNumber(kind, alone)
    const portal = await aPortal(company, license)
    // As much faster as everything that waits for it.
    await portal.settings({
      bucketDrainPerS: (license.startsWith('ent') ? 5 : 2) / SCALE,
      ...(license.startsWith('ent') && { bucketSize: 250 }),
    })
    await portal.install()
    const open = z.looseObject({ id: z.number() }).parse(await portal.does('line', { name: 'Ventas', queue: [2] })).id
    await portal.api('PUT', `/channels/${number.id}/portal-line`, { portalId: await portal.rowId(), line: open })
    return {
      ...{ portal, number, line: open },
      customer: (phone?: string) => aCustomer({ control, database, api: portal.api, portal, number }, phone),
      /** What is wrong with this number's provider from now on. */
      provider: (bad: object) => control('PUT', '/misbehaviour', { target: kind, number: number.phone, ...bad }),
      /** A time of people's, as long as it is here. */
      asLong: (ms: number) => ms * SCALE,
      /** What waits has waited so much longer. */
      older: (interval: string) =>
        database.query(
          "update portal_delivery d set created_at = d.created_at - $2::interval from portal p where p.id = d.portal_id and p.member_id = $1 and d.state in ('waiting', 'leased')",
          [portal.id, interval],
        ),
      /** How long until what waits for the portal is tried again, at most. */
      longestPauseMs: async () =>
        Number(
          (
            await database.query(
              "select coalesce(max(extract(epoch from d.next_at - now())), 0) * 1000 as ms from portal_delivery d join portal p on p.id = d.portal_id where p.member_id = $1 and d.state in ('waiting', 'leased')",
              [portal.id],
            )
          ).rows[0]?.ms,
        ),
      /** What waits for the portal, and why. */
      waiting: async () =>
        (
          await database.query<{ kind: string; state: string; code: string | null }>(
            "select d.kind, d.state, d.code from portal_delivery d join portal p on p.id = d.portal_id where p.member_id = $1 and d.state in ('waiting', 'leased') order by d.n",
            [portal.id],
          )
        ).rows,
    }
  }

  return {
    ...{ house, control, database, line },
    until: (what: string, done: () => Promise<boolean>, withinMs = SOON_MS) => until(what, done, withinMs),
    async close() {
      await database.end()
      await own.close()
    },
  }
}
