import { createSignal, Show } from 'solid-js'
import { signOut } from '../../api/session.ts'
import { useDesk } from '../../live/context.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

/** Asks before what this phone keeps is thrown away, and says what would be lost. */
export function SignOutSheet(props: { close: () => void }) {
  const { outbox, forget } = useDesk()
  const [busy, setBusy] = createSignal(false)
  const unsent = () => outbox.entries().length

  async function leave() {
    setBusy(true)
    try {
      await signOut()
      await forget()
    } catch {
      say(t().settings.signOutFailed)
      props.close()
    }
  }

  return (
    <Sheet small title={t().settings.signOut} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-3 p-5">
        <p class="font-semibold">{t().settings.signOutSure}</p>
        <p class="text-small text-ink-2">{t().settings.signOutHelp}</p>
        <Show when={unsent() > 0}>
          <p class="text-small text-cochinilla">{t().settings.signOutLoses(unsent())}</p>
        </Show>
        <div class="mt-2 flex flex-wrap justify-end gap-2">
          <Button kind="quiet" onClick={() => props.close()}>
            {t().app.cancel}
          </Button>
          <Button kind="sure" busy={busy()} onClick={() => void leave()}>
            {t().settings.signOut}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
