/** The state of the simulators. Whatever changes goes through `record`, so that the journal can tell it again. */
import type {
  Conversation,
  Customer,
  Debtor,
  Entry,
  Hook,
  KeptTemplate,
  MediaFile,
  Received,
  SimMessage,
  SimNumber,
} from './model.ts'

export type World = {
  readonly numbers: ReadonlyMap<string, SimNumber>
  readonly customers: ReadonlyMap<string, Customer>
  readonly media: ReadonlyMap<string, MediaFile>
  readonly messages: ReadonlyMap<string, SimMessage>
  readonly conversations: ReadonlyMap<string, Conversation>
  readonly received: readonly Received[]
  readonly hooks: ReadonlyMap<string, Hook>
  readonly templates: ReadonlyMap<string, KeptTemplate>
  /** Debtors that were changed or added: sim/clients/. */
  readonly debtors: ReadonlyMap<string, Debtor>
  /** Changes the world, and tells the journal and those who listen. */
  record(entry: Entry): void
  listen(listener: (entry: Entry) => void): () => void
  /** The message with this WhatsApp or Gupshup id. */
  messageOf(id: string): SimMessage | undefined
  /** The entries that give this world again, in fewer lines. */
  snapshot(): Entry[]
}

/** A world that starts from these entries. `write` gets every later one before it counts. */
export function makeWorld(entries: Iterable<Entry>, write: (entry: Entry) => void): World {
  const state = emptyState()
  const listeners = new Set<(entry: Entry) => void>()
  for (const entry of entries) apply(state, entry)
  return {
    ...state,
    record(entry) {
      write(entry)
      apply(state, entry)
      for (const listener of listeners) listener(entry)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    messageOf: (id) => state.messages.get(state.byGsId.get(id) ?? id),
    snapshot: () => snapshotOf(state),
  }
}

export function conversationId(numberId: string, customer: string): string {
  return `${numberId}|${customer}`
}

type State = ReturnType<typeof emptyState>

function emptyState() {
  return {
    numbers: new Map<string, SimNumber>(),
    customers: new Map<string, Customer>(),
    media: new Map<string, MediaFile>(),
    messages: new Map<string, SimMessage>(),
    byGsId: new Map<string, string>(),
    conversations: new Map<string, Conversation>(),
    received: new Array<Received>(),
    hooks: new Map<string, Hook>(),
    templates: new Map<string, KeptTemplate>(),
    debtors: new Map<string, Debtor>(),
  }
}

function apply(state: State, entry: Entry): void {
  switch (entry.t) {
    case 'number':
      state.numbers.set(entry.number.id, entry.number)
      return
    case 'customer':
      state.customers.set(entry.customer.phone, entry.customer)
      return
    case 'media':
      state.media.set(entry.media.id, entry.media)
      return
    case 'message':
      addMessage(state, entry.message)
      return
    case 'change': {
      const message = state.messages.get(entry.id)
      if (message) state.messages.set(entry.id, { ...message, ...entry.patch })
      return
    }
    case 'window':
      conversationIn(state, entry.numberId, entry.customer).lastInboundAt = entry.lastInboundAt
      return
    case 'received':
      state.received.push(entry.received)
      return
    case 'template': {
      const { owner, template } = entry.kept
      state.templates.set(`${owner}|${template.name}|${template.language}`, entry.kept)
      return
    }
    case 'hook':
      state.hooks.set(entry.hook.id, entry.hook)
      return
    case 'taken':
      state.hooks.delete(entry.id)
      return
    case 'debtor':
      state.debtors.set(entry.debtor.id, entry.debtor)
      return
    case 'reset':
      reset(state, entry.numbers)
  }
}

function addMessage(state: State, message: SimMessage): void {
  const isNew = !state.messages.has(message.id)
  state.messages.set(message.id, message)
  if (message.gsId) state.byGsId.set(message.gsId, message.id)
  if (!isNew) return
  const conversation = conversationIn(state, message.numberId, message.customer)
  conversation.messageIds.push(message.id)
  if (message.direction === 'in') conversation.lastInboundAt = Math.max(message.at, conversation.lastInboundAt ?? 0)
}

function conversationIn(state: State, numberId: string, customer: string): Conversation {
  const id = conversationId(numberId, customer)
  const known = state.conversations.get(id)
  if (known) return known
  const conversation: Conversation = { numberId, customer, messageIds: [], lastInboundAt: null }
  state.conversations.set(id, conversation)
  return conversation
}

function reset(state: State, numbers: boolean): void {
  if (numbers) state.numbers.clear()
  for (const map of [
    state.customers,
    state.media,
    state.messages,
    state.byGsId,
    state.conversations,
    state.hooks,
    state.debtors,
    state.templates,
  ])
    map.clear()
  state.received.length = 0
}

function snapshotOf(state: State): Entry[] {
  const entries: Entry[] = []
  for (const number of state.numbers.values()) entries.push({ t: 'number', number })
  for (const customer of state.customers.values()) entries.push({ t: 'customer', customer })
  for (const media of state.media.values()) entries.push({ t: 'media', media })
  for (const message of state.messages.values()) entries.push({ t: 'message', message })
  for (const { numberId, customer, lastInboundAt } of state.conversations.values()) {
    entries.push({ t: 'window', numberId, customer, lastInboundAt })
  }
  for (const received of state.received) entries.push({ t: 'received', received })
  for (const kept of state.templates.values()) entries.push({ t: 'template', kept })
  for (const hook of state.hooks.values()) entries.push({ t: 'hook', hook })
  for (const debtor of state.debtors.values()) entries.push({ t: 'debtor', debtor })
  return entries
}
