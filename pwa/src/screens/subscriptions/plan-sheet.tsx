import { createSignal, For, Show } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { listSubscriptions, NumberSubscription, Plan, previewPlan } from '#contract/subscriptions.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/subscription-endpoints.ts'
import { isInFrame } from '../../lib/in-frame.ts'
import { dayTime } from '../../text/format.ts'
import { subscriptionsText } from '../../text/subscriptions.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { minorText, priceText, termsOf } from '../../price-words.ts'

type Listed = OutputOf<typeof listSubscriptions>
type Preview = OutputOf<typeof previewPlan>

/** Chooses a plan for a number: a first one, with the way to pay; or another one, with its price shown before. */
export function PlanSheet(props: { listed: Listed; number: NumberSubscription; close: () => void; changed: () => void }) {
  const words = () => subscriptionsText()
  const action = createAction()
  const live = () => (props.number.live && props.number.live.gateway !== 'gift' ? props.number.live : null)
  const plans = () => props.listed.plans.filter(({ price }) => price.id !== live()?.plan.price.id)
  const [chosen, setChosen] = createSignal<Plan>()
  const [picked, setGateway] = createSignal<'stripe' | 'paypal'>()
  const gateway = () => picked() ?? props.listed.gateways[0]
  const [preview, setPreview] = createSignal<Preview>()
  let attempt = Math.floor(Date.now() / 1000)

  function go(url: string): void {
    if (isInFrame()) window.open(url, '_blank', 'noopener')
    else location.assign(url)
  }

  async function subscribe(): Promise<void> {
    const [plan, way] = [chosen(), gateway()]
    if (!plan || !way) return
    const asked = { channelId: props.number.channel.id, planPriceId: plan.price.id, gateway: way, inFrame: isInFrame() }
    const { url } = await call(api.openSubscription, asked)
    go(url)
    if (isInFrame()) props.changed()
  }

  async function look(): Promise<void> {
    const [plan, now] = [chosen(), live()]
    if (plan && now) setPreview(await call(api.previewPlan, { subscriptionId: now.id, planPriceId: plan.price.id }))
  }

  async function change(): Promise<void> {
    const [plan, now] = [chosen(), live()]
    if (!plan || !now) return
    attempt += 1
    const asked = { subscriptionId: now.id, planPriceId: plan.price.id, attempt, inFrame: isInFrame() }
    const { url } = await call(api.changePlan, asked)
    if (url) go(url)
    props.changed()
  }

  const costs = ({ now, next, from }: Preview) =>
    now && next && from
      ? words().costs(minorText(now.minor, now.currency), minorText(next.minor, next.currency), dayTime(from))
      : words().costUnknown

  return (
    <Sheet title={words().of(props.number.channel.name)} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <fieldset class="flex flex-col gap-2">
          <legend class="mb-1 text-small font-semibold">{words().choosePlan}</legend>
          <For each={plans()} fallback={<p class="text-small text-ink-2">{words().noPlans}</p>}>
            {(plan) => (
              <label class="row flex min-h-14 cursor-pointer items-start gap-3 rounded-card border border-line p-3">
                <input
                  type="radio"
                  name="plan"
                  class="mt-1 size-5"
                  checked={chosen()?.id === plan.id}
                  onChange={() => {
                    setChosen(plan)
                    setPreview(undefined)
                  }}
                />
                <span class="min-w-0 flex-1">
                  <span class="block font-semibold">
                    {plan.name} · {priceText(plan.price)}
                  </span>
                  <span class="block text-small text-ink-2">{plan.about}</span>
                  <For each={termsOf(plan.price, !live())}>
                    {(line) => <span class="block text-meta text-ink-3">{line}</span>}
                  </For>
                </span>
              </label>
            )}
          </For>
        </fieldset>
        <Show when={!live()}>
          <fieldset class="flex flex-wrap gap-x-6">
            <legend class="mb-1 text-small font-semibold">{words().chooseGateway}</legend>
            <For each={props.listed.gateways}>
              {(name) => (
                <label class="flex min-h-11 cursor-pointer items-center gap-2">
                  <input
                    type="radio"
                    name="gateway"
                    class="size-5"
                    checked={gateway() === name}
                    onChange={() => setGateway(name)}
                  />
                  {words().gateways[name]}
                </label>
              )}
            </For>
          </fieldset>
          <p class="text-small text-ink-2">{words().goToPayHelp}</p>
        </Show>
        <p role="status" class="text-small empty:hidden">
          <Show when={preview()}>{(now) => costs(now())}</Show>
        </p>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Show
          when={live()}
          fallback={
            <Button
              kind="primary"
              busy={action.busy()}
              disabled={!chosen() || !gateway()}
              onClick={() => void action.run(subscribe)}
            >
              {words().goToPay}
            </Button>
          }
        >
          <Show
            when={preview()}
            fallback={
              <Button busy={action.busy()} disabled={!chosen()} onClick={() => void action.run(look)}>
                {words().preview}
              </Button>
            }
          >
            <Button kind="primary" busy={action.busy()} onClick={() => void action.run(change)}>
              {words().confirmChange}
            </Button>
          </Show>
        </Show>
      </div>
    </Sheet>
  )
}
