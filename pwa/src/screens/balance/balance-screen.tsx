import { A, useSearchParams } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { createSignal, For, onMount, Show } from 'solid-js'
import type { Balance, Topup } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/billing-endpoints.ts'
import { GATEWAY_MS } from '../../api/gateway.ts'
import { isCardKept } from '../../create-card-change.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { balanceText } from '../../text/balance.ts'
import { money } from '../../text/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/toast.tsx'
import { unitsOf } from '../../amounts.rules.ts'
import { AutomaticCard } from './automatic-card.tsx'
import { FiscalCard } from './fiscal-card.tsx'
import { LevelsForm } from './levels-form.tsx'
import { Movements } from './movements.tsx'
import { TopUpForm } from './top-up-form.tsx'
import { TopupCard } from './topup-card.tsx'

/** The company's balance: what is there, how to put more, and what moved it. */
export default function BalanceScreen() {
  const { desk } = useDesk()
  const [params, setParams] = useSearchParams()
  const [turn, setTurn] = createSignal(0)
  /** Begun here, beside a portal's frame: looked at while its page is open. */
  const [begun, setBegun] = createSignal<Topup | null>(null)
  const asked = createAsked(() => call(api.getBalance, {}))

  const returned = () => (typeof params['topup'] === 'string' ? params['topup'] : null)
  const watched = (topup: Topup) => topup.id === returned() || topup.id === begun()?.id
  const topups = (balance: Balance) => {
    const own = begun()
    return own && !balance.topups.some(({ id }) => id === own.id) ? [own, ...balance.topups] : balance.topups
  }
  const changed = () => {
    setTurn((n) => n + 1)
    void asked.again()
  }

  /** Back from the page where a card was kept: the gateway is asked, and only its word counts. */
  onMount(async () => {
    const how = params['card']
    if (how === undefined) return
    setParams({ card: undefined }, { replace: true })
    if (how !== 'kept' || !(await isCardKept())) return
    say(balanceText().automatic.cardKept)
    changed()
  })

  return (
    <PartPage title={balanceText().title}>
      <div class="grid gap-5">
        <Show
          when={asked.items()}
          fallback={<LoadProblem of={asked} title={balanceText().loadFailed} offline={balanceText().needsNetwork} />}
        >
          <Show when={asked.problem()}>
            <p role="status" class="rounded-segment bg-maiz-tint px-3 py-2 text-small">
              {balanceText().stale}
            </p>
          </Show>
        </Show>
        <Show when={returned()}>
          {(id) => (
            <Returned topupId={id()} moved={changed} dismiss={() => setParams({ topup: undefined, cancelled: undefined })} />
          )}
        </Show>
        <Show when={asked.items()}>
          {(balance) => (
            <>
              <Figures balance={balance().balance} forecast={balance().forecast} />
              <For each={topups(balance()).filter(({ id }) => id !== returned())}>
                {(topup) => <TopupCard topup={topup} watched={watched(topup)} moved={changed} dismiss={() => setBegun(null)} />}
              </For>
              <Show when={desk.may('billing.manage')}>
                <Show
                  when={balance().gateways.length > 0}
                  fallback={<p class="text-small text-ink-2">{balanceText().notSold}</p>}
                >
                  <TopUpForm balance={balance()} begun={(topup) => setBegun(topup)} />
                </Show>
              </Show>
              <AutomaticCard balance={balance()} changed={changed} begun={(topup) => setBegun(topup)} />
              <Show when={desk.may('billing.manage')}>
                <LevelsForm choice={balance().choice} saved={() => void asked.again()} />
                <AlertsDoor />
              </Show>
              {/* Last what is read for itself, and grows: nothing moves under a thumb. */}
              <FiscalCard />
              <Movements balance={balance()} turn={turn()} changed={changed} />
            </>
          )}
        </Show>
      </div>
    </PartPage>
  )
}

/** The buyer is back from the gateway: it is asked, and only its word counts. */
function Returned(props: { topupId: string; moved: () => void; dismiss: () => void }) {
  // The balance may have been read before the gateway was asked.
  const asked = createAsked(
    async () => call(api.lookTopup, { topupId: props.topupId }, { timeoutMs: GATEWAY_MS }),
    ({ state }) => state === 'paid' && props.moved(),
  )
  return (
    <Show
      when={asked.items()}
      fallback={
        <p role="status" class="rounded-card bg-maiz-tint p-4 text-small">
          {asked.problem() ? balanceText().stale : balanceText().states.pending}
        </p>
      }
    >
      {(topup) => <TopupCard topup={topup()} watched moved={props.moved} dismiss={props.dismiss} />}
    </Show>
  )
}

function Figures(props: Pick<Balance, 'balance' | 'forecast'>) {
  const shown = (micro: string) => money(unitsOf(micro), props.balance.currency)
  return (
    <section class="fold-bl grid gap-1 rounded-card border border-line bg-surface p-4">
      <p class="text-small text-ink-2">{balanceText().available}</p>
      <p class="nums font-display text-title font-bold">{shown(props.balance.available)}</p>
      <p class="text-small text-ink-2">
        <Show when={props.forecast} fallback={balanceText().noForecast}>
          {(forecast) => balanceText().forecast(forecast().days, shown(forecast().perDay), forecast().over)}
        </Show>
      </p>
      <Show when={props.balance.held !== '0'}>
        <p class="text-small text-ink-2">{balanceText().held(shown(props.balance.held))}</p>
      </Show>
      <Show when={props.balance.owed !== '0'}>
        <p class="text-small text-cochinilla">{balanceText().owed(shown(props.balance.owed))}</p>
      </Show>
      <Show when={props.balance.frozen}>
        <p class="text-small text-cochinilla">{balanceText().frozen}</p>
      </Show>
    </section>
  )
}

/** The way to where the same alerts are sent by mail. */
function AlertsDoor() {
  return (
    <A
      href="/settings/alerts"
      class="fold-bl row flex min-h-14 items-center gap-3 rounded-card border border-line bg-surface px-4 py-2"
    >
      <span class="min-w-0 flex-1">
        <span class="block font-semibold">{balanceText().byMail}</span>
        <span class="block text-meta text-ink-3">{balanceText().byMailHelp}</span>
      </span>
      <Icon of={ChevronRight} class="text-ink-3" />
    </A>
  )
}
