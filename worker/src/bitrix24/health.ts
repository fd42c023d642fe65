/** Ajustes → Bitrix24 → Salud: how a portal does, what stands in its queue, and what an administrator decides about that. */
import { csvLine } from '#contract/csv.ts'
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts'
import type { Language } from '#contract/ids.ts'
import * as contract from '#contract/portal-health.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callKnown, type Caller } from '../identity/index.ts'
import { confirm, decide } from '../inbox/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { causeOf, explain } from '../trace/index.ts'
import type { WaitsNow } from './outgoing/held.ts'
import { Inner } from './settings.ts'
import { portalOf } from './surroundings.ts'

const Health = contract.getPortalHealth.returns
const Text = z.nullable(z.string())
const RawEntry = z.looseObject({
  ...{
    id: z.string(),
    at: z.string(),
    direction: z.string(),
    state: z.string(),
    kind: z.string(),
    name: Text,
    text: Text,
    media: Text,
    code: Text,
  },
  ...{ said: Text, tries: z.number(), nextAt: Text, chatId: Text, messageId: Text },
})
type Entry = z.infer<typeof RawEntry>
type Shown = Entry & { cause: string | null; nextStep: string | null; waitsFor: contract.Wait | null }
const RawPage = z.object({ items: z.array(RawEntry), next: z.nullable(z.string()) })
const Decided = z.object({ done: z.number(), messages: z.nullable(z.array(z.string())), left: z.number() })
const Hops = z.object({
  items: z.array(
    z.looseObject({
      ...{
        messageId: z.string(),
        at: z.string(),
        level: z.string(),
        where: z.string(),
        what: z.string(),
        code: z.nullable(z.string()),
      },
      data: z.nullable(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    }),
  ),
})

/** Operators' messages that one request decides about: each is a visit to its chat. */
const MESSAGES_AT_ONCE = 50
const EXPORT_MAX = 10_000

async function ask(c: Request, fn: string, input: object): Promise<{ caller: Caller; json: unknown }> {
  const { caller, result } = await callKnown(c, 'account.manage', fn, input)
  return { caller, json: JSON.parse(result) }
}

async function health(
  c: Request,
  input: ParsedOf<typeof contract.getPortalHealth>,
): Promise<OutputOf<typeof contract.getPortalHealth>> {
  const [{ json }, inner] = await Promise.all([ask(c, 'api_portal_health', input), ask(c, 'api_portal_inner', input)])
  const now = await portalOf(c.env, Inner.parse(inner.json)).now()
  return Health.parse({ ...z.looseObject({}).parse(json), now })
}

function shown(row: Entry, language: Language, waits: WaitsNow): Shown {
  const why = causeOf(row.code, language) ?? { cause: null, nextStep: null }
  return { ...row, ...why, waitsFor: waitOf(row, waits) }
}

/** What has its code waits for that; what is under way, for what the portal's line of calls says now. */
function waitOf({ id, state, direction, code }: Entry, { of, all }: WaitsNow): contract.Wait | null {
  if (state === 'sending') return of.find((one) => one.id === id)?.wait ?? null
  return state === 'waiting' && direction === 'to_portal' && code === null ? all : null
}

async function queue(
  c: Request,
  input: ParsedOf<typeof contract.listPortalQueue> & { limit?: number },
): Promise<{ items: Shown[]; next: string | null }> {
  const { caller, json } = await ask(c, 'api_portal_queue', input)
  const { items, next } = RawPage.parse(json)
  // Read every two seconds by whoever looks: a portal of which nothing moves is not looked for.
  const isMoving = items.some(({ state }) => state === 'sending')
  const waits = isMoving ? await waitsOf(c, input) : { of: [], all: null }
  return { items: items.map((row) => shown(row, caller.person.language, waits)), next }
}

async function waitsOf(c: Request, input: { portalId: string }): Promise<WaitsNow> {
  return portalOf(c.env, Inner.parse((await ask(c, 'api_portal_inner', input)).json)).waits()
}

const COLUMNS = [
  'at',
  'direction',
  'state',
  'kind',
  'name',
  'text',
  'code',
  'cause',
  'next step',
  'said',
  'tries',
  'next try',
  'waits for',
  'chat',
  'message',
]
const HOP_COLUMNS = ['message', 'at', 'level', 'where', 'what', 'code', 'explanation', 'next step']

function file(name: string, rows: string[]): Response {
  return new Response(`\uFEFF${rows.join('')}`, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}.csv"` },
  })
}

async function exportQueue(c: Request, { traces, ...part }: ParsedOf<typeof contract.exportPortalQueue>): Promise<Response> {
  const rows = traces ? await hopRows(c, part) : await entryRows(c, part)
  await ask(c, 'api_portal_queue_exported', { ...part, ...(traces && { traces: true }) })
  return file(traces ? 'traces' : 'queue', rows)
}

async function entryRows(c: Request, part: ParsedOf<typeof contract.listPortalQueue>): Promise<string[]> {
  const { items } = await queue(c, { ...part, limit: EXPORT_MAX })
  const rows = items.map((one) =>
    csvLine([
      ...[one.at, one.direction, one.state, one.kind, one.name ?? '', one.text ?? one.media ?? '', one.code ?? ''],
      ...[one.cause ?? '', one.nextStep ?? '', one.said ?? '', String(one.tries), one.nextAt ?? ''],
      [one.waitsFor?.why, one.waitsFor?.method].filter(Boolean).join(': '),
      ...[one.chatId ?? '', one.messageId ?? ''],
    ]),
  )
  return [csvLine(COLUMNS), ...rows]
}

async function hopRows(c: Request, part: object): Promise<string[]> {
  const { caller, json } = await ask(c, 'api_portal_queue_hops', { ...part, limit: EXPORT_MAX })
  const rows = Hops.parse(json).items.map((hop) => {
    const { explanation, nextStep } = explain(hop, caller.person.language)
    return csvLine([hop.messageId, hop.at, hop.level, hop.where, hop.what, hop.code ?? '', explanation, nextStep ?? ''])
  })
  return [csvLine(HOP_COLUMNS), ...rows]
}

async function decideQueue(
  c: Request,
  input: ParsedOf<typeof contract.decidePortalQueue>,
): Promise<OutputOf<typeof contract.decidePortalQueue>> {
  const { json } = await ask(c, 'api_portal_decide', { ...input, limit: MESSAGES_AT_ONCE })
  const { done, messages, left } = Decided.parse(json)
  let kept = 0
  // Oldest first: what failed in one chat goes again in its order.
  for (const id of messages ?? []) if (!(await messageDecided(c, id, input.decision))) kept += 1
  return { done: done + (messages?.length ?? 0) - kept, kept, left }
}

/** False: its chat says no, and it stays as it is. */
async function messageDecided(c: Request, messageId: string, decision: contract.QueueDecision): Promise<boolean> {
  try {
    if (decision === 'arrived') await confirm(c, messageId)
    else await decide(c, messageId, decision === 'discard' ? 'discard' : 'requeue')
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

export function healthRoutes(app: App): void {
  serve(app, contract.getPortalHealth, health)
  serve(app, contract.listPortalQueue, async (c, input) => new RawJson(JSON.stringify(await queue(c, input))))
  serve(app, contract.exportPortalQueue, exportQueue)
  serve(app, contract.decidePortalQueue, decideQueue)
}
