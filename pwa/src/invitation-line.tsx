import { A } from '@solidjs/router'
import { Show, createSignal } from 'solid-js'
import { postponeInvitation } from './notice-invitation.ts'
import { notices } from './text/notices.ts'
import { Button } from './ui/button.tsx'

/** Offers notifications in passing: the screen that it leads to explains them before anybody is asked for permission. */
export function InvitationLine() {
  const [isOpen, setIsOpen] = createSignal(true)
  const close = () => {
    postponeInvitation(Date.now())
    setIsOpen(false)
  }
  return (
    <Show when={isOpen()}>
      <aside aria-label={notices().title} class="flex flex-wrap items-center gap-x-3 bg-anil-tint px-4 py-1 text-small">
        <p class="min-w-48 flex-1 py-1.5">
          <strong class="block">{notices().invite}</strong>
          {notices().inviteHelp}
        </p>
        <A href="/settings/notifications" class="button button-quiet !text-anil" onClick={close}>
          {notices().inviteYes}
        </A>
        <Button kind="quiet" onClick={close}>
          {notices().inviteLater}
        </Button>
      </aside>
    </Show>
  )
}
