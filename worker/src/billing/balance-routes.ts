/** What people of a company see of its balance and ask for. */
import * as billing from '#contract/billing.ts'
import { csvLine } from '#contract/csv.ts'
import type { Endpoint, ParsedOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callFor, type Caller } from '../identity/index.ts'
import { settingsOf } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import { fillBalances } from './automatic.ts'
import { refundTold, topupTold } from './billing.store.ts'
import { csvFile, inAndOut } from './csv-file.ts'
import { gatewayHooks } from './hooks.ts'
import { microOf } from './micro-of.ts'
import { sendRefund } from './payments.ts'
import { gatewayOf, gatewaysHere, keepersHere } from './registry.ts'
import { returnedPage } from './returned.ts'
import { lookAtTopup, openTopup, told } from './topups.ts'
import { homeOf } from './way-back.ts'

const LEAST = '5.00'
const MOST = '5000.00'
const CEILING_MOST = '100000.00'
const DONE = { done: true } as const
const EXPORT_MAX = 20_000

function asked(c: Request, row: Endpoint, fn: string, args: object): Promise<{ caller: Caller; result: string }> {
  return callFor(c, row, fn, { ...args, currency: settingsOf(c.env).billingCurrency })
}

const ask = async (c: Request, row: Endpoint, fn: string, args: object): Promise<string> => (await asked(c, row, fn, args)).result

const Found = z.looseObject({})

async function getBalance(c: Request): Promise<billing.Balance> {
  const found = Found.parse(JSON.parse(await ask(c, billing.getBalance, 'api_balance', {})))
  return billing.Balance.parse({ ...found, gateways: gatewaysHere(c.env), keepers: keepersHere(c.env), least: LEAST, most: MOST })
}

async function addTopup(c: Request, { amount, ...input }: ParsedOf<typeof billing.addTopup>): Promise<billing.Topup> {
  const gateway = gatewayOf(c.env, input.gateway)
  if (!gateway) throw new Refusal('gateway_not_here')
  if (input.keepsMethod && !gateway.keepsMethods) throw new Refusal('method_missing')
  await ask(c, billing.addTopup, 'api_topup_begin', { ...input, micro: microOf(c, amount, LEAST, MOST), home: homeOf(c) })
  const opened = await openTopup(c.env, input.id)
  const topup = billing.Topup.parse(JSON.parse(await ask(c, billing.addTopup, 'api_topup', { topupId: input.id })))
  if (topup.state === 'failed') throw new Refusal('gateway_refused', { reason: topup.problem ?? '' })
  // The same id again finds out what became of it: nothing is begun twice.
  if (!opened.done) throw new Refusal('gateway_away', {}, 5)
  return topup
}

async function lookTopup(c: Request, { topupId }: ParsedOf<typeof billing.lookTopup>): Promise<RawJson> {
  const read = () => ask(c, billing.lookTopup, 'api_topup', { topupId })
  const now = await read()
  const { state } = billing.Topup.parse(JSON.parse(now))
  const topup = state === 'open' || state === 'pending' ? await topupTold(databaseOf(c.env), topupId) : null
  const gateway = topup && gatewayOf(c.env, topup.gateway)
  if (!gateway || topup.ref === null) return new RawJson(now)
  await lookAtTopup(c.env, gateway, topup.ref)
  return new RawJson(await read())
}

async function addRefund(c: Request, { amount, ...input }: ParsedOf<typeof billing.addRefund>) {
  await ask(c, billing.addRefund, 'api_refund_ask', { ...input, micro: microOf(c, amount, '0.01', MOST) })
  await sendRefund(c.env, input.id)
  const now = await refundTold(databaseOf(c.env), input.id)
  return { id: input.id, state: now?.state ?? 'asked' }
}

async function chooseBalance(c: Request, input: ParsedOf<typeof billing.chooseBalance>): Promise<RawJson> {
  const level = (text: string | null) => (text === null ? null : microOf(c, text, '0.00', MOST))
  const [lowLevel, veryLowLevel] = [level(input.lowLevel), level(input.veryLowLevel)]
  if (veryLowLevel !== null && (lowLevel === null || BigInt(veryLowLevel) > BigInt(lowLevel))) throw new Refusal('levels_crossed')
  return new RawJson(await ask(c, billing.chooseBalance, 'api_balance_choose', { lowLevel, veryLowLevel }))
}

