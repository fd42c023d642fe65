/** Puts the parts of a signed-in phone together. */
import { createEffect, createMemo, createRoot, createSignal, getOwner, on, runWithOwner, type Owner } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import type { Me } from '#contract/session.ts'
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import { noteMe, refreshSession } from '../api/session.ts'
import { createCatchUp } from './catch-up.ts'
import type { Phase } from './connection.rules.ts'
import { createDesk, type Desk } from './desk.ts'
import { createHeard } from './heard.ts'
import { createLabels } from './labels.ts'
import { createDraftSync } from './draft-sync.ts'
import { createDrafts } from './drafts.ts'
import { dropLabels, dropLocalDb, dropTeamLists, getMeta, openLocalDb, prune, pruneBlobs, type LocalDb } from './local-db.ts'
import type { Tray } from './order.rules.ts'
import { createNotices, createVisibility } from './notices.ts'
import { createMentions } from './mentions.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Entry, Outgoing } from './outbox.rules.ts'
import { createQuickReplies } from './quick-replies.ts'
import { startSocket } from './socket.ts'
import { createTemplates } from './templates.ts'
import { createTrays } from './trays.ts'

const PRUNE_AFTER_MS = 20_000
/** A handshake hides why it was refused: after this many, ask whether the session still stands. */
const TRIES_BEFORE_ASKING = 2
const SHOWN_WITHIN_MS = 800
/** A frozen tab may keep the store from being opened, for ever: then the person is told, and can load again. */
const OPENS_WITHIN_MS = 12_000

export type Running = Awaited<ReturnType<typeof startDesk>>

/** Opens the phone of a person: what is stored first, then the stream and the outbox. */
export async function startDesk(me: Me) {
  const db = await Promise.race([openLocalDb(me.person.id, () => void stop().then(() => location.reload())), tooLate()])
  const desk = createDesk(me, db)
  const drafts = createDrafts(db)
  // Each for itself: with every event the stream is heard, and what waits for a connection does not begin again.
  const [phase, setPhase] = createSignal<Phase>('off')
  const [heardAt, setHeardAt] = createSignal<number | null>(null)
  const [showing, setShowing] = createSignal<{ tray: Tray; chatId: string | null }>({ tray: 'open', chatId: null })
  const trays = createTrays(desk)
  const quickReplies = createQuickReplies(db)
  const templates = createTemplates(db)
  const mentions = createMentions(desk)
  const draftSync = createDraftSync({
    drafts,
    message: (chatId, id) => desk.log(chatId)?.tail?.items.find((message) => message.id === id),
    isOnline: () => phase() === 'open',
  })
  const unhearDrafts = desk.onDraft(draftSync.hear)
  const heard = createHeard(db)
  const labels = createLabels(db, (gone) => void dropLabels(db, gone).catch(() => undefined))
  const outbox = outboxOver(db, desk)
  const [lastSeen = -1] = await Promise.all([
    getMeta(db, 'seq'),
    desk.restore(),
    // A chat that was opened by its address is there when its screen is.
    ...chatOf(location.pathname).map(desk.restoreLog),
    drafts.restore(),
    quickReplies.restore(),
    labels.restore(),
    templates.restore(),
    heard.restore(),
    outbox.restore(),
  ])

  let isWhole = lastSeen >= 0
  const catchUp = createCatchUp(desk, showing, (tray, page) => {
    isWhole = true
    trays.startAgain(tray, page)
  })
  const socket = startSocket({
    lastSeen,
    apply: (items) =>
      void desk.apply(
        items.map((item) => item.event),
        isWhole ? (items.at(-1)?.seq ?? null) : null,
      ),
    pull(seq) {
      isWhole = false
      catchUp.pull(seq)
    },
    noteMe(fresh) {
      desk.noteMe(fresh)
      noteMe(fresh)
    },
    signedOut: () => void refreshSession(),
    changed(next) {
      const before = phase()
      setHeardAt(next.heardAt)
      setPhase(next.phase)
      if (before !== 'open' && next.phase === 'open') outbox.wake()
      if (next.phase === 'waiting' && next.tries === TRIES_BEFORE_ASKING) void refreshSession()
    },
  })
  // What was decided and has not left is shown as done; as long as there is none, nothing is loaded for it.
  let shown: Promise<void> | undefined
  const showDeeds = (owner: Owner | null) =>
    import('./deeds-shown.ts')
      .then(({ overlayOf }) => runWithOwner(owner, () => desk.showWaiting(overlayOf(outbox.entries, me.person.id))))
      .catch(() => void (shown = undefined))
  const disposeEffects = createRoot((dispose) => {
    const owner = getOwner()
    const hasDeeds = createMemo(() => outbox.entries().some(({ what }) => what === 'deed'))
    createEffect(on(hasDeeds, (some) => void (some && (shown ??= showDeeds(owner)))))
    createEffect(on(desk.countsAreGuessed, (guessed) => guessed && catchUp.countSoon()))
    // Numbers that a person may see from now on are not in what they have.
    const seesChannels = createMemo(() => desk.may('channels.read'))
    createEffect(on(seesChannels, (sees) => void (sees && catchUp.channels().catch(() => undefined))))
    // Who may no longer see the team keeps no copy of it either.
    const seesTeam = createMemo(() => desk.may('people.read'))
    createEffect(on(seesTeam, (sees) => void (sees || dropTeamLists(db).catch(() => undefined))))
    const isOpen = createMemo(() => phase() === 'open')
    createEffect(
      on(isOpen, (open) => {
        if (!open) return
        void mentions.refresh()
        void draftSync.refresh().catch(() => undefined)
      }),
    )
    // Which quick replies are for somebody depends on their role and departments: asked again with each change of them.
    const answers = createMemo(() => (isOpen() && desk.may('messages.send') ? desk.me : null))
    createEffect(on(answers, (answering) => void (answering && quickReplies.refresh())))
    // And which labels one sees depends on the role.
    const sees = createMemo(() => (isOpen() && desk.may('chats.read') ? desk.me : null))
    createEffect(on(sees, (seeing) => void (seeing && labels.refresh())))
    desk.onLabels(() => void labels.refresh())
    const isVisible = createVisibility()
    createEffect(on([() => showing().chatId, isVisible], ([chatId, visible]) => socket.see({ isVisible: visible, chatId })))
    createNotices(desk, isOpen, isVisible)
    createEffect(on(desk.counts, (counts) => void showBadge(counts?.unanswered ?? 0)))
    return dispose
  })
  outbox.start()
  // Their file may be on its way from a network that never answers: then what waits shows late, and the chats at once.
  await Promise.race([shown, new Promise((go) => setTimeout(go, SHOWN_WITHIN_MS))])
  // What follows draws the screen: a task of its own, so that a thumb is heard between the two.
  await new Promise((go) => setTimeout(go))
  void catchUp.counts().catch(() => undefined)
  const pruning = setTimeout(() => void prune(db).then(() => pruneBlobs(db, Date.now())), PRUNE_AFTER_MS)

  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopOnce())

  async function stopOnce(): Promise<void> {
    clearTimeout(pruning)
    disposeEffects()
    socket.stop()
    mentions.stop()
    unhearDrafts()
    draftSync.stop()
    outbox.stop()
    catchUp.stop()
    await Promise.all([drafts.stop(), desk.stop()])
    db.close()
  }

  return {
    desk,
    drafts,
    trays,
    quickReplies,
    templates,
    mentions,
    labels,
    heard,
    outbox,
    phase,
    heardAt,
    setShowing,
    stop,
    /** Asks for what may be new though nobody told of it. Throws ApiProblem. */
    async sync(): Promise<void> {
      socket.wake()
      await Promise.all([trays.refresh(showing().tray), catchUp.counts(), catchUp.channels()])
    },
    /** Throws away everything that this phone keeps for the person. */
    async forget(): Promise<void> {
      await stop()
      await dropLocalDb(me.person.id)
      await import('./parked.ts').then(({ forgetParked }) => forgetParked()).catch(() => undefined)
      await import('./push-device.ts').then(({ unsubscribeHere }) => unsubscribeHere()).catch(() => undefined)
    },
  }
}

