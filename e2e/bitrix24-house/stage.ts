/** A house with companies, simulated portals whose open lines carry their numbers, customers and operators: what scenarios of this folder play on. */
import pg from 'pg'
import * as z from 'zod'
import { anotherDemo, type DemoFile } from '../../scripts/house.ts'
import { until } from '../chaos/until.ts'
import { openOwnHouse } from '../people/company.ts'
import { aCustomer } from './customer.ts'
import { aPortal } from './portal.ts'

/** Every wait for portals is this much of what it is for people: an hour's silence is over in seconds. */
const SCALE = Number(process.env['BITRIX24_TIME_SCALE'] ?? 0.02)
/** How long what follows from something may take on a machine that does other things too. */
export const SOON_MS = 30_000

const Signed = z.object({ token: z.string() })

export type Stage = Awaited<ReturnType<typeof openStage>>
export type Line = Awaited<ReturnType<Stage['line']>>
export type Customer = ReturnType<Line['customer']>
/** `alone`: in a company of its own. */
type Wanted = { kind?: 'meta' | 'gupshup'; license?: string; alone?: boolean }
/** `installing`: one after the other, since a new code makes the one before worthless. */
type Company = { demo: DemoFile; token: string; free: DemoFile['channels']; installing: Promise<unknown> }

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

  /** A number whose customers are answered in an open line of a portal of its own. */
  async function line({ kind = 'meta', license = 'pro100', alone = false }: Wanted = {}) {
    const { company, number } = await aNumber(kind, alone)
    const api = (method: string, path: string, body?: object) => own.must(company.token, method, `/api${path}`, body)
    const bare = await aPortal({ control, api, must: own.must }, license)
    // As much faster as everything that waits for it.
    await bare.settings({ bucketDrainPerS: (license.startsWith('ent') ? 5 : 2) / SCALE })
    const install = (): Promise<void> => {
      const installed = company.installing.then(bare.install)
      company.installing = installed.catch(() => undefined)
      return installed
    }
    await install()
    await bare.bind(number.id)
    const portal = {
      ...bare,
      install,
      alarms: async () =>
        (
          await database.query<{ kind: string; over: boolean }>(
            "select kind, over_at is not null as over from alarm a join portal p on p.account_id = a.account_id where p.member_id = $1 and a.kind like 'portal%' order by a.since",
            [bare.id],
          )
        ).rows,
    }
    return {
      ...{ portal, number },
      customer: (phone?: string) => aCustomer({ control, database, api, portal, number }, phone),
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
    /** What was given up, in the whole house. */
    deadLetters: async () => (await database.query('select kind, reason from dead_letter')).rows,
    async close() {
      await database.end()
      await own.close()
    },
  }
}
