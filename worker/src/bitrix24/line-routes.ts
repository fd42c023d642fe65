/** Channels and open lines, for whoever administers: contract/portal-lines.ts. */
import * as contract from '#contract/portal-lines.ts'
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Wanted } from './call-queue.ts'
import { clientRule, setClientRule } from './client-rule.ts'
import { repairLine, testLine } from './line-test.ts'
import { asking, setLine, type Call } from './lines.ts'
import { DOOR } from './lines.rules.ts'
import { colleagues, makeLine, openLines, refusalOf } from './open-lines.ts'
import { addressOf, portalOf, type PortalName } from './surroundings.ts'

const Name = z.object({ memberId: z.string(), appId: z.nullable(z.string()) })
const Ready = Name.extend({ connector: z.string(), name: z.string(), phone: z.string(), signs: z.boolean() })
const Inner = Name.extend({
  shown: contract.PortalLine,
  ...{ channelKey: z.string(), name: z.string(), phone: z.string() },
  ...{ channelProblem: z.nullable(z.string()), isPaused: z.boolean(), lastHookAt: z.nullable(z.string()) },
  lowCredit: z.number(),
  messageCost: z.number(),
  clients: z.array(z.string()),
})

function found(result: string | null): unknown {
  if (result === null) throw new Refusal('not_found')
  return JSON.parse(result)
}

const callsOf = (c: Request, name: PortalName): Call => {
  const portal = portalOf(c.env, name)
  return (wanted: Wanted) => portal.call(wanted)
}

async function portalCalls(c: Request, portalId: string): Promise<Call> {
  const { result } = await call(c, 'account.manage', 'api_portal_inner', { portalId })
  return callsOf(c, Name.parse(found(result)))
}

async function readOpenLines(c: Request, { portalId }: { portalId: string }): Promise<OutputOf<typeof contract.readOpenLines>> {
  return { items: await openLines(await portalCalls(c, portalId)) }
}

async function readColleagues(
  c: Request,
  { portalId, q }: ParsedOf<typeof contract.readColleagues>,
): Promise<OutputOf<typeof contract.readColleagues>> {
  return { items: await colleagues(await portalCalls(c, portalId), q ?? '') }
}

async function addOpenLine(c: Request, { portalId, ...line }: ParsedOf<typeof contract.addOpenLine>): Promise<contract.OpenLine> {
  return makeLine(await portalCalls(c, portalId), line)
}

/** The portal first, then our own row: what the portal refuses leaves everything as it was, an older binding too. */
async function bind(c: Request, input: ParsedOf<typeof contract.bindPortalLine>): Promise<contract.PortalLine> {
  const { result } = await call(c, 'account.manage', 'api_portal_line_ready', input)
  const { memberId, appId, ...line } = Ready.parse(found(result))
  const calls = callsOf(c, { memberId, appId })
  const here = (await openLines(calls)).find((one) => one.line === input.line)
  if (!here) throw new Refusal('portal_refused', { reason: 'line_deleted', text: '' })
  const refused = await setLine(calls, addressOf(c.env, 'connector', appId), { ...line, line: input.line })
  if (refused) throw refusalOf(refused)
  const bound = await call(c, 'account.manage', 'api_portal_line_bind', { ...input, lineName: here.name })
  const shown = contract.PortalLine.parse(found(bound.result))
  // The tile behind which numbers are bound has done its part on this line.
  await asking(calls, `line|${DOOR}`)('imconnector.activate', { CONNECTOR: DOOR, LINE: input.line, ACTIVE: '0' })
  await portalOf(c.env, { memberId, appId }).lines(false)
  await portalOf(c.env, { memberId, appId }).choose()
  return shown
}

async function innerOf(c: Request, portalLineId: string): Promise<z.infer<typeof Inner>> {
  const { result } = await call(c, 'account.manage', 'api_portal_line_inner', { portalLineId })
  return Inner.parse(found(result))
}

async function change(c: Request, input: ParsedOf<typeof contract.changePortalLine>): Promise<contract.PortalLine> {
  const { result } = await call(c, 'account.manage', 'api_portal_line_change', input)
  const shown = contract.PortalLine.parse(found(result))
  // Whether the operator's name comes with their words is part of how the connector is registered.
  if (shown.setAt === null) await portalOf(c.env, await innerOf(c, input.portalLineId)).lines(false)
  return shown
}

async function unbind(
  c: Request,
  { portalLineId }: ParsedOf<typeof contract.unbindPortalLine>,
): Promise<OutputOf<typeof contract.unbindPortalLine>> {
  const inner = await innerOf(c, portalLineId)
  const { result } = await call(c, 'account.manage', 'api_portal_line_end', { portalLineId })
  found(result)
  // A portal that is away learns it later.
  await portalOf(c.env, inner).lines(false)
  return { done: true }
}

async function readRule(c: Request, { portalLineId }: { portalLineId: string }): Promise<contract.ClientRuleNow> {
  const inner = await innerOf(c, portalLineId)
  return clientRule(callsOf(c, inner), inner.shown.line)
}

async function setRule(
  c: Request,
  { portalLineId, ...rule }: ParsedOf<typeof contract.setClientRule>,
): Promise<contract.ClientRuleNow> {
  const inner = await innerOf(c, portalLineId)
  const now = await setClientRule(callsOf(c, inner), inner.shown.line, rule)
  const pipeline = now.pipelines.find(({ id }) => id === rule.pipeline)?.name ?? null
  await call(c, 'account.manage', 'api_portal_line_ruled', { portalLineId, creates: rule.creates, turns: rule.turns, pipeline })
  return now
}

async function test(c: Request, { portalLineId, repair }: ParsedOf<typeof contract.testPortalLine>): Promise<contract.LineTest> {
  const inner = await innerOf(c, portalLineId)
  if (repair) await repairLine(c.env, inner)
  const tested = await testLine(c.env, inner)
  return { ...tested, at: new Date().toISOString(), shown: repair ? (await innerOf(c, portalLineId)).shown : inner.shown }
}

export function lineRoutes(app: App): void {
  serve(app, contract.listPortalLines, async (c) => {
    const { result } = await call(c, 'account.manage', 'api_portal_lines', {})
    return new RawJson(result ?? '{"items":[]}')
  })
  serve(app, contract.readOpenLines, readOpenLines)
  serve(app, contract.readColleagues, readColleagues)
  serve(app, contract.addOpenLine, addOpenLine)
  serve(app, contract.bindPortalLine, bind)
  serve(app, contract.changePortalLine, change)
  serve(app, contract.unbindPortalLine, unbind)
  serve(app, contract.readClientRule, readRule)
  serve(app, contract.setClientRule, setRule)
  serve(app, contract.testPortalLine, test)
}
