/** The audit log, keys for machines, and what holds for the whole company. */
import * as audit from '#contract/audit.ts'
import type * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { sha256, toBase64Url, toHex } from '../lib/bytes.ts'
import { csvLine } from '#contract/csv.ts'
import { Refusal } from '../lib/refusal.ts'
import { callFor, rawFor } from './caller.ts'
import type { Told } from './people.ts'

const EXPORT_MAX = 50_000
const COLUMNS = ['n', 'at', 'action', 'actor', 'object', 'before', 'after', 'hash']

/** The filtered log as CSV. That somebody took it away is an entry of its own. */
async function exportAudit(c: Request, filter: object): Promise<Response> {
  const { result } = await callFor(c, audit.exportAudit, 'api_audit', { ...filter, limit: EXPORT_MAX + 1 })
  const { items } = audit.listAudit.returns.parse(JSON.parse(result))
  await callFor(c, audit.exportAudit, 'api_audit_exported', filter)
  const rows = items
    .slice(0, EXPORT_MAX)
    .map((entry) =>
      csvLine([
        ...[String(entry.n), entry.at, entry.action, entry.actor.name ?? entry.actor.kind],
        `${entry.object.kind} ${entry.object.name ?? entry.object.id ?? ''}`.trim(),
        ...[entry.before, entry.after].map((facts) => (facts ? JSON.stringify(facts) : '')),
        entry.hash,
      ]),
    )
  return new Response(`\uFEFF${csvLine(COLUMNS)}${rows.join('')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.csv"',
      ...(items.length > EXPORT_MAX ? { 'x-rows-left': 'yes' } : {}),
    },
  })
}

/** A zone that this runtime knows: what is stored is used for hours and dates. Refuses time_zone_unknown. */
export function refuseUnknownZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone })
  } catch {
    throw new Refusal('time_zone_unknown', { timeZone })
  }
}

async function addKey(c: Request, input: z.output<typeof audit.addApiKey.input>): Promise<{ key: audit.ApiKey; secret: string }> {
  const secret = `wb_live_${toBase64Url(crypto.getRandomValues(new Uint8Array(32)))}`
  const { result } = await callFor(c, audit.addApiKey, 'api_key_add', {
    ...input,
    hash: toHex(await sha256(secret)),
    ending: secret.slice(-4),
  })
  return { key: audit.ApiKey.parse(JSON.parse(result)), secret }
}

/** Everything of contract/audit.ts. */
export function auditRoutes(app: App, told: Told): void {
  serve(app, audit.listAudit, (c, input) => rawFor(c, audit.listAudit, 'api_audit', input))
  serve(app, audit.exportAudit, exportAudit)
  serve(app, audit.checkAudit, (c) => rawFor(c, audit.checkAudit, 'api_audit_check', {}))
  serve(app, audit.listApiKeys, (c) => rawFor(c, audit.listApiKeys, 'api_keys', {}))
  serve(app, audit.addApiKey, addKey)
  serve(app, audit.revokeApiKey, async (c, input) => {
    const { caller, result } = await callFor(c, audit.revokeApiKey, 'api_key_revoke', input)
    await told.ended(c, caller.account.id, input.apiKeyId)
    return new RawJson(result)
  })
  serve(app, audit.changeAccount, async (c, input) => {
    if (input.timeZone !== undefined) refuseUnknownZone(input.timeZone)
    const { caller, result } = await callFor(c, audit.changeAccount, 'api_account_change', input)
    await told.rights(c, caller.account.id)
    return new RawJson(result)
  })
}
