import { For, Show } from 'solid-js'
import { MICRO } from '#contract/money.ts'
import type { Subscription } from '#contract/subscriptions.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/subscription-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { GatewayPapers, PaperButton } from '../../paper-links.tsx'
import { dayTime, money } from '../../text/format.ts'
import { subscriptionsText } from '../../text/subscriptions.ts'
import { t } from '../../text/text.ts'
import { Sheet } from '../../ui/sheet.tsx'

/** A word of tomorrow is shown as it is. */
function kindText(kind: string): string {
  const names: Record<string, string> = subscriptionsText().kinds
  return names[kind] ?? kind
}

/** What was paid for a subscription, with its papers; and what has happened to it. */
export function HistorySheet(props: { subscription: Subscription; name: string; close: () => void }) {
  const words = () => subscriptionsText()
  const asked = createAsked(() => call(api.getSubscription, { subscriptionId: props.subscription.id }))
  return (
    <Sheet title={words().of(props.name)} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-5 p-5">
        <LoadProblem of={asked} title={words().loadFailed} />
        <Show when={asked.items()}>
          {(found) => (
            <>
              <section>
                <h3 class="mb-1 font-semibold">{words().payments}</h3>
                <ul>
                  <For each={found().payments} fallback={<li class="text-small text-ink-2">{words().noPayments}</li>}>
                    {(payment) => (
                      <li class="flex min-h-11 flex-wrap items-center gap-x-3 border-line py-1 [&+&]:border-t">
                        <span class="flex-1">
                          {money(Number(BigInt(payment.amount)) / Number(MICRO), payment.currency)}
                          <span class="block text-meta text-ink-3">
                            {dayTime(payment.at)} {payment.method && `· ${payment.method}`}
                          </span>
                        </span>
                        <span class="-mx-3 flex basis-full flex-wrap">
                          <For each={payment.papers}>
                            {(paper) => <PaperButton movementId={paper.movementId} paper={paper} />}
                          </For>
                          <GatewayPapers receiptUrl={payment.receiptUrl} invoiceUrl={payment.invoiceUrl} />
                        </span>
                      </li>
                    )}
                  </For>
                </ul>
              </section>
              <section>
                <h3 class="mb-1 font-semibold">{words().events}</h3>
                <ol>
                  <For each={found().events}>
                    {(event) => (
                      <li class="py-1.5">
                        {kindText(event.kind)}
                        <span class="block text-meta text-ink-3">
                          {dayTime(event.at)} {event.by && `· ${event.by}`}
                        </span>
                      </li>
                    )}
                  </For>
                </ol>
              </section>
            </>
          )}
        </Show>
      </div>
    </Sheet>
  )
}
