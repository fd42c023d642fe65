/** Tables, clock, mischief and names: the ground that everything of the simulated PayPal stands on. */
import { randomBytes, randomInt } from 'node:crypto'
import type { Shelf } from '../lib/shelf.ts'
import { openTable } from '../lib/tables.ts'
import type { Sim } from '../sim.ts'
import { notFound } from './answers.ts'
import { makeMischiefs } from './mischief.ts'
import type * as m from './model.ts'

export type Ground = ReturnType<typeof openGround>

const USUAL: m.Settings = { blocksDuplicates: true, refundAs: 'COMPLETED', reportsLateMs: 0, deadOrders: 'gone' }

export function openGround(sim: Sim, shelf: Shelf) {
  const tables = {
    apps: openTable<m.App>(shelf.drawer('apps')),
    tokens: openTable<m.Token>(shelf.drawer('tokens')),
    orders: openTable<m.Order>(shelf.drawer('orders')),
    captures: openTable<m.Capture>(shelf.drawer('captures')),
    refunds: openTable<m.Refund>(shelf.drawer('refunds')),
    products: openTable<m.Product>(shelf.drawer('products')),
    plans: openTable<m.Plan>(shelf.drawer('plans')),
    subscriptions: openTable<m.Subscription>(shelf.drawer('subscriptions')),
    sales: openTable<m.Sale>(shelf.drawer('sales')),
    disputes: openTable<m.Dispute>(shelf.drawer('disputes')),
    webhooks: openTable<m.Webhook>(shelf.drawer('webhooks')),
    happenings: openTable<m.Happening>(shelf.drawer('happenings')),
    deliveries: openTable<m.Delivery>(shelf.drawer('deliveries')),
    movements: openTable<m.Movement>(shelf.drawer('movements')),
    tellings: openTable<m.Telling>(shelf.drawer('tellings')),
    remembered: openTable<m.Remembered>(shelf.drawer('remembered')),
    askings: openTable<m.Asking>(shelf.drawer('askings')),
  }
  return {
    ...tables,
    sim,
    shelf,
    mischief: makeMischiefs(),
    origin: () => `${sim.origin()}/paypal`,
    /** An application's clock: a test may put it forward without disturbing the others. */
    now: (app: string) => sim.now() + (tables.apps.get(app)?.aheadMs ?? 0),
    /** The application with these keys, made if there is none. */
    addApp(id: string, secret: string): m.App {
      const known = tables.apps.get(id)
      if (known?.secret === secret) return known
      return tables.apps.put({ id, merchant: makeId(13), aheadMs: 0, settings: USUAL, ...known, secret })
    },
    forget(): void {
      for (const table of Object.values(tables)) for (const { id } of table.all()) table.drop(id)
      shelf.empty()
    },
  }
}

/** A row of this application by its id; everybody else's is not there. */
export function own<T extends { app: string }>(row: T | undefined, app: m.App): T {
  if (row?.app !== app.id) throw notFound()
  return row
}

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** As PayPal makes ids: capitals and digits. */
export function makeId(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

export function makeToken(): string {
  return `A21AA${randomBytes(72).toString('base64url')}`
}

/** As PayPal writes times. */
export function isoOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
