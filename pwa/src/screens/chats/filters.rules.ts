/** The filters of the list, as its address says them: `/chats?state=pending&assignee=…`. */
import type { listChats } from '#contract/inbox.ts'
import type { InputOf } from '#contract/endpoint.ts'
import type { Chat } from '#contract/inbox.ts'

export const FILTERS = ['assignee', 'label', 'state', 'channel', 'department', 'waiting', 'closed', 'messages'] as const
export type FilterName = (typeof FILTERS)[number]
export type Filters = Pick<InputOf<typeof listChats>, FilterName>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const GOOD: Record<FilterName, (value: string) => boolean> = {
  assignee: (value) => value === 'none' || UUID.test(value),
  label: (value) => UUID.test(value),
  state: (value) => /^(closed|(new|pending|waiting)(,(new|pending|waiting))*)$/.test(value),
  channel: (value) => UUID.test(value),
  department: (value) => UUID.test(value),
  waiting: (value) => value === 'yes',
  closed: (value) => value === 'today',
  messages: (value) => ['sent', 'undelivered', 'failed', 'unconfirmed'].includes(value),
}

/** What an address asks for. What makes no sense is left out: an address may be old, or typed. */
export function filtersOf(search: string): Filters {
  const query = new URLSearchParams(search)
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query.get(name)
      return value !== null && GOOD[name](value) ? [[name, value]] : []
    }),
  )
}

/** The same filters always give the same query: names in one order. Empty without filters. */
export function queryOf(filters: Filters): string {
  const query = new URLSearchParams()
  for (const name of FILTERS) {
    const value = filters[name]
    if (value) query.set(name, value)
  }
  return query.toString().replaceAll('%2C', ',')
}

/**
 * As far as the phone can tell: what became of messages and when a chat was closed only the server knows. A list without
 * a state holds open chats; a search (`anyState`) finds closed ones as well.
 */
export function passes(chat: Chat, filters: Filters, anyState = false): boolean {
  const { assignee, label, state, channel, department, waiting, closed, messages } = filters
  const isLoose = messages !== undefined || (anyState && closed === undefined)
  if (state ? !state.split(',').includes(chat.state) : !isLoose && (chat.state === 'closed') !== (closed !== undefined))
    return false
  if (assignee && (chat.assignee?.id ?? 'none') !== assignee) return false
  if (label && !chat.labels.some(({ id }) => id === label)) return false
  if (channel && chat.channelId !== channel) return false
  if (department && chat.departmentId !== department) return false
  return !waiting || chat.waitingSince !== null
}
