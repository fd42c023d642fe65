import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { useDesk } from './live/context.ts'
import { WhomToAsk } from './pay-way.tsx'
import { loadUnpaidText, unpaid } from './text/unpaid.ts'

/** How a balance that is used up is filled: in one tap for whoever may, by the name of whom to ask for everybody else. */
function TopUpWay() {
  const { desk } = useDesk()
  return (
    <p class="mt-1.5 text-small">
      <Show when={desk.may('billing.manage')} fallback={<WhomToAsk />}>
        <A href="/settings/balance" class="button button-primary">
          {unpaid().topUp}
        </A>
      </Show>
    </p>
  )
}

/** With its words: for a message that was refused, which loads neither before it must. */
export async function loadTopUpWay(): Promise<{ default: typeof TopUpWay }> {
  await loadUnpaidText()
  return { default: TopUpWay }
}
