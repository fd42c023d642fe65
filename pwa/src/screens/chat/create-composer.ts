import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { Chat, Media } from '#contract/inbox.ts'
import { unfilledIn } from '#contract/variables.ts'
import { mediaUrl } from '../../api/media-url.ts'
import { minuteNow } from '../../lib/clock.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { useDesk } from '../../live/context.ts'
import { emptyDraft, keyOf, type Draft, type DraftFile } from '../../live/draft.rules.ts'
import type { Outgoing } from '../../live/outbox.rules.ts'
import { fileSize } from '../../text/format.ts'
import { problemText, t } from '../../text/text.ts'
import { isHeic, judgeFile, judgeText, MAX_BYTES, type Refusal, type TextRefusal } from './attach.rules.ts'
import { entriesOf } from './entries.rules.ts'

/** A file of a quick reply comes from our own server; slower than this, it is attached by hand. */
const FETCH_MS = 30_000
const STRICT = { allowVideo: false, allowLinks: false }

export type Composing = ReturnType<typeof createComposer>

/** What the composer knows and does; composer.tsx draws it. */
export function createComposer(chat: Accessor<Chat>, sent: () => void) {
  const { desk, drafts, outbox } = useDesk()
  const [refusal, setRefusal] = createSignal<string | null>(null)
  const [preparing, setPreparing] = createSignal(0)

  const draft = createMemo(() => drafts.of(chat().id))
  const channel = createMemo(() => desk.channel(chat().channelId))
  const settings = () => channel()?.settings ?? STRICT
  // Not with all that is new of the draft: under the thumb that sends it nothing is drawn anew because the server has it.
  const isNote = createMemo(() => draft().mode === 'note')
  const text = createMemo(() => (isNote() ? draft().note : draft().text))
  const may = (permission: 'messages.send' | 'notes.write' | 'media.upload') => desk.may(permission)
  const change = (more: Partial<Draft>) => drafts.set({ ...draft(), ...more })

  /** Milliseconds in which free text may still be written; null where the channel knows no window. */
  const windowLeft = createMemo(() => {
    const { windowUntil } = chat()
    if (channel()?.kind === 'session') return null
    return windowUntil ? Math.max(0, Date.parse(windowUntil) - minuteNow()) : null
  })

  /** The number, while it sends nothing for want of a subscription. */
  const unpaid = createMemo(() => {
    const number = channel()
    return number?.subscription && !(Date.parse(number.subscription.sendsUntil ?? '') > minuteNow()) ? number : null
  })

  /** Templates go at any time, to whoever may send them, through numbers that know them. */
  const mayTemplate = createMemo(
    () =>
      may('messages.send') &&
      desk.may('templates.send') &&
      chat().consent?.out !== 'all' &&
      !unpaid() &&
      channel()?.state !== 'archived' &&
      channel()?.capabilities.includes('template') === true,
  )

  /** Why no message can be written at all, or null. Notes have their own permission. */
  const closed = createMemo((): string | null => {
    if (!may('messages.send')) return t().composer.noPermission
    if (channel()?.state === 'archived') return t().chat.channelArchived
    if (unpaid()) return problemText('subscription_ended').cause
    const isOfficial = channel() !== undefined && channel()?.kind !== 'session'
    // Who wants no messages is only answered: a template would be refused, so it is not offered.
    if (chat().consent?.out === 'all' && (windowLeft() === 0 || (isOfficial && chat().windowUntil === null)))
      return t().composer.optedOut
    if (windowLeft() === 0) return mayTemplate() ? t().composer.windowTemplate : t().composer.windowClosed
    if (!isOfficial || chat().windowUntil !== null) return null
    return mayTemplate() ? t().composer.neverTemplate : t().composer.windowNever
  })

  async function attach(list: readonly File[], mediaId?: string): Promise<void> {
    setRefusal(null)
    for (const file of list) {
      const judged = judgeFile(file, settings())
      if ('why' in judged) {
        setRefusal(refusalWords(judged))
        continue
      }
      setPreparing((count) => count + 1)
      try {
        await keep(file, judged.kind, mediaId)
      } catch {
        setRefusal(isHeic(file) ? t().refusals.heic(file.name) : t().refusals.unreadable(file.name))
      } finally {
        setPreparing((count) => count - 1)
      }
    }
  }

  /** Puts what another app shared into the draft. Then it is kept here, and there no more. */
  async function takeShared(id: string): Promise<void> {
    const { dropParked, parkedOf } = await import('../../live/parked.ts')
    const shared = await parkedOf(id).catch(() => undefined)
    if (!shared) return
    if (shared.text) change({ mode: 'message', text: [draft().text, shared.text].filter(Boolean).join('\n') })
    await attach(shared.files)
    await drafts.flush()
    await dropParked(id)
  }

  /** Attaches a file that the server has: it is not sent there again. `from` names where it belongs to. */
  async function attachStored(media: Media, from: string): Promise<void> {
    setPreparing((count) => count + 1)
    try {
      const response = await fetch(mediaUrl(media.id), { signal: AbortSignal.timeout(FETCH_MS) })
      if (!response.ok) throw new Error(`file: ${response.status}`)
      const file = new File([await response.blob()], media.name ?? from, { type: media.mime.split(';')[0] })
      await attach([file], media.id)
    } catch {
      setRefusal(t().quick.fileFailed(from))
    } finally {
      setPreparing((count) => count - 1)
    }
  }

  async function keep(file: File, kind: DraftFile['kind'], mediaId?: string): Promise<void> {
    const isNewPicture = kind === 'image' && !mediaId
    const blob = isNewPicture ? await smaller(file) : file
    if (kind === 'image' && blob.size > MAX_BYTES.image) {
      setRefusal(t().refusals.tooBig(file.name, fileSize(MAX_BYTES.image)))
      return
    }
    const blobId = uuidv7()
    const name = isNewPicture ? `${file.name.replace(/\.\w+$/, '') || 'foto'}.jpg` : file.name
    await drafts.keepFile(blobId, blob)
    change({
      mode: 'message',
      files: [
        ...draft().files,
        { blobId, name, mime: blob.type || 'application/pdf', size: blob.size, kind, ...(mediaId ? { mediaId } : {}) },
      ],
    })
  }

  /** A file that has been given words, or by turning and cutting other bytes: it stays the same file in its place. */
  async function changeFile(key: string, more: Pick<DraftFile, 'caption'>, blob?: Blob): Promise<void> {
    const old = draft().files.find((file) => keyOf(file) === key)
    const fresh = blob ? { blobId: uuidv7(), key, size: blob.size, mime: blob.type } : {}
    if (blob && fresh.blobId) await drafts.keepFile(fresh.blobId, blob)
    change({ files: draft().files.map((file) => (keyOf(file) === key ? { ...file, ...more, ...fresh } : file)) })
    if (!blob || !old) return
    // First the draft that no longer names the old bytes is stored.
    await drafts.flush()
    await drafts.dropFile(old.blobId)
  }

  function moveFile(key: string, by: 1 | -1): void {
    const files = [...draft().files]
    const from = files.findIndex((file) => keyOf(file) === key)
    const [moved] = files.splice(from, 1)
    if (moved) change({ files: files.toSpliced(Math.max(0, from + by), 0, moved) })
  }

  async function removeFile(file: DraftFile): Promise<void> {
    change({ files: draft().files.filter((other) => other.blobId !== file.blobId) })
    await drafts.dropFile(file.blobId)
  }

  /** Variables that still stand in the message. */
  const missing = createMemo(() => (isNote() ? [] : unfilledIn(draft().text, draft().missing)))

  /** Gives everything to the outbox. Nothing leaves the composer before it is stored there. */
  async function send(): Promise<void> {
    const words = text().trim()
    const files = isNote() ? [] : draft().files
    if ((words === '' && files.length === 0) || preparing() > 0) return
    if (!isNote() && closed()) return
    if (missing().length > 0) {
      setRefusal(t().quick.missing(missing().join(', ')))
      return
    }
    const captions = files.map(({ caption = '' }) => judgeText(caption.trim(), true, settings()))
    const refused = isNote() ? null : (judgeText(words, files.length > 0, settings()) ?? captions.find((one) => one !== null))
    if (refused) {
      setRefusal(refusalWords(refused))
      return
    }
    setRefusal(null)
    const entries = entriesOf({ ...draft(), text: draft().text.trim(), note: draft().note.trim() }, desk.me.person, newStamp)
    const storing = entries.map((entry: Outgoing) => outbox.add(entry, null))
    const { note, text: message, mentions = [] } = draft()
    const { voice } = draft()
    drafts.set(isNote() ? { ...draft(), note: '', mode: 'note', mentions: [] } : { ...emptyDraft(chat().id), note, voice })
    sent()
    try {
      await Promise.all(storing)
    } catch {
      // The phone's store is full or closed: give the words back rather than pretend.
      drafts.set({ ...draft(), note, text: message, files, mentions })
      setRefusal(t().refusals.notStored)
    }
  }

  return {
    draft,
    text,
    isNote,
    may,
    change,
    windowLeft,
    closed,
    unpaid,
    mayTemplate,
    refusal,
    setRefusal,
    preparing,
    attach,
    attachStored,
    takeShared,
    missing,
    removeFile,
    changeFile,
    moveFile,
    send,
    settings,
  }
}

const newStamp = () => ({ id: uuidv7(), at: new Date().toISOString() })

function refusalWords(refusal: Refusal | TextRefusal): string {
  const words = t().refusals
  switch (refusal.why) {
    case 'video':
      return words.video
    case 'link':
      return words.link
    case 'kind':
      return words.kind(refusal.name)
    case 'empty':
      return words.empty(refusal.name)
    case 'too-big':
      return words.tooBig(refusal.name, fileSize(refusal.limit))
    case 'too-long':
      return words.tooLong(refusal.limit)
  }
}

/** A picture as it leaves; where what makes it smaller cannot be fetched just now, as it is. */
async function smaller(file: File): Promise<Blob> {
  const pictures = await import('../../pictures/shrink-image.ts').catch(() => null)
  return pictures ? pictures.shrinkImage(file) : file
}
