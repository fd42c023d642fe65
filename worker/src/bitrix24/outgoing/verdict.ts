/** What a portal's answer means for the deliveries that were in the request. */
import type { Called } from '../call-queue.ts'
import { LATER_CODES } from '../call-waits.rules.ts'
import { asList, asMap, isYes } from '../rest/answers.ts'
import type { Delivery, Outcome } from './delivery.ts'
import { ITEM_TRIES, outsideId, tryOf } from './item.ts'

const MINUTE_MS = 60_000
/** Somebody has to do something first: then it goes on at once. Looked at in between, in case nobody told us. */
const HELPLESS_MS = 10 * MINUTE_MS
const GONE_MS = 60 * MINUTE_MS
const UNSURE_MS = 3_000
const REFUSED_MS = 2_000

/** The line does not take messages: not ours, switched off, or its connector is. */
const LINE_CODES = new Set(['NOT_ACTIVE_LINE', 'IMCONNECTOR_NO_CORRECT_PROVIDER'])

type Verdict = Pick<Outcome, 'outcome' | 'code' | 'text' | 'afterMs' | 'lineProblem'>

/** The whole request came to nothing. `isRepeatable`: done twice it does no harm. Null: one of its items is to blame, and nobody says which. */
export function callVerdict(called: Extract<Called, { ok: false }>, isRepeatable: boolean, now: number): Verdict | null {
  const { kind, code, text } = called
  const said = [code, text].filter((part) => part !== '').join(': ')
  if (LINE_CODES.has(code))
    return { outcome: 'later', code: 'portal_line_inactive', text: said, afterMs: HELPLESS_MS, lineProblem: code }
  switch (kind) {
    case 'later':
      return { outcome: 'later', code, text, afterMs: Math.max(1_000, (called.againAt ?? now + MINUTE_MS) - now) }
    case 'pace':
    case 'method_limit':
    case 'overload':
      return { outcome: 'later', code: LATER_CODES[kind], text: said, afterMs: MINUTE_MS }
    case 'lost':
    case 'retry':
      return isRepeatable
        ? { outcome: 'later', code: 'portal_unreachable', text: said, afterMs: UNSURE_MS }
        : { outcome: 'unsure', code: 'portal_answer_lost', text: said, afterMs: UNSURE_MS }
    case 'token':
    case 'denied':
    case 'missing':
    case 'consent':
      return { outcome: 'later', code: 'portal_access', text: said, afterMs: HELPLESS_MS }
    case 'unpaid':
      return { outcome: 'later', code: 'portal_unpaid', text: said, afterMs: HELPLESS_MS }
    case 'gone':
      return { outcome: 'later', code: 'portal_gone', text: said, afterMs: GONE_MS }
    case 'bug':
      return null
  }
}

/**
 * What a refused request means for the rows that were in it. `verdict` null: one of them is to blame. Then each goes by itself
 * (`again`), in order, and only that one fails.
 */
export async function refusedOutcomes(
  { code, text }: Extract<Called, { ok: false }>,
  verdict: Verdict | null,
  batch: readonly Delivery[],
  again: (one: Delivery) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  if (verdict) return batch.map(({ id }) => ({ id, ...verdict }))
  if (batch.length === 1)
    return batch.map(({ id }) => ({ id, outcome: 'failed', code: 'portal_refused', text: `${code}: ${text}` }))
  const alone: Outcome[] = []
  for (const one of batch) alone.push(...(await again(one)))
  return alone
}

/** What became of each item: the whole is called a success whatever became of them (reference/bitrix24.md §0.6). */
export function itemOutcomes(deliveries: readonly Delivery[], result: unknown): Outcome[] {
  const answers = asList(asMap(asMap(result)['DATA'])['RESULT']).map(asMap)
  return deliveries.map((delivery, n) => {
    const named = answers.filter((answer) => String(asMap(answer['message'])['id'] ?? '') === outsideId(delivery))
    const answer = named.length === 1 ? named[0] : answers.length === deliveries.length ? answers[n] : undefined
    if (!answer) return { id: delivery.id, outcome: 'unsure', code: 'portal_answer_lost', afterMs: UNSURE_MS }
    return isYes(answer['SUCCESS']) ? taken(delivery, answer) : refused(delivery, asList(answer['ERRORS']).map(String).join(' '))
  })
}

function taken(delivery: Delivery, answer: Record<string, unknown>): Outcome {
  const session = asMap(answer['session'])
  const [imChatId, sessionId, guestId] = [session['CHAT_ID'], session['ID'], answer['user']].map((id) => String(id ?? ''))
  const isWithout = delivery.message?.file && !(delivery.message.file.state === 'ready' && tryOf(delivery).withFile)
  return {
    id: delivery.id,
    outcome: 'done',
    ...(imChatId && sessionId && { imChatId, sessionId }),
    ...(guestId && { guestId }),
    ...(delivery.kind === 'send' && isWithout && { body: { ...delivery.body, without: true } }),
  }
}

/** Refused as it is. The next try gives up what may be the cause: the name, then the file. */
function refused(delivery: Delivery, text: string): Outcome {
  const isLast = delivery.tries + 1 >= ITEM_TRIES || !['send', 'file', 'say'].includes(delivery.kind)
  const code = 'portal_refused'
  if (isLast) return { id: delivery.id, outcome: 'failed', code, text, counts: 1 }
  return { id: delivery.id, outcome: 'later', code, text, counts: 1, afterMs: REFUSED_MS }
}
