import { Show } from 'solid-js'
import type { Automatic, Balance, Topup } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/billing-endpoints.ts'
import { createCardChange } from '../../create-card-change.ts'
import { useDesk } from '../../live/context.ts'
import { balanceText } from '../../text/balance.ts'
import { dayTime, money } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { fillText, unitsOf } from '../../amounts.rules.ts'
import { AutomaticForm } from './automatic-form.tsx'
import { AutomaticStopped } from './automatic-stopped.tsx'

type AutomaticCardProps = { balance: Balance; changed: () => void; begun: (topup: Topup) => void }

/** The balance that fills itself: how it stands, what stopped it and how to go on, and its rule. */
export function AutomaticCard(props: AutomaticCardProps) {
  const { desk } = useDesk()
  const words = () => balanceText().automatic
  const rule = () => props.balance.automatic

  return (
    <section class="grid gap-3 rounded-card border border-line bg-surface p-4" aria-labelledby="automatic">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h2 id="automatic" class="min-w-0 flex-1 text-heading font-bold">
          {words().title}
        </h2>
        <span
          class="text-small font-semibold"
          classList={{
            'text-eucalipto': isWell(rule()),
            'text-cochinilla': rule().stoppedFor !== null,
            'text-ink-2': !rule().isOn,
          }}
        >
          {rule().isOn ? (rule().stoppedFor ? words().stopped : words().on) : words().off}
        </span>
      </div>
      <Show when={rule().stoppedFor}>
        {(reason) => (
          <AutomaticStopped
            reason={reason()}
            balance={props.balance}
            amount={fillText(props.balance)}
            changed={() => props.changed()}
            begun={(topup) => props.begun(topup)}
          />
        )}
      </Show>
      <Show when={rule().isOn}>
        <Standing automatic={rule()} currency={props.balance.balance.currency} />
      </Show>
      <Show when={desk.may('billing.manage')}>
        <Show when={props.balance.keepers.length > 0} fallback={<p class="text-small text-ink-2">{words().nowhere}</p>}>
          <Show when={rule().method} fallback={<FirstMethod kept={() => props.changed()} />}>
            {(method) => (
              <>
                <Method label={method().label} changed={() => props.changed()} />
                <AutomaticForm automatic={rule()} saved={() => props.changed()} />
              </>
            )}
          </Show>
          <Show when={props.balance.gateways.some((one) => !props.balance.keepers.includes(one))}>
            <p class="text-meta text-ink-3">{words().cardOnly}</p>
          </Show>
        </Show>
      </Show>
    </section>
  )
}

const isWell = ({ isOn, stoppedFor, failures, isAtCeiling }: Automatic): boolean =>
  isOn && stoppedFor === null && failures === 0 && !isAtCeiling

/** How much of this month's ceiling is used, and what keeps it from going on just now. */
function Standing(props: { automatic: Automatic; currency: string }) {
  const shown = (micro: string | null) => money(unitsOf(micro ?? '0'), props.currency)
  return (
    <>
      <p class="text-small">
        {balanceText().automatic.rule(shown(props.automatic.threshold), shown(props.automatic.target))}{' '}
        {balanceText().automatic.spent(shown(props.automatic.spent), shown(props.automatic.ceiling))}
      </p>
      <Show when={props.automatic.isAtCeiling}>
        <p role="status" class="rounded-segment bg-maiz-tint px-3 py-2 text-small">
          {balanceText().automatic.atCeiling}
        </p>
      </Show>
      <Show when={props.automatic.stoppedFor === null && props.automatic.nextTry}>
        {(at) => (
          <p role="status" class="rounded-segment bg-maiz-tint px-3 py-2 text-small">
            {balanceText().automatic.failed(dayTime(at()))}
          </p>
        )}
      </Show>
    </>
  )
}

/** The page where a card is kept, with nothing paid. */
function createKeeping(kept: () => void) {
  return createCardChange(() => {
    say(balanceText().automatic.cardKept)
    kept()
  })
}

function FirstMethod(props: { kept: () => void }) {
  const card = createKeeping(() => props.kept())
  return (
    <>
      <p class="text-small text-ink-2">
        {balanceText().automatic.noMethod} {balanceText().keepHelp}
      </p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {card.error()}
      </p>
      <Button class="justify-self-start" busy={card.busy()} onClick={() => void card.open(null)}>
        {balanceText().automatic.keepCard}
      </Button>
    </>
  )
}

function Method(props: { label: string; changed: () => void }) {
  const action = createAction()
  const card = createKeeping(() => props.changed())
  async function forget() {
    await call(api.forgetMethod, {})
    say(balanceText().automatic.forgotten)
    props.changed()
  }
  return (
    <div class="flex flex-wrap items-center gap-2">
      <p class="min-w-48 flex-1">
        <span class="block text-meta text-ink-2">{balanceText().automatic.method}</span>
        <span class="font-semibold">{props.label}</span>
      </p>
      <Button busy={card.busy()} onClick={() => void card.open(null)}>
        {balanceText().automatic.changeCard}
      </Button>
      <Button kind="quiet" busy={action.busy()} onClick={() => void action.run(forget)}>
        {balanceText().automatic.forget}
      </Button>
      <p role="alert" class="w-full text-small text-cochinilla empty:hidden">
        {card.error() ?? action.error()}
      </p>
    </div>
  )
}
