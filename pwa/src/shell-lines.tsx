/** What the frame of the app says in passing, above the screen and in toasts: comes after the first picture. */
import { useLocation } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, onCleanup, Show, Suspense } from 'solid-js'
import { createInstallOffer } from './install/install-offer.ts'
import { Shortcuts } from './keys/shortcuts.tsx'
import { createKeyboardRoom } from './keyboard-room.ts'
import { minuteNow } from './lib/clock.ts'
import { lazyPart } from './lib/lazy-part.ts'
import { useDesk } from './live/context.ts'
import { createMentionNotes } from './mention-notes.ts'
import { createInvitation } from './notice-invitation.ts'
import { createOutageNotes } from './outage-notes.ts'
import { loadCareText } from './text/care.ts'
import { loadNoticesText } from './text/notices.ts'
import { t } from './text/text.ts'
import { loadUnpaidText } from './text/unpaid.ts'
import { createTransferNotes } from './transfer-notes.ts'
import { Button } from './ui/button.tsx'
import { unpaidOf } from './unpaid.rules.ts'
import { doingNow } from './worker/doing.ts'
import { newVersion, takeNewVersion } from './worker/register.ts'
import { stepOf } from './worker/update.rules.ts'

const InvitationLine = lazyPart(async () => {
  const [part] = await Promise.all([import('./invitation-line.tsx'), loadNoticesText()])
  return { default: part.InvitationLine }
})

const OutageLine = lazyPart(async () => {
  const [part] = await Promise.all([import('./outage-line.tsx'), loadCareText()])
  return { default: part.OutageLine }
})

const UnpaidLine = lazyPart(async () => {
  const [part] = await Promise.all([import('./unpaid-line.tsx'), loadUnpaidText()])
  return { default: part.UnpaidLine }
})

const InstallLine = lazyPart(async () => {
  const [part] = await Promise.all([import('./install/install-line.tsx'), loadNoticesText()])
  return { default: part.InstallLine }
})

export function ShellLines() {
  const location = useLocation()
  const isInThread = () => /^\/chats\/.+/.test(location.pathname)
  createTransferNotes()
  createMentionNotes()
  const outages = createOutageNotes()
  const { desk } = useDesk()
  const unpaidNumbers = createMemo(() => unpaidOf(desk.channels(), minuteNow()))
  createKeyboardRoom()
  const wayToInstall = createInstallOffer()
  const isInvited = createInvitation()
  return (
    <>
      <UpdateLine />
      <Shortcuts />
      <Suspense>
        <Show when={outages.stopped().length > 0}>
          <OutageLine stopped={outages.stopped()} took={outages.took} />
        </Show>
        <Show when={unpaidNumbers().length > 0}>
          <UnpaidLine numbers={unpaidNumbers()} />
        </Show>
        <Show when={!isInThread()}>
          {/* One offer at a time: an installed app keeps its permission to notify, so that comes first. */}
          <Show when={wayToInstall()} fallback={<Show when={isInvited()}>{<InvitationLine />}</Show>}>
            {(way) => <InstallLine way={way()} />}
          </Show>
        </Show>
      </Suspense>
    </>
  )
}

const LOOK_EVERY_MS = 2_000

/** A new version is offered when nothing is under way, and takes over by itself while nobody looks. */
function UpdateLine() {
  const running = useDesk()
  const [isOffered, setIsOffered] = createSignal(false)

  function look(): void {
    const step = newVersion() ? stepOf(doingNow(running)) : 'nothing'
    setIsOffered(step === 'say')
    if (step === 'take') void takeNewVersion()
  }

  createEffect(
    on(newVersion, (isHere) => {
      look()
      if (!isHere) return
      const timer = setInterval(look, LOOK_EVERY_MS)
      for (const event of ['input', 'visibilitychange']) document.addEventListener(event, look)
      onCleanup(() => {
        clearInterval(timer)
        for (const event of ['input', 'visibilitychange']) document.removeEventListener(event, look)
      })
    }),
  )

  return (
    <Show when={isOffered()}>
      <div role="status" class="flex items-center justify-center gap-3 bg-anil-tint px-4 text-small">
        {t().app.newVersion}
        <Button kind="quiet" class="!text-anil" onClick={() => void takeNewVersion()}>
          {t().app.update}
        </Button>
      </div>
    </Show>
  )
}
