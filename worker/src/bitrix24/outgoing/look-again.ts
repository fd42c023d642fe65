/** Messages of which nobody knows whether the portal took them: nothing there tells repeats apart, so we look before we send again. */
import type { Called, Wanted } from '../call-queue.ts'
import { asList, asMap } from '../rest/answers.ts'
import type { Delivery, Outcome } from './delivery.ts'
import { outsideId } from './item.ts'
import { nameFor } from './names.rules.ts'
import { wordsIn } from './words.ts'
import { callVerdict } from './verdict.ts'

type Call = (wanted: Wanted) => Promise<Called>

export async function lookAgain(call: Call, unsure: readonly Delivery[], now: () => number): Promise<Outcome[]> {
  const chats = [...Map.groupBy(unsure, (one) => one.chat.id).values()]
  const outcomes = await Promise.all(chats.map((chat) => lookAt(call, chat, now)))
  return outcomes.flat()
}

async function lookAt(call: Call, chat: readonly Delivery[], now: () => number): Promise<Outcome[]> {
  const imChatId = chat[0]?.chat.imChatId ?? null
  return imChatId === null ? byName(call, chat, now) : byHistory(call, imChatId, chat, now)
}

const again = ({ id }: Delivery): Outcome => ({ id, outcome: 'later', afterMs: 0, code: 'portal_answer_lost' })

/** Still nobody knows. */
function unknown(chat: readonly Delivery[], called: Extract<Called, { ok: false }>, now: () => number): Outcome[] {
  const verdict = callVerdict(called, true, now()) ?? { afterMs: 60_000 }
  return chat.map(({ id }) => ({
    id,
    outcome: 'unsure',
    code: 'portal_answer_lost',
    afterMs: verdict.afterMs ?? 60_000,
    text: called.code,
  }))
}

/** The conversation tells the ids outside of everything in it; of the session that runs, and of the one that we know. */
async function byHistory(call: Call, imChatId: string, chat: readonly Delivery[], now: () => number): Promise<Outcome[]> {
  const known = chat[0]?.chat.sessionId ?? null
  const current = await historyOf(call, { CHAT_ID: imChatId })
  if (!current.ok) return unknown(chat, current, now)
  const sessionId = String(asMap(current.result)['sessionId'] ?? '')
  const before = known === null || known === sessionId ? null : await historyOf(call, { SESSION_ID: known })
  if (before && !before.ok) return unknown(chat, before, now)
  const ids = new Set([...idsIn(current.result), ...idsIn(before?.result)])
  return chat.map((one) =>
    ids.has(outsideId(one)) ? { id: one.id, outcome: 'done', imChatId, ...(sessionId && { sessionId }) } : again(one),
  )
}

const historyOf = (call: Call, params: Record<string, unknown>): Promise<Called> =>
  call({ method: 'imopenlines.session.history.get', params, priority: 'message', isRepeatable: true })

function idsIn(result: unknown): string[] {
  return asList(asMap(result)['message']).flatMap((message) => {
    const mids = asMap(asMap(message)['params'])['connectorMid']
    return (typeof mids === 'string' ? [mids] : asList(mids)).map(String)
  })
}

/**
 * We never learnt of a conversation. If there is none, nothing was taken. If there is one, it was begun by the first of these; what
 * came with that in the same request has probably been taken too: said to be unconfirmed, since nobody can know.
 */
async function byName(call: Call, chat: readonly Delivery[], now: () => number): Promise<Outcome[]> {
  const [first] = chat
  if (!first) return []
  const { name, last_name } = nameFor(first.contact.name, wordsIn(first.language).customer)
  const called = await call({
    method: 'imconnector.chat.name.set',
    params: {
      ...{
        CONNECTOR: first.line.connector,
        LINE: first.line.line,
        CHAT_ID: first.chat.externalId,
        USER_ID: first.chat.externalId,
      },
      NAME: `${name} ${last_name}`.trim(),
    },
    priority: 'message',
    isRepeatable: true,
  })
  if (called.ok)
    return chat.map((one, n) => ({ id: one.id, outcome: n === 0 ? 'done' : 'unconfirmed', code: 'portal_answer_lost' }))
  return called.code === 'CHAT_RENAMING_FAILED' ? chat.map(again) : unknown(chat, called, now)
}
