/** Rules of assignment and transfer: each request is one SQL function (db/functions/145_rules.sql). */
import type { Endpoint } from '#contract/endpoint.ts'
import * as rules from '#contract/rules.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'

async function run(c: Request, row: Endpoint, fn: string, args: object): Promise<RawJson> {
  if (row.may === 'anyone') throw new Refusal('internal')
  const { result } = await call(c, row.may, fn, args)
  if (result === null) throw new Refusal('not_found')
  return new RawJson(result)
}

/** Everything of contract/rules.ts. */
export function ruleRoutes(app: App): void {
  serve(app, rules.listRules, (c, input) => run(c, rules.listRules, 'api_rules', input))
  serve(app, rules.saveRule, (c, input) => run(c, rules.saveRule, 'api_rule_save', input))
  serve(app, rules.archiveRule, (c, input) => run(c, rules.archiveRule, 'api_rule_archive', input))
  serve(app, rules.tryRules, (c, input) => run(c, rules.tryRules, 'api_rules_try', input))
  serve(app, rules.saveTransferRules, (c, input) => run(c, rules.saveTransferRules, 'api_transfer_rules_save', input))
  serve(app, rules.setCapacity, (c, input) => run(c, rules.setCapacity, 'api_capacity_set', input))
  serve(app, rules.setPresence, (c, input) => run(c, rules.setPresence, 'api_presence', input))
}
