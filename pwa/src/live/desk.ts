/** What this phone knows, as signals: the maps of apply-event.ts, told to the screen and stored behind it. */
import { batch, createSignal, type Accessor } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import type { Transfer } from '#contract/desk.ts'
import type { Chat, Message } from '#contract/inbox.ts'
import type { LiveEvent } from '#contract/live.ts'
import type { Draft as StoredDraft } from '#contract/drafts.ts'
import type { Mention } from '#contract/mentions.ts'
import type { Permission } from '#contract/permissions.ts'
import type { Me } from '#contract/session.ts'
import { createTriggers } from '../lib/create-triggers.ts'
import { applyEvent, applyPulled, newLocal, newTouched, type Pulled, type Touched } from './apply-event.ts'
import type { LocalDb } from './local-db.ts'
import { getMeta, KEEP_MESSAGES, putMeta, readTail, save, startEpoch } from './local-db.ts'
import { merged, trimmed, type Log } from './log.rules.ts'
import { countsAfter, type Counts } from './order.rules.ts'

export type Desk = ReturnType<typeof createDesk>

/** Told of every request for a transfer that this person hears of. */
type Hearing = (transfer: Transfer) => void
/** Told of every note that names this person. */
type MentionHearing = (mention: Mention) => void
type DraftHearing = (draft: StoredDraft) => void
/** Told of every number whose templates have changed. */
type TemplateHearing = (channelId: string) => void
/** Told of every incoming message that was not here before. */
type Arrival = (message: Message) => void

/** What waits to be done (deeds-shown.ts), on top of the server's copies. */
export type Overlay = {
  chat(chat: Chat): Chat
  chats(all: ReadonlyMap<string, Chat>): ReadonlyMap<string, Chat>
  log(chatId: string, log: Log): Log
  counts(counts: Counts, all: ReadonlyMap<string, Chat>): Counts
}

