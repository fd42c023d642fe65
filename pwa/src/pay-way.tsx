import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from './api/call.ts'
import * as api from './api/subscription-endpoints.ts'
import { onReturn } from './lib/on-return.ts'
import { createRead, once } from './lib/create-read.ts'
import { useDesk } from './live/context.ts'
import { loadUnpaidText, unpaid } from './text/unpaid.ts'

/** How a number that is not paid is paid: in one tap for whoever may, by the name of whom to ask for everybody else. */
export function PayWay(props: { number: Channel; isInLine?: boolean }) {
  const { desk } = useDesk()
  const look = () => `button button-primary ${props.isInLine ? '' : 'mt-2 w-full'}`
  const may = () => desk.may('billing.manage')
  // What is open is asked for anew with each change of the number: an older bill may be paid.
  const [live] = createRead(
    () => may() && { id: props.number.id, rev: props.number.rev },
    async ({ id }) => {
      const { items } = await call(api.listSubscriptions, {}).catch(() => ({ items: [] }))
      return items.find(({ channel }) => channel.id === id)?.live ?? null
    },
  )
  const bill = () => {
    const { id: subscriptionId, payUrl } = live.latest ?? {}
    return subscriptionId && payUrl ? { subscriptionId, payUrl } : null
  }
  return (
    <Show when={may()} fallback={<WhomToAsk />}>
      <Show
        when={bill()}
        fallback={
          <A href={`/settings/subscriptions?number=${props.number.id}`} class={look()}>
            {unpaid().pay}
          </A>
        }
      >
        {(open) => (
          <a
            href={open().payUrl}
            target="_blank"
            rel="noopener"
            class={look()}
            onClick={() =>
              onReturn(() => void call(api.lookSubscription, { subscriptionId: open().subscriptionId }).catch(() => undefined))
            }
          >
            {unpaid().pay}
          </a>
        )}
      </Show>
    </Show>
  )
}

/** With its words: for a chat, which loads neither before it must. */
export async function loadPayWay(): Promise<{ default: typeof PayWay }> {
  await loadUnpaidText()
  return { default: PayWay }
}

/** Who of the company can pay. */
export function WhomToAsk() {
  const [payers] = createRead(once, async () => (await call(api.whomToAsk, {}).catch(() => ({ names: [] }))).names)
  return <span>{unpaid().ask(payers.latest ?? [])}</span>
}