const apart = (one: string, other: string): bigint => BigInt(one) - BigInt(other)

async function chooseAutomatic(c: Request, { isOn, ...input }: ParsedOf<typeof billing.chooseAutomatic>) {
  const threshold = microOf(c, input.threshold, '0.00', MOST)
  const target = microOf(c, input.target, LEAST, MOST)
  const ceiling = microOf(c, input.ceiling, LEAST, CEILING_MOST)
  // The gateway takes no less: closer together, it would be charged for less than that.
  if (apart(target, threshold) < BigInt(microOf(c, LEAST, LEAST, LEAST)) || apart(ceiling, target) < 0n)
    throw new Refusal('automatic_crossed', { least: LEAST })
  const { caller } = await asked(c, billing.chooseAutomatic, 'api_automatic_choose', { isOn, threshold, target, ceiling })
  if (isOn) await fillBalances(c.env, caller.account.id)
  return DONE
}

const Kept = z.object({ gateway: z.nullable(z.string()), ref: z.nullable(z.string()) })

async function forgetMethod(c: Request) {
  const kept = Kept.parse(JSON.parse(await ask(c, billing.forgetMethod, 'api_method_forget', {})))
  const gateway = kept.gateway === null ? null : gatewayOf(c.env, kept.gateway)
  // Forgotten here, it is charged no more, whatever the gateway answers.
  const forgotten = gateway && kept.ref !== null ? await gateway.forgetMethod(kept.ref) : null
  if (gateway && forgotten && !forgotten.ok) told(gateway.name, 'forgetMethod', forgotten)
  return DONE
}

const COLUMNS = [
  'at',
  'reason',
  'in',
  'out',
  'balance',
  'currency',
  'number',
  'contact',
  'category',
  'country',
  'gateway',
  'method',
  'receipt',
  'note',
  'paper',
]

function lineOf({
  at,
  reason,
  amount,
  balanceAfter,
  currency,
  message,
  gateway,
  method,
  receiptUrl,
  note,
  paper,
}: billing.Movement): string {
  const [left = '', owed = ''] = balanceAfter === null ? [] : inAndOut(BigInt(balanceAfter), currency)
  const whose = [message?.channel, message?.contact, message?.billed ?? message?.category, message?.market]
  const paid = [gateway, method, receiptUrl, note, paper?.number]
  const cells = [at, reason, ...inAndOut(BigInt(amount), currency), left, owed, currency, ...whose, ...paid]
  return csvLine(cells.map((cell) => cell ?? ''))
}

async function exportMovements(c: Request, filter: object): Promise<Response> {
  const found = await ask(c, billing.exportMovements, 'api_movements', { ...filter, limit: EXPORT_MAX + 1 })
  const { items } = billing.listMovements.returns.parse(JSON.parse(found))
  const rows = items.slice(0, EXPORT_MAX).map(lineOf)
  return csvFile('saldo.csv', COLUMNS, rows, items.length > EXPORT_MAX)
}

/** Everything of contract/billing.ts, the gateways' doors, and the page that a portal's people come back to. */
export function balanceRoutes(app: App): void {
  gatewayHooks(app)
  app.get('/billing/returned', returnedPage)
  serve(app, billing.getBalance, getBalance)
  serve(app, billing.listMovements, async (c, input) => new RawJson(await ask(c, billing.listMovements, 'api_movements', input)))
  serve(app, billing.exportMovements, exportMovements)
  serve(app, billing.addTopup, addTopup)
  serve(app, billing.lookTopup, lookTopup)
  serve(app, billing.addRefund, addRefund)
  serve(app, billing.chooseBalance, chooseBalance)
  serve(app, billing.chooseAutomatic, chooseAutomatic)
  serve(app, billing.forgetMethod, forgetMethod)
  serve(app, billing.estimate, async (c, input) => new RawJson(await ask(c, billing.estimate, 'api_estimate', input)))
}
