import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Customer } from '#contract/operator.ts'
import { RATE_PROVIDERS } from '#contract/rates.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/operator-endpoints.ts'
import { listRates } from '../../api/rate-endpoints.ts'
import { createRead, once } from '../../lib/create-read.ts'
import { phoneNumber } from '../../text/format.ts'
import { operatorText } from '../../text/operator.ts'
import { Switch } from '../../ui/switch.tsx'
import { isGuessed } from './rates.rules.ts'

type Numbers = Customer['numbers']

/** Who pays the provider for what each number of a company sends. Unofficial numbers cost nothing for each message. */
export function CustomerNumbers(props: { numbers: Numbers; changed: () => void }) {
  const paid = () => props.numbers.filter(({ kind }) => kind !== 'session')
  return (
    <Show when={paid().length > 0}>
      <section>
        <h2 class="mb-2 text-heading font-bold">{operatorText().numbers}</h2>
        <ul class="grid gap-2">
          <For each={paid()}>{(number) => <NumberRow number={number} changed={props.changed} />}</For>
        </ul>
        <Show when={paid().some(({ whoPays }) => whoPays === 'us')}>
          <Guessed />
        </Show>
      </section>
    </Show>
  )
}

/** Prices that came with the installation and that nobody has compared: whoever sells on them should know. */
function Guessed() {
  const [count] = createRead(once, async () => {
    const lists = await Promise.all(RATE_PROVIDERS.map((provider) => call(listRates, { provider }).catch(() => ({ items: [] }))))
    return lists.flatMap(({ items }) => items).filter(isGuessed).length
  })
  return (
    <Show when={count.latest}>
      {(guessed) => (
        <p role="status" class="mt-2 rounded-card bg-maiz-tint px-4 py-3 text-small">
          {operatorText().guessedRates(guessed())}{' '}
          <A href="/settings/operator/rates" class="font-semibold text-anil underline">
            {operatorText().parts.rates.name}
          </A>
        </p>
      )}
    </Show>
  )
}

function NumberRow(props: { number: Numbers[number]; changed: () => void }) {
  const action = createAction()
  function pay(isOn: boolean): void {
    const { number, changed } = props
    void action.run(() => call(api.setNumberPayer, { channelId: number.id, whoPays: isOn ? 'us' : 'client' }).then(changed))
  }
  return (
    <li class="rounded-card border border-line bg-surface px-4 py-3">
      <h3 class="font-semibold wrap-anywhere">
        {props.number.name}
        <span class="block text-meta font-normal text-ink-3">{phoneNumber(props.number.phone ?? '')}</span>
      </h3>
      <Switch
        name={operatorText().wePay}
        help={operatorText().wePayHelp}
        on={props.number.whoPays === 'us'}
        disabled={action.busy()}
        change={pay}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </li>
  )
}
