import { createSignal, Show } from 'solid-js'
import type { Subscription } from '#contract/subscriptions.ts'
import { createCardChange } from '../../create-card-change.ts'
import { subscriptionsText } from '../../text/subscriptions.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

/** Where a buyer of PayPal's changes what it charges. */
const PAYPAL_PAYMENTS = 'https://www.paypal.com/myaccount/autopay/'

/** Another card for a subscription, with nothing paid; at PayPal that is its buyer's own matter, and it is said where. */
export function CardWay(props: { subscription: Subscription; changed: () => void }) {
  const words = () => subscriptionsText()
  const [isTold, setIsTold] = createSignal(false)
  const card = createCardChange(() => {
    say(words().cardChanged)
    props.changed()
  })
  const isPayPal = () => props.subscription.gateway === 'paypal'
  return (
    <>
      <Button
        kind="quiet"
        busy={card.busy()}
        onClick={() => (isPayPal() ? setIsTold(true) : void card.open(props.subscription.id))}
      >
        {isPayPal() ? words().changeMeans : words().changeCard}
      </Button>
      <p role="alert" class="w-full text-small text-cochinilla empty:hidden">
        {card.error()}
      </p>
      <Show when={isTold()}>
        <Sheet small title={words().changeMeans} closeLabel={t().app.close} close={() => setIsTold(false)}>
          <div class="flex flex-col gap-4 p-5">
            <p>{words().changeAtPayPal}</p>
            <a href={PAYPAL_PAYMENTS} target="_blank" rel="noopener" class="button button-primary self-end">
              {words().openPayPal}
            </a>
          </div>
        </Sheet>
      </Show>
    </>
  )
}