/** The desk of a signed-in person over their database. Reads are tracked; call it once, at start. */
export function createDesk(first: Me, db: LocalDb) {
  const [me, setMe] = createSignal(first)
  const local = newLocal()
  const marks = createTriggers()
  const [counts, setCounts] = createSignal<Counts | null>(null)
  const [syncedAt, setSyncedAt] = createSignal<number | null>(null)
  const [waiting, setWaiting] = createSignal<Accessor<Overlay | null>>(() => null)
  const over = () => waiting()()
  const [countsAreGuessed, setCountsAreGuessed] = createSignal(false)
  const arrivals = new Set<Arrival>()
  const hearings = new Set<Hearing>()
  const mentionHearings = new Set<MentionHearing>()
  const draftHearings = new Set<DraftHearing>()
  const templateHearings = new Set<TemplateHearing>()
  const labelListeners = new Set<() => void>()
  const listeners = new Set<(event: LiveEvent) => void>()
  /** Chats whose stored messages are in memory. */
  const restored = new Set<string>()
  /** Chats that events named while everything is being read again: they are ours, whatever the pages say. */
  let heard: Set<string> | null = null
  let saving: Promise<unknown> = Promise.resolve()
  let isStopped = false

  function tell(touched: Touched): void {
    for (const id of touched.chats) marks.touch(`chat:${id}`)
    for (const id of touched.logs) marks.touch(`log:${id}`)
    for (const id of touched.channels) marks.touch(`channel:${id}`)
    if (touched.chats.size > 0) marks.touch('chats')
    if (touched.channels.size > 0) marks.touch('channels')
  }

  /** Changes follow each other to the disk in the order in which they happened here. */
  function store(touched: Touched, seq: number | null): Promise<unknown> {
    saving = saving
      .then(() => (isStopped ? undefined : save(db, local, touched, seq)))
      .catch((error: unknown) => console.error('not stored', error))
    return saving
  }

  function isNews(message: Message): boolean {
    const items = local.logs.get(message.chatId)?.tail?.items
    return message.direction === 'in' && !items?.some((item) => item.id === message.id)
  }

  /** Applies events of the stream; `seq` is stored with them, null when the stream's place is not known yet. */
  function apply(events: readonly LiveEvent[], seq: number | null): Promise<unknown> {
    const touched = newTouched()
    const news: Message[] = []
    batch(() => {
      for (const event of events) {
        const before = event.type === 'chat' ? (local.chats.get(event.chat.id) ?? null) : null
        const forgotten = event.type === 'forget' ? (local.chats.get(event.chatId) ?? null) : null
        if (event.type === 'message' && isNews(event.message)) news.push(event.message)
        applyEvent(local, event, touched)
        if (event.type === 'chat') {
          heard?.add(event.chat.id)
          count(before, local.chats.get(event.chat.id) ?? null)
        }
        if (event.type === 'forget') count(forgotten, null)
      }
      tell(touched)
      setSyncedAt(Date.now())
    })
    for (const message of news) for (const arrival of arrivals) arrival(message)
    for (const event of events) if (event.type === 'mention') for (const hearing of mentionHearings) hearing(event.mention)
    for (const event of events) if (event.type === 'draft') for (const hearing of draftHearings) hearing(event.draft)
    for (const event of events) if (event.type === 'templates') for (const hearing of templateHearings) hearing(event.channelId)
    for (const event of events) for (const listener of listeners) listener(event)
    if (events.some(({ type }) => type === 'labels')) for (const listener of labelListeners) listener()
    for (const event of events) if (event.type === 'transfer') for (const hearing of hearings) hearing(event.transfer)
    return store(touched, seq)
  }

  /** A chat that was not in memory may have been counted before: then the figures are asked for again. */
  function count(before: Chat | null, after: Chat | null): void {
    const now = counts()
    if (!now || before === after) return
    if (!before) setCountsAreGuessed(true)
    else setCounts(countsAfter(now, before, after, first.person.id))
  }

  return {
    /** Who is signed in and what they may do, now: a read is tracked, a role may change at any moment. */
    get me(): Me {
      return me()
    },
    may: (permission: Permission): boolean => me().permissions.includes(permission),
    /** Takes what the server says about the same person; whoever reads `me` hears of it. */
    noteMe(next: Me): void {
      if (next.person.id === first.person.id) setMe(next)
    },
    db,
    chat(id: string): Chat | undefined {
      marks.track(`chat:${id}`)
      const chat = local.chats.get(id)
      return chat && (over()?.chat(chat) ?? chat)
    },
    log(chatId: string): Log | undefined {
      marks.track(`log:${chatId}`)
      const log = local.logs.get(chatId)
      return log && (over()?.log(chatId, log) ?? log)
    },
    channel: (id: string): Channel | undefined => (marks.track(`channel:${id}`), local.channels.get(id)),
    chats: (): ReadonlyMap<string, Chat> => (marks.track('chats'), over()?.chats(local.chats) ?? local.chats),
    channels: (): Channel[] => (marks.track('channels'), [...local.channels.values()]),
    counts: (): Counts | null => {
      const now = counts()
      return now && (over()?.counts(now, local.chats) ?? now)
    },
    /** From now on everything is shown with what waits to be done. */
    showWaiting: (overlay: Accessor<Overlay | null>): void => void setWaiting(() => overlay),
    countsAreGuessed,
    syncedAt: syncedAt as Accessor<number | null>,
    /** `local.moment`, to be handed back with a page that is asked for now. */
    moment: () => local.moment,
    apply,

    /** Applies a page that was pulled. */
    pulled(page: Pulled): Promise<unknown> {
      const touched = newTouched()
      applyPulled(local, page, touched)
      batch(() => {
        tell(touched)
        setSyncedAt(Date.now())
      })
      return store(touched, null)
    },

    setCounts(fresh: Counts): void {
      batch(() => {
        setCounts(fresh)
        setCountsAreGuessed(false)
      })
      if (!isStopped) void putMeta(db, 'counts', fresh)
    },

    /** What the last visit left: chats, numbers and figures, before any network. */
    async restore(): Promise<void> {
      const [chats, channels, figures, storedAt] = await Promise.all([
        db.getAll('chats'),
        getMeta(db, 'channels'),
        getMeta(db, 'counts'),
        getMeta(db, 'syncedAt'),
      ])
      const touched = newTouched()
      applyPulled(local, { type: 'chats', items: chats, at: 0 }, touched)
      applyPulled(local, { type: 'channels', items: channels ?? [], at: 0 }, touched)
      batch(() => {
        tell(touched)
        if (figures) setCounts(figures)
        setSyncedAt(storedAt ?? null)
      })
    },

    /** Brings the stored end of a chat into memory, once: an event may have begun its log there without it. */
    async restoreLog(chatId: string): Promise<void> {
      if (restored.has(chatId)) return
      restored.add(chatId)
      const stored = await readTail(db, chatId)
      if (!stored) return
      const log = local.logs.get(chatId)
      const items = merged(stored.items, log?.tail?.items ?? [])
      local.logs.set(chatId, { tail: { items, older: stored.older }, past: log?.past ?? null })
      marks.touch(`log:${chatId}`)
    },

    /** Nobody reads this chat now: only its newest messages stay in memory. */
    rest(chatId: string): void {
      const log = local.logs.get(chatId)
      if (log) local.logs.set(chatId, trimmed(log, KEEP_MESSAGES))
    },

    /** Back from the past to the newest messages. */
    returnToTail(chatId: string): void {
      const log = local.logs.get(chatId)
      if (!log?.past) return
      local.logs.set(chatId, { tail: log.tail, past: null })
      marks.touch(`log:${chatId}`)
    },

    beginRestart(): void {
      heard = new Set()
    },

    /** Everything was read again: whatever no page and no event has named since the beginning is not ours any more. */
    async restart(seq: number, named: ReadonlySet<string>): Promise<void> {
      const touched = newTouched()
      const isOurs = (id: string) => named.has(id) || heard?.has(id) === true
      for (const id of [...local.chats.keys()]) {
        if (isOurs(id)) continue
        local.chats.delete(id)
        local.logs.delete(id)
        touched.chats.add(id)
        touched.logs.add(id)
      }
      heard = null
      batch(() => tell(touched))
      await saving
      await startEpoch(db, seq, [...local.chats.values()])
    },

    /** Answers that come after this are not stored any more: the store is being closed. */
    async stop(): Promise<void> {
      isStopped = true
      await saving
    },

    /** Told of every event, once it is applied. */
    onEvent(listener: (event: LiveEvent) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    /** Told when labels were added or changed. */
    onLabels(listener: () => void): () => void {
      labelListeners.add(listener)
      return () => labelListeners.delete(listener)
    },

    onTransfer(listener: Hearing): () => void {
      hearings.add(listener)
      return () => hearings.delete(listener)
    },

    onMention(listener: MentionHearing): () => void {
      mentionHearings.add(listener)
      return () => mentionHearings.delete(listener)
    },

    onDraft(listener: DraftHearing): () => void {
      draftHearings.add(listener)
      return () => draftHearings.delete(listener)
    },

    onTemplates(listener: TemplateHearing): () => void {
      templateHearings.add(listener)
      return () => templateHearings.delete(listener)
    },

    onArrival(listener: Arrival): () => void {
      arrivals.add(listener)
      return () => arrivals.delete(listener)
    },
  }
}
