import { createEffect, createSignal, onCleanup, untrack, type Accessor } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import type { QuickReply } from '#contract/quick-replies.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { sentenceOf } from '../../text/text.ts'
import type { Composing } from './create-composer.ts'
import { insertedAt, isEmptyLine, placeOf } from './quick.rules.ts'

/** Longer than this nobody waits with the picker open: what the phone knows itself is put in. */
const FILL_MS = 8_000
const STAYS_MS = 400

type Filled = { text: string; missing: string[]; valuesAt: string | null; stale: boolean; isLocal: boolean }

/** Choosing a quick reply and putting it into the composer. `area` is where it is written. */
export function createQuick(chat: Accessor<Chat>, composer: Composing, area: () => HTMLTextAreaElement) {
  const { desk, quickReplies, phase } = useDesk()
  const [opened, setOpened] = createSignal<{ bySlash: boolean; from: number; to: number } | null>(null)
  const [filling, setFilling] = createSignal<string | null>(null)
  const [told, setTold] = createSignal<Pick<Filled, 'valuesAt' | 'stale' | 'isLocal'> | null>(null)

  // What quick replies say of this client is kept while it can be asked for.
  createEffect(() => {
    if (phase() !== 'open' || quickReplies.items().length === 0) return
    const [now, replies] = [untrack(chat), quickReplies.items()]
    // Whoever goes through chats without staying asks for nothing.
    const timer = setTimeout(() => {
      void import('../../live/values-kept.ts').then((kept) => kept.keepValues(desk, now, replies)).catch(() => undefined)
    }, STAYS_MS)
    onCleanup(() => clearTimeout(timer))
  })

  function open(bySlash: boolean): void {
    const end = composer.draft().text.length
    const place = composer.isNote() ? { from: end, to: end } : { from: area().selectionStart, to: area().selectionEnd }
    composer.change({ mode: 'message' })
    setOpened({ bySlash, ...place })
    void quickReplies.refresh()
  }

  /** Nothing was chosen: the `/` that opened it is written, should it have been meant. */
  function close(keepsSlash: boolean): void {
    const place = opened()
    setOpened(null)
    if (!place) return
    if (place.bySlash && keepsSlash) put('/', place)
    else area().focus()
  }

  function put(added: string, place: { from: number; to: number }, missing: readonly string[] = []): void {
    const { text, end } = insertedAt(composer.draft().text, place.from, place.to, added)
    composer.change({ mode: 'message', text, missing: [...new Set([...(composer.draft().missing ?? []), ...missing])] })
    const gap = placeOf(text, missing)
    area().focus()
    area().setSelectionRange(gap?.from ?? end, gap?.to ?? end)
  }

  async function choose(reply: QuickReply): Promise<void> {
    const place = opened()
    if (!place || filling()) return
    setFilling(reply.id)
    composer.setRefusal(null)
    try {
      const filled = await fill(reply)
      if (opened() !== place) return
      setOpened(null)
      setTold(filled)
      quickReplies.used(reply.id)
      put(filled.text, place, filled.missing)
      if (reply.media) void composer.attachStored(reply.media, reply.name)
    } catch (error) {
      setOpened(null)
      composer.setRefusal(sentenceOf(error))
    } finally {
      setFilling(null)
    }
  }

  async function fill(reply: QuickReply): Promise<Filled> {
    try {
      const answer = await call(api.fillQuickReply, { chatId: chat().id, quickReplyId: reply.id }, { timeoutMs: FILL_MS })
      return { ...answer, isLocal: false }
    } catch (error) {
      if (problemOf(error).status !== 0) throw error
      return (await import('../../live/values-kept.ts')).fillHere(desk, chat(), reply.text)
    }
  }

  return {
    opened,
    filling,
    /** Where the values of the last one came from. */
    told,
    open,
    close,
    choose,
    /** May a quick reply be put in now? */
    mayOpen: () => composer.closed() === null,
    /** Opens it when this key is a `/` at the start of an empty line. */
    onKey(event: KeyboardEvent): boolean {
      if (event.key !== '/' || event.isComposing || composer.isNote() || composer.closed() !== null) return false
      const { selectionStart, selectionEnd } = area()
      if (quickReplies.items().length === 0 || !isEmptyLine(composer.draft().text, selectionStart, selectionEnd)) return false
      event.preventDefault()
      open(true)
      return true
    },
    /** Selects what is missing, to be written over. */
    show(name: string): void {
      const gap = placeOf(composer.draft().text, [name])
      area().focus()
      if (gap) area().setSelectionRange(gap.from, gap.to)
    },
  }
}