const chatOf = (path: string): string[] => /^\/chats\/([\w-]+)$/.exec(path)?.slice(1) ?? []

function tooLate(): Promise<never> {
  return new Promise((_, fail) => setTimeout(() => fail(new Error('the store does not open')), OPENS_WITHIN_MS))
}

/** Most starts upload nothing. */
const uploads = () => import('../api/upload.ts')

function outboxOver(db: LocalDb, desk: Desk): Outbox {
  const channel = new BroadcastChannel(`outbox:${db.name}`)
  return createOutbox({
    db,
    channel,
    send: async (entry: Entry) =>
      entry.what === 'deed' ? (await import('./deeds.ts')).sendDeed(desk, entry) : await post(entry),
    async upload({ id, file }, blob, progress, signal) {
      const { blobId = id, name = '', sound } = file ?? {}
      const { uploadFile } = await uploads()
      return (await uploadFile({ id: blobId, name, blob, sound }, progress, signal)).id
    },
    forgetUpload({ file }) {
      if (file)
        void uploads().then(
          ({ dropUpload }) => dropUpload(file.blobId, file.size),
          () => undefined,
        )
    },
    confirmed: (message) => desk.apply([{ type: 'message', message }], null),
    alone: (name, run) => navigator.locks.request(`${db.name}:${name}`, run),
    now: () => Date.now(),
    // A device that says it is offline is; one that says it is not may be mistaken.
    isOffline: () => !navigator.onLine,
    later(run, ms) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
}

function post({
  id,
  chatId,
  what,
  text,
  kind,
  mediaId,
  forward,
  replyTo,
  template,
  mentions,
  location,
  contacts,
}: Outgoing): Promise<Message> {
  if (what === 'note') {
    const named = mentions && mentions.length > 0 ? { mentions: mentions.map((person) => person.id) } : {}
    return call(api.addNote, { chatId, id, text: text ?? '', ...named })
  }
  if (template) {
    const { shown: _shown, ...given } = template
    const file = mediaId ? { headerMediaId: mediaId } : {}
    return call(api.sendMessage, { chatId, id, kind: 'template', template: { ...given, ...file } })
  }
  return call(api.sendMessage, {
    chatId,
    id,
    kind,
    ...(text ? { text } : {}),
    ...(mediaId ? { mediaId } : {}),
    ...(location ? { location } : {}),
    ...(contacts ? { contacts } : {}),
    ...(forward ? { forwardOf: forward.of } : {}),
    ...(replyTo?.id ? { replyTo: replyTo.id } : {}),
  })
}

/** The number on the app's icon, where the system shows one. */
async function showBadge(unanswered: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return
  await (unanswered > 0 ? navigator.setAppBadge(unanswered) : navigator.clearAppBadge()).catch(() => undefined)
}
