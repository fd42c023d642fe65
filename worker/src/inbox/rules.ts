/** Rules of assignment and transfer: each request is one SQL function (db/functions/145_rules.sql). */
import * as rules from '#contract/rules.ts'
import type { App } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { rawFor } from '../identity/index.ts'

/** Everything of contract/rules.ts. */
export function ruleRoutes(app: App): void {
  serve(app, rules.listRules, (c, input) => rawFor(c, rules.listRules, 'api_rules', input))
  serve(app, rules.saveRule, (c, input) => rawFor(c, rules.saveRule, 'api_rule_save', input))
  serve(app, rules.archiveRule, (c, input) => rawFor(c, rules.archiveRule, 'api_rule_archive', input))
  serve(app, rules.tryRules, (c, input) => rawFor(c, rules.tryRules, 'api_rules_try', input))
  serve(app, rules.saveTransferRules, (c, input) => rawFor(c, rules.saveTransferRules, 'api_transfer_rules_save', input))
  serve(app, rules.setCapacity, (c, input) => rawFor(c, rules.setCapacity, 'api_capacity_set', input))
  serve(app, rules.setPresence, (c, input) => rawFor(c, rules.setPresence, 'api_presence', input))
}
