/** The whole of the simulated Stripe, put together. */
import { json } from '../lib/http.ts'
import type { Asked, Reply } from '../lib/http.ts'
import { openShelf } from '../lib/shelf.ts'
import type { Sim } from '../sim.ts'
import { follow } from './billing/follow.ts'
import { invoiceOperations } from './billing/invoice-operations.ts'
import { portalOperations } from './billing/portal.ts'
import { billingTasks } from './billing/renewals.ts'
import { subscriptionOperations } from './billing/subscription-operations.ts'
import { settlePayment } from './checkout/complete.ts'
import { expireSession, sessionOperations } from './checkout/sessions.ts'
import { makeClock } from './clock.ts'
import { command } from './control.ts'
import { eventOperations, forgetOld, putEndpoint } from './hooks/endpoints.ts'
import { makePostman } from './hooks/postman.ts'
import { tellOf } from './hooks/tell.ts'
import { makeMischiefs } from './mischief.ts'
import type { Task } from './model.ts'
import { accountOperations } from './money/account.ts'
import { catalogueOperations } from './money/catalogue.ts'
import { customerOperations } from './money/customers.ts'
import { disputeOperations } from './money/disputes.ts'
import { paymentOperations } from './money/intents.ts'
import { failRefund, finishRefund, refundOperations } from './money/refunds.ts'
import { bankPage, checkoutPage } from './pages/checkout.ts'
import { page } from './pages/layout.ts'
import { invoicePage, receiptPage } from './pages/papers.ts'
import { portalPage } from './pages/portal.ts'
import type { OpenStripe, StripeOptions } from './port.ts'
import type { Operations } from './rest/call.ts'
import type { Gate, Note } from './rest/gate.ts'
import { openTables, settingsOf } from './service.ts'
import type { Stripe } from './service.ts'

const OPERATIONS: Operations = {
  ...catalogueOperations,
  ...customerOperations,
  ...paymentOperations,
  ...accountOperations,
  ...refundOperations,
  ...disputeOperations,
  ...sessionOperations,
  ...subscriptionOperations,
  ...invoiceOperations,
  ...portalOperations,
  ...eventOperations,
}

/** What falls due at an instant of the clock. */
const TASKS: Readonly<Record<string, (s: Stripe, ref: string) => void>> = {
  'session-expires': (s, ref) => {
    const session = s.tables.sessions.get(ref)
    if (session?.status === 'open') expireSession(s, session)
  },
  ...billingTasks,
  settle: (s, ref) => void settlePayment(s, ref, true),
  'refund-done': (s, ref) => void finishRefund(s, ref),
  'refund-fails': (s, ref) => void failRefund(s, ref),
}

const KEPT_NOTES = 5000

/** Opens what a former process left; nothing is read of the contract before somebody asks. */
export function openWhole(sim: Sim, dataDir: string | null, options: StripeOptions): OpenStripe {
  const shelf = openShelf(dataDir, 'stripe')
  const tables = openTables(shelf)
  const mischief = makeMischiefs()
  const clock = makeClock(sim, tables, (task: Task) => TASKS[task.kind]?.(s, task.ref))
  const s: Stripe = {
    ...{ sim, tables, mischief, request: { id: null, idempotency_key: null } },
    now: clock.now,
    schedule: clock.schedule,
    unschedule: clock.unschedule,
    settings: () => settingsOf(tables),
    follow: (intent) => follow(s, intent),
    tell: (type, row, previous) => tellOf(s, postman, type, row, previous),
  }
  const postman = makePostman(s)
  const received: Note[] = []
  const note = (asked: Omit<Note, 'seq' | 'at'>): void => {
    received.push({ seq: (received.at(-1)?.seq ?? 0) + 1, at: sim.now(), ...asked })
    if (received.length > KEPT_NOTES) received.shift()
  }
  let gate: Promise<Gate> | null = null
  const openGate = async (): Promise<Gate> => {
    const { makeGate } = await import('./rest/gate.ts')
    return makeGate({ s, postman, operations: OPERATIONS, note })
  }
  const forget = (): void => {
    mischief.clear()
    received.length = 0
    for (const table of Object.values(tables)) for (const { id } of table.all()) table.drop(id)
  }
  if (options.hook) putEndpoint(s, options.hook.url, {}, options.hook.secret)
  forgetOld(s)
  postman.resume()
  clock.wake()
  return {
    async api(request, response) {
      // Whoever puts a path before it all the same is understood.
      request.url = (request.url ?? '/').replace(/^\/stripe/, '')
      gate ??= openGate()
      ;(await gate)(request, response)
    },
    page: (asked, path) => pageOf(s, asked, path),
    commands: (asked, path) => command({ s, clock, postman, received, forget }, asked, path),
    close: () => shelf.close(),
  }
}

async function pageOf(s: Stripe, asked: Asked, path: string): Promise<Reply> {
  const [, kind = '', id = '', what = ''] = path.split('/')
  if (kind === 'pay') return checkoutPage(s, asked, id)
  if (kind === 'bank') return bankPage(s, asked, id)
  if (kind === 'portal') return portalPage(s, asked, id)
  if (kind === 'invoice') return invoicePage(s, asked, id, what)
  if (asked.method !== 'GET') return json(405, { error: 'GET' })
  if (kind === 'receipt') return receiptPage(s, id)
  return page('No existe', '<h1>Aquí no hay nada</h1>', 404)
}
