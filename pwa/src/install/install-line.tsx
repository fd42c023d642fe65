import { createSignal, Show } from 'solid-js'
import { notices } from '../text/notices.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { install } from './install-event.ts'
import { postponeInstall } from './install-offer.ts'
import { InstallSteps } from './install-steps.tsx'

/** Offers the app for the home screen in passing. An iPhone's owner reads how; the others answer their browser. */
export function InstallLine(props: { way: 'dialog' | 'steps' }) {
  const [isOpen, setIsOpen] = createSignal(true)
  const [isExplained, setIsExplained] = createSignal(false)
  const close = () => {
    postponeInstall()
    setIsOpen(false)
  }
  const accept = () => {
    if (props.way === 'steps') return setIsExplained(true)
    // Whatever the answer is, it was given.
    postponeInstall()
    return void install().finally(() => setIsOpen(false))
  }
  return (
    <Show when={isOpen()}>
      <aside aria-label={notices().installOffer} class="flex flex-wrap items-center gap-x-3 bg-anil-tint px-4 py-1 text-small">
        <p class="min-w-48 flex-1 py-1.5">
          <strong class="block">{notices().installOffer}</strong>
          {notices().installOfferHelp}
        </p>
        <div class="-mx-3 flex">
          <Button kind="quiet" class="!text-anil" onClick={accept}>
            {props.way === 'steps' ? notices().installHow : notices().installYes}
          </Button>
          <Button kind="quiet" onClick={close}>
            {notices().inviteLater}
          </Button>
        </div>
      </aside>
      <Show when={isExplained()}>
        <Sheet title={notices().installTitle} closeLabel={t().app.close} close={close}>
          <div class="flex flex-col gap-4 p-5">
            <p>{notices().installSafari}</p>
            <InstallSteps />
          </div>
        </Sheet>
      </Show>
    </Show>
  )
}
