import { createSignal, onCleanup, onMount, Show, untrack } from 'solid-js'
import type { Topup } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/billing-endpoints.ts'
import { GATEWAY_MS } from '../../api/gateway.ts'
import { isInFrame } from '../../lib/in-frame.ts'
import { balanceText } from '../../text/balance.ts'
import { money } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { unitsOf } from '../../amounts.rules.ts'

/** Looks by itself, ever more slowly, for some minutes; the server goes on without us. */
const LOOK_AFTER_S = [2, 3, 5, 5, 10, 10, 15, 15, 30, 30, 60, 60] as const

type TopupCardProps = {
  topup: Topup
  /** The buyer may have paid just now: the gateway is asked at once, and again. */
  watched?: boolean
  moved: (topup: Topup) => void
  dismiss?: (() => void) | undefined
}

const isOver = ({ state }: Topup) => state === 'paid' || state === 'failed' || state === 'expired'

/** Why a card was not charged, by the gateway's code. */
function refusalOf(code: string | null): string {
  const { refusals } = balanceText().automatic
  return Object.entries(refusals).find(([name]) => name === code)?.[1] ?? refusals.other
}

/** A top-up as it stands. Only what the gateway has confirmed is shown as money. */
export function TopupCard(props: TopupCardProps) {
  const [topup, setTopup] = createSignal(untrack(() => props.topup))
  const action = createAction()
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  async function ask() {
    const now = await call(api.lookTopup, { topupId: topup().id }, { timeoutMs: GATEWAY_MS })
    const moved = now.state !== topup().state
    setTopup(now)
    if (moved) props.moved(now)
  }
  const look = () => action.run(ask)

  async function watch(turn: number) {
    await look()
    const after = LOOK_AFTER_S[turn]
    if (after !== undefined && !isOver(topup())) timer = setTimeout(() => void watch(turn + 1), after * 1000)
  }
  onMount(() => {
    if (props.watched) void watch(0)
  })

  const help = () => {
    if (topup().problem === 'amount_differs') return balanceText().differs
    const isRefused = topup().kind === 'automatic' && topup().state === 'failed'
    return isRefused ? refusalOf(topup().problem) : balanceText().stateHelp[topup().state]
  }

  return (
    <section
      role="status"
      class="grid gap-2 rounded-card p-4"
      classList={{
        'bg-eucalipto-tint': topup().state === 'paid',
        'bg-cochinilla-tint': topup().state === 'failed',
        'bg-maiz-tint': topup().state !== 'paid' && topup().state !== 'failed',
      }}
    >
      <p class="font-semibold">
        {topup().kind === 'automatic' ? balanceText().automatic.states[topup().state] : balanceText().states[topup().state]} ·{' '}
        {money(unitsOf(topup().amount), topup().currency)}
      </p>
      <p class="text-small">{help()}</p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <div class="flex flex-wrap gap-2">
        <Show when={topup().url}>
          {(url) => (
            <a class="button button-primary" href={url()} target={isInFrame() ? '_blank' : undefined} rel="noopener">
              {balanceText().resume}
            </a>
          )}
        </Show>
        <Show when={!isOver(topup())}>
          <Button busy={action.busy()} onClick={() => void look()}>
            {balanceText().check}
          </Button>
        </Show>
        <Show when={isOver(topup()) && props.dismiss}>
          {(dismiss) => <Button onClick={() => dismiss()()}>{balanceText().dismiss}</Button>}
        </Show>
      </div>
    </section>
  )
}
