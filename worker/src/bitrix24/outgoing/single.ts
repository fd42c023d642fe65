/** Everything that is not a new message: changes, word that an operator's message arrived, whose a chat is, its end. All of it may be done twice. */
import type { Called, Wanted } from '../call-queue.ts'
import type { Delivery, Outcome } from './delivery.ts'
import { outsideId, textOf, userShape } from './item.ts'
import type { Group } from './order.ts'
import { callVerdict, itemOutcomes, refusedOutcomes } from './verdict.ts'

type World = { call: (wanted: Wanted) => Promise<Called>; now: () => number }
/** What is asked of the portal; or why nothing need be. */
type Asked = { method: string; params: Record<string, unknown>; read: (result: unknown) => Outcome[] } | Outcome[]

/** Does a batch of one sort. What is no longer needed is discarded without asking anybody. */
export async function oneOutcome(world: World, group: Group, batch: readonly Delivery[]): Promise<Outcome[]> {
  const idle = batch.flatMap((one) => idleOutcome(group, one))
  const left = batch.filter(({ id }) => !idle.some((one) => one.id === id))
  const [first] = left
  if (!first) return idle
  const asked = askOf(group, first, left)
  if (Array.isArray(asked)) return [...idle, ...asked]
  const { method, params, read } = asked
  const about = left.map(({ id }) => id)
  const called = await world.call({ method, params, priority: 'status', isRepeatable: true, about })
  if (called.ok) return [...idle, ...read(called.result)]
  // Whose a chat is there may be refused for reasons of the portal's own: the customer's next words do not wait for that.
  const isTheirs =
    (group === 'responsible' || group === 'session_finish') && ['denied', 'missing', 'consent'].includes(called.kind)
  const verdict = isTheirs ? null : callVerdict(called, true, world.now())
  return [...idle, ...(await refusedOutcomes(called, verdict, left, (one) => oneOutcome(world, group, [one])))]
}

function idleOutcome(group: Group, { id, chat, im, message }: Delivery): Outcome[] {
  const nothing = (code: string): Outcome[] => [{ id, outcome: 'discarded', code }]
  switch (group) {
    case 'update':
    case 'delete':
      return message?.isThere === true ? [] : nothing('never_told')
    case 'delivery_status':
      return im?.messageId && im.parts && im.parts.length > 0 ? [] : nothing('nothing_arrived')
    case 'responsible':
      if (chat.imChatId === null) return nothing('no_dialog')
      if (chat.assignee === null) return nothing('not_an_employee')
      return chat.assignee === chat.responsible ? nothing('already') : []
    case 'session_finish':
      return chat.imChatId === null ? nothing('no_dialog') : []
    case 'send':
      return []
  }
}

function askOf(group: Group, first: Delivery, batch: readonly Delivery[]): Asked {
  const { chat, line } = first
  const onLine = { CONNECTOR: line.connector, LINE: line.line }
  const done = (): Outcome[] => batch.map(({ id }) => ({ id, outcome: 'done' }))
  const items = (shape: (one: Delivery) => object): Record<string, unknown> => ({ ...onLine, MESSAGES: batch.map(shape) })
  switch (group) {
    case 'update':
      return { method: 'imconnector.update.messages', params: items(edited), read: (result) => itemOutcomes(batch, result) }
    case 'delete':
      return { method: 'imconnector.delete.messages', params: items(named), read: (result) => itemOutcomes(batch, result) }
    case 'delivery_status':
      return { method: 'imconnector.send.status.delivery', params: items(arrived), read: done }
    case 'responsible':
      return {
        method: 'imopenlines.operator.transfer',
        params: { CHAT_ID: chat.imChatId, TRANSFER_ID: chat.assignee },
        read: () => [{ id: first.id, outcome: 'done', ...(chat.assignee !== null && { responsible: chat.assignee }) }],
      }
    case 'session_finish':
      return { method: 'imopenlines.operator.another.finish', params: { CHAT_ID: chat.imChatId }, read: done }
    case 'send':
      return []
  }
}

const named = (one: Delivery): object => ({
  user: { id: one.chat.externalId },
  message: { id: outsideId(one) },
  chat: { id: one.chat.externalId },
})

const edited = (one: Delivery): object => ({
  user: userShape(one, { file: null, photo: null }),
  message: { id: outsideId(one), date: Math.floor(Date.parse(one.message?.at ?? '') / 1_000) || 0, text: textOf(one) },
  chat: { id: one.chat.externalId },
})

/** By the portal's own numbers; the ids outside are a list, or no edit and no deletion is ever told (reference/bitrix24.md §5.7). */
const arrived = ({ im, chat, message }: Delivery): object => ({
  im: { chat_id: Number(im?.chatId), message_id: Number(im?.messageId) },
  message: { id: im?.parts ?? [], date: Math.floor(Date.parse(message?.at ?? '') / 1_000) || 0 },
  chat: { id: chat.externalId },
})
