import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { Movement } from '#contract/billing.ts'
import { language } from '../../text/first.ts'
import { balanceText } from '../../text/balance.ts'

type Message = NonNullable<Movement['message']>

/** By its code, in the reader's language; what we do not know stands as it came. */
function categoryName(code: string): string {
  return Object.entries(balanceText().categories).find(([known]) => known === code)?.[1] ?? code
}

function marketName(code: string): string {
  return /^[A-Z]{2}$/.test(code)
    ? (new Intl.DisplayNames([language()], { type: 'region' }).of(code) ?? code)
    : balanceText().otherMarkets
}

/** Why a message cost what it did, and the way to its chat where the reader sees it. */
export function MessageWhy(props: { message: Message }) {
  const billed = () => props.message.billed ?? props.message.category
  const facts = () => [
    props.message.channel,
    billed() && categoryName(billed() ?? ''),
    props.message.market && marketName(props.message.market),
  ]
  const isOther = () =>
    props.message.category !== null && props.message.billed !== null && props.message.category !== props.message.billed
  return (
    <>
      <p class="text-small text-ink-2">{facts().filter(Boolean).join(' · ')}</p>
      <Show when={isOther()}>
        <p class="text-small text-ink-2">
          {balanceText().billedAs(categoryName(props.message.category ?? ''), categoryName(props.message.billed ?? ''))}
        </p>
      </Show>
      <Show when={props.message.chatId}>
        {(chatId) => (
          <A class="button button-quiet justify-self-start !text-anil" href={`/chats/${chatId()}`}>
            {balanceText().openChat}
          </A>
        )}
      </Show>
    </>
  )
}
