import { createSignal, For, Show } from 'solid-js'
import type { AlertDelivery, AlertHook } from '#contract/alerts.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/alert-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { alertsText } from '../../text/alerts.ts'
import { dayTime } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { DeliveryRow, POST_MS, Tested } from './delivery-row.tsx'
import { HookForm } from './hook-form.tsx'
import { SecretSheet } from './secret-sheet.tsx'

/** Where the company’s alerts of money are posted, and what came of the latest. */
export default function AlertsScreen() {
  const words = () => alertsText()
  const asked = createAsked(() => call(api.getAlertHook, {}))
  /** Shown once: null while one is asked for. */
  const [secret, setSecret] = createSignal<{ value: string | null } | null>(null)

  function saved(fresh: string | null) {
    if (fresh !== null) setSecret({ value: fresh })
    void asked.again()
  }

  return (
    <PartPage title={words().title} back="/settings/balance">
      <div class="grid gap-5">
        <p class="max-w-[68ch] text-small text-ink-2">{words().help}</p>
        <LoadProblem of={asked} title={words().loadFailed} />
        <Show when={asked.items()}>
          {(shown) => (
            <>
              <HookForm hook={shown().hook} saved={saved} />
              <Show when={shown().hook}>
                {(hook) => <Tools hook={hook()} posted={() => void asked.again()} change={() => setSecret({ value: null })} />}
              </Show>
              <Verify />
              <section aria-labelledby="deliveries">
                <h2 id="deliveries" class="mb-2 text-heading font-bold">
                  {words().deliveries}
                </h2>
                <ul class="grid gap-3">
                  <For each={shown().deliveries} fallback={<li class="text-small text-ink-2">{words().none}</li>}>
                    {(delivery) => (
                      <DeliveryRow
                        delivery={delivery}
                        mayResend={shown().hook?.isOn === true}
                        posted={() => void asked.again()}
                      />
                    )}
                  </For>
                </ul>
              </section>
            </>
          )}
        </Show>
      </div>
      <Show when={secret()}>
        {(shown) => <SecretSheet secret={shown().value} changed={saved} close={() => setSecret(null)} />}
      </Show>
    </PartPage>
  )
}

/** Trying the address, and another secret. */
function Tools(props: { hook: AlertHook; posted: () => void; change: () => void }) {
  const testing = createAction()
  const [tested, setTested] = createSignal<AlertDelivery | null>(null)
  const test = async () => {
    setTested(null)
    setTested(await call(api.testAlertHook, {}, { timeoutMs: POST_MS }))
    props.posted()
  }
  return (
    <section class="grid gap-2 rounded-card border border-line bg-surface p-4">
      <p class="text-small text-ink-2">{alertsText().testHelp}</p>
      <div class="flex flex-wrap gap-2">
        <Button busy={testing.busy()} disabled={!props.hook.isOn} onClick={() => void testing.run(test)}>
          {alertsText().test}
        </Button>
        <Button kind="quiet" onClick={() => props.change()}>
          {alertsText().secretChange}
        </Button>
      </div>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {testing.error()}
      </p>
      <div role="status">
        <Show when={tested()}>{(delivery) => <Tested delivery={delivery()} />}</Show>
      </div>
      <Show when={props.hook.bothUntil}>
        {(at) => <p class="text-small text-ink-2">{alertsText().bothUntil(dayTime(at()))}</p>}
      </Show>
    </section>
  )
}

const SAMPLE = `WhatsappB24-Delivery: 0197f3c2-…
WhatsappB24-Signature: t=1795000000,v1=5f2b…

{"id":"0197f3c2-…","version":1,"kind":"balance.low",
 "subject":"…","text":"…","url":"https://…",
 "amounts":{"available":{"amount":"8.50","currency":"USD"}}}`

/** For whoever builds the other side. */
function Verify() {
  return (
    <details class="rounded-card border border-line bg-surface px-4">
      <summary class="flex min-h-12 cursor-pointer items-center font-semibold">{alertsText().verify}</summary>
      <p class="mb-3 max-w-[68ch] text-small">{alertsText().verifyHelp}</p>
      <pre class="mb-4 rounded-segment border border-line bg-paper p-3 font-mono text-meta break-all whitespace-pre-wrap">
        {SAMPLE}
      </pre>
    </details>
  )
}
