/** What happened to a message, what happened at all, and what waits for a person. */
import * as trace from '#contract/trace.ts'
import type { Language } from '#contract/ids.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { Cost, costText } from './cost.ts'
import { explain, withWaits } from './explain.ts'

const Data = z.nullable(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
const Raw = z.looseObject({ what: z.string(), code: z.nullable(z.string()), data: Data })
const RawTrace = z.looseObject({ hops: z.array(Raw.extend({ at: z.string() })), cost: z.nullable(Cost) })
const RawPage = z.looseObject({ items: z.array(Raw) })
const RawLetter = z.looseObject({ reason: z.string() })

function explained(row: z.infer<typeof Raw>, language: Language): object {
  const { data: _, ...rest } = row
  return { ...rest, ...explain(row, language) }
}

/** The reason of a dead letter is a failure code, or the words of a defect: both are shown. */
function letter(row: z.infer<typeof RawLetter>, language: Language): object {
  const { payload: _, ...rest } = row
  return {
    ...rest,
    ...explain({ what: 'retries_exhausted', code: row.reason, data: { attempts: Number(row['attempts'] ?? 0) } }, language),
  }
}

type Decision = 'retry' | 'discard'
/** What other domains do about a dead letter: passed in by app.ts, since the arrow comes from them. */
export type Settling = {
  /** Decides about a message: its own object has the last word. */
  resend: (c: Request, messageId: string, decision: Decision) => Promise<unknown>
  /** Writes an entry (JSON text) that the database had refused once more. */
  replay: (c: Request, accountId: string, entry: string) => Promise<unknown>
}

async function settle(c: Request, input: { deadLetterId: string; decision: Decision }, settling: Settling): Promise<RawJson> {
  const { caller, result } = await callKnown(c, 'dead_letters.manage', 'api_dead_letter', input)
  const row = RawLetter.parse(JSON.parse(result))
  if (row['kind'] === 'send' && typeof row['messageId'] === 'string' && !row['settled']) {
    await settling.resend(c, row['messageId'], input.decision)
    const { result: after } = await call(c, 'dead_letters.manage', 'api_dead_letter', input)
    return new RawJson(JSON.stringify(letter(RawLetter.parse(JSON.parse(after ?? result)), caller.person.language)))
  }
  const { result: settled } = await call(c, 'dead_letters.manage', 'api_dead_letter_settle', input)
  const parsed = z.looseObject({ letter: z.optional(RawLetter), job: z.nullish(z.string()) }).parse(JSON.parse(settled ?? '{}'))
  if (parsed.job) await c.env.JOBS.send({ jobId: parsed.job, kind: 'job' })
  // Refused again, it becomes a new dead letter: nothing is lost, and the reason is the present one.
  const again = parsed.letter && row['kind'] === 'event' && input.decision === 'retry'
  if (again) await settling.replay(c, caller.account.id, JSON.stringify(row['payload']))
  return new RawJson(JSON.stringify(letter(parsed.letter ?? row, caller.person.language)))
}

export function traceRoutes(app: App, settling: Settling): void {
  serve(app, trace.getTrace, async (c, input) => {
    const { caller, result } = await callKnown(c, 'trace.read', 'api_trace', input)
    const found = RawTrace.parse(JSON.parse(result))
    const { language } = caller.person
    const hops = withWaits(found.hops).map((hop) => explained(hop, language))
    return new RawJson(
      JSON.stringify({ ...found, hops, cost: found.cost && costText(found.cost, language, caller.account.country) }),
    )
  })
  serve(app, trace.listLog, async (c, input) => {
    const { caller, result } = await call(c, 'logs.read', 'api_log', input)
    const found = RawPage.parse(JSON.parse(result ?? '{"items":[]}'))
    return new RawJson(JSON.stringify({ ...found, items: found.items.map((row) => explained(row, caller.person.language)) }))
  })
  serve(app, trace.listDeadLetters, async (c, input) => {
    const { caller, result } = await call(c, 'dead_letters.manage', 'api_dead_letters', input)
    const found = z.looseObject({ items: z.array(RawLetter) }).parse(JSON.parse(result ?? '{"items":[]}'))
    return new RawJson(JSON.stringify({ ...found, items: found.items.map((row) => letter(row, caller.person.language)) }))
  })
  serve(app, trace.settleDeadLetter, (c, input) => settle(c, input, settling))
}
