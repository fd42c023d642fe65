/** The doors of reconciliation: contract/reconciliation.ts. Who may is asked by each function of the database itself. */
import * as reconciliation from '#contract/reconciliation.ts'
import { csvLine } from '#contract/csv.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callKnown } from '../identity/index.ts'
import { csvFile, inAndOut } from './csv-file.ts'
import { reconcile } from './reconcile.ts'
import { gatewaysHere } from './registry.ts'

const EXPORT_MAX = 20_000

async function ask(c: Request, fn: string, args: object): Promise<string> {
  const { result } = await callKnown(c, 'signed-in', fn, args)
  return result
}

async function run(c: Request, { day }: ParsedOf<typeof reconciliation.runReconciliation>): Promise<RawJson> {
  // Only an operator gets an answer here; nobody else makes a gateway work.
  await ask(c, 'api_operator_recon', {})
  await reconcile(c.env, gatewaysHere(c.env), new Date(), day === undefined ? null : new Date(`${day}T00:00:00Z`))
  return new RawJson(await ask(c, 'api_operator_recon', {}))
}

const COLUMNS = [
  ...['day', 'at', 'gateway', 'kind', 'code', 'reference', 'payment', 'company', 'in', 'out', 'fee', 'fee_back', 'currency'],
  ...['verdict', 'gateway_in', 'gateway_out', 'books_in', 'books_out', 'decided_by', 'reason'],
]

function lineOf(item: reconciliation.ReconItem): string {
  const { currency, decision } = item
  const split = (micro: string) => inAndOut(BigInt(micro), currency)
  const [feeBack, fee] = split(`${-BigInt(item.fee)}`)
  return csvLine([
    ...[item.day, item.at, item.gateway, item.kind, item.code, item.ref ?? '', item.paymentRef ?? '', item.company ?? ''],
    ...(item.amount === null ? ['', ''] : split(item.amount)),
    ...[fee, feeBack, currency, item.verdict, ...split(item.theirs), ...split(item.ours)],
    ...[decision?.by ?? '', decision?.reason ?? ''],
  ])
}

async function exportItems(c: Request, filter: object): Promise<Response> {
  const found = await ask(c, 'api_operator_recon_items', { ...filter, limit: EXPORT_MAX + 1 })
  const { items } = reconciliation.listReconItems.returns.parse(JSON.parse(found))
  return csvFile('conciliacion.csv', COLUMNS, items.slice(0, EXPORT_MAX).map(lineOf), items.length > EXPORT_MAX)
}

export function reconcileRoutes(app: App): void {
  const json = async (c: Request, fn: string, input: object) => new RawJson(await ask(c, fn, input))
  serve(app, reconciliation.getReconciliation, (c, input) => json(c, 'api_operator_recon', input))
  serve(app, reconciliation.runReconciliation, run)
  serve(app, reconciliation.listReconItems, (c, input) => json(c, 'api_operator_recon_items', input))
  serve(app, reconciliation.exportReconItems, exportItems)
  serve(app, reconciliation.decideReconItem, (c, input) => json(c, 'api_operator_recon_decide', input))
}
