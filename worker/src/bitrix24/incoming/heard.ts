/**
 * What a portal's events tell of conversations. Forms are PHP's: every value is text, lists have gaps, keys of one event are small
 * letters, and another event's data is only a number (reference/bitrix24.md §5.6, §5.8). Whatever comes, it never throws.
 */
import * as z from 'zod'
import { asList, asMap } from '../rest/answers.ts'

export const Place = { connector: z.string(), line: z.int(), imChatId: z.string(), external: z.string() }
export const FileRef = z.object({ name: z.string(), type: z.string(), link: z.string(), size: z.number() })
export type FileRef = z.infer<typeof FileRef>
/** `userId` null: the line itself speaks. */
export const Said = z.object({
  ...Place,
  what: z.enum(['add', 'update', 'delete']),
  imMessageId: z.string(),
  userId: z.nullable(z.string()),
  text: z.string(),
  files: z.array(FileRef),
})
export type Said = z.infer<typeof Said>
export const Turned = z.object({ ...Place, what: z.enum(['start', 'finish']), sessionId: z.string() })
export type Turned = z.infer<typeof Turned>
export const Heard = z.union([Said, Turned])
export type Heard = z.infer<typeof Heard>
/** An event of one conversation, as the portal's object keeps it. `at`: when it came; `ts`: when the portal says that it was. */
export type Kept = { key: string; name: string; heard: Heard; at: number; ts: number | null; traceId: string }

const SAID: Record<string, Said['what']> = {
  ONIMCONNECTORMESSAGEADD: 'add',
  ONIMCONNECTORMESSAGEUPDATE: 'update',
  ONIMCONNECTORMESSAGEDELETE: 'delete',
}
const TURNED: Record<string, Turned['what']> = { ONIMCONNECTORDIALOGSTART: 'start', ONIMCONNECTORDIALOGFINISH: 'finish' }

/** Events of conversations, which stand in an order of their own. */
export const TALK_EVENTS = [...Object.keys(SAID), ...Object.keys(TURNED)]

const words = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const digits = (value: unknown): string => (/^\d{1,18}$/.test(words(value)) ? words(value) : '')

/** Everything that an event of a conversation tells; what is no message of one is left out. */
export function heardIn(name: string, given: unknown): Heard[] {
  const data = asMap(given)
  const connector = words(data['CONNECTOR']).toLowerCase()
  const line = Number(digits(data['LINE']) || Number.NaN)
  const [said, turned] = [SAID[name], TURNED[name]]
  if (said) return asList(data['MESSAGES']).flatMap((item) => saidIn(said, connector, line, asMap(item)) ?? [])
  return turned ? asList(data['DATA']).flatMap((item) => turnedIn(turned, connector, line, asMap(item)) ?? []) : []
}

function saidIn(what: Said['what'], connector: string, line: number, item: Record<string, unknown>): Said | null {
  const [im, message, chat] = [asMap(item['im']), asMap(item['message']), asMap(item['chat'])]
  const userId = digits(message['user_id'])
  const said = {
    ...{ what, connector, line, imChatId: digits(im['chat_id']), imMessageId: digits(im['message_id']) },
    ...{ external: words(chat['id']), userId: userId === '' || userId === '0' ? null : userId },
    text: words(message['text']),
    files: asList(message['files']).flatMap((file) => fileIn(asMap(file)) ?? []),
  }
  return said.connector === '' || said.imMessageId === '' || said.external === '' ? null : (Said.safeParse(said).data ?? null)
}

function fileIn({ name, type, link, size }: Record<string, unknown>): FileRef | null {
  const address = words(link)
  return address === '' ? null : { name: words(name), type: words(type), link: address, size: Number(digits(size) || 0) }
}

function turnedIn(what: Turned['what'], connector: string, line: number, item: Record<string, unknown>): Turned | null {
  const [from, session, chat] = [asMap(item['connector']), asMap(item['session']), asMap(item['chat'])]
  const turned = {
    ...{ what, sessionId: digits(session['id']), imChatId: digits(chat['id']), external: words(from['chat_id']) },
    connector: connector || words(from['connector_id']).toLowerCase(),
    line: Number.isNaN(line) ? Number(digits(from['line_id']) || Number.NaN) : line,
  }
  return turned.sessionId === '' || turned.external === '' ? null : (Turned.safeParse(turned).data ?? null)
}

/** The conversation that it belongs to: what happens in one happens in order. */
export function laneOf({ connector, external }: Heard): string {
  return `${connector}|${external}`
}

/** What it is, however often it comes: twice bound, sent twice, or found again by ourselves. */
export function keyOf(heard: Heard, edition: string): string {
  if ('sessionId' in heard) return `${heard.what}|${heard.sessionId}`
  if (heard.what === 'update') return `update|${heard.imMessageId}|${edition}`
  return `${heard.what}|${heard.imMessageId}`
}
