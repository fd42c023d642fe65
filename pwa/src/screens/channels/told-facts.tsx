import { For, Show } from 'solid-js'
import type { NumberTold, ProviderReport } from '#contract/channel-provider.ts'
import type { Channel } from '#contract/channels.ts'
import { channelText } from '../../text/channel.ts'
import { money, phoneNumber } from '../../text/format.ts'

/** What the provider tells of a number, and what it does not tell, in words. */
export function ToldFacts(props: { number: NumberTold; channel: Channel }) {
  const words = () => channelText()
  const limit = () => {
    const { limit: word } = props.number
    const known: Record<string, string> = words().limits
    return word && (known[word] ?? word)
  }
  const account = () => {
    const { account: told } = props.number
    return told && [told.name, told.id].filter(Boolean).join(' · ')
  }
  const facts = (): [string, string | null][] => [
    [words().sender, props.number.phone && phoneNumber(props.number.phone)],
    [words().verifiedName, props.number.name],
    [words().quality, props.number.quality && words().qualities[props.number.quality]],
    [words().limit, limit()],
    [words().state, props.number.state],
    [words().canSend, inWords(words().canSendWords, props.number.canSend)],
    [words().verification, inWords(words().verificationWords, props.number.verification)],
    [words().throughput, props.number.throughput],
    [words().account, account()],
    [words().hosting, inWords(words().hostingWords, props.number.hosting)],
  ]
  const app = () => props.number.app
  const isOther = () =>
    props.number.phone !== null && props.channel.phone !== null && props.number.phone.slice(-8) !== props.channel.phone.slice(-8)
  return (
    <>
      <Show when={isOther()}>
        <p class="mt-3 rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
          {words().otherSender(phoneNumber(props.number.phone ?? ''))}
        </p>
      </Show>
      <Show when={props.number.sandbox}>
        <p class="mt-3 rounded-segment bg-maiz-tint px-3 py-2 text-small">{words().sandboxHelp}</p>
      </Show>
      <Facts list={facts().map(([name, value]) => [name, value || words().notTold])} />
      <Show when={app()}>
        {(told) => (
          <>
            <Facts
              list={[
                [words().app, [told().name, told().id].filter(Boolean).join(' · ')],
                [words().appMode, props.number.sandbox ? words().sandbox : words().live],
                [words().partner, told().partner ? words().withPartner : words().noPartner],
              ]}
            />
            <p class="mt-2 text-meta text-ink-3">{words().partnerHelp}</p>
            <Show when={!told().partner}>
              <p class="mt-1 text-meta text-ink-3">{words().selfServeHelp}</p>
            </Show>
          </>
        )}
      </Show>
    </>
  )
}

/** A word of the provider in the reader's; one that we do not know stays as it came. */
function inWords(known: Partial<Record<string, string>>, word: string | null): string | null {
  return word && (known[word] ?? word)
}

export function Facts(props: { list: readonly (readonly [string, string])[] }) {
  return (
    <dl class="mt-3 grid grid-cols-1 gap-2 tablet:grid-cols-2">
      <For each={props.list}>
        {([name, value]) => (
          <div class="min-w-0">
            <dt class="text-meta text-ink-3">{name}</dt>
            <dd class="wrap-anywhere">{value}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}

/** Conversations begun in 24 hours, of as many as there may be. */
export function LimitMeter(props: { begun: ProviderReport['begun'] }) {
  const share = () => (props.begun.max ? Math.min(1, props.begun.used / props.begun.max) : 0)
  return (
    <div class="mt-4">
      <p id="limit-meter" class="text-meta text-ink-3">
        {channelText().begun}
      </p>
      <p class="nums">{channelText().begunOf(props.begun.used, props.begun.max)}</p>
      <Show when={props.begun.max !== null}>
        <div
          role="meter"
          aria-labelledby="limit-meter"
          aria-valuemin={0}
          aria-valuemax={props.begun.max ?? 0}
          aria-valuenow={Math.min(props.begun.used, props.begun.max ?? 0)}
          class="mt-1 h-3 overflow-hidden rounded-chip bg-sunk"
        >
          <div
            class="h-full rounded-chip"
            classList={{
              'bg-eucalipto': share() < 0.8,
              'bg-maiz': share() >= 0.8 && share() < 1,
              'bg-cochinilla': share() >= 1,
            }}
            style={{ width: `${Math.round(share() * 100)}%` }}
          />
        </div>
      </Show>
      <p class="mt-1 text-meta text-ink-3">{share() >= 0.8 ? channelText().begunNear : channelText().begunHelp}</p>
    </div>
  )
}

/** Credit at the provider, or where it is to be seen. */
export function walletText({ wallet }: NumberTold, kind: Channel['kind']): string {
  const words = channelText()
  if (!wallet) return kind === 'gupshup' ? words.walletElsewhere : words.walletMeta
  const owed = wallet.overdraft > 0 ? ` · ${words.overdraft(money(wallet.overdraft, wallet.currency))}` : ''
  return `${money(wallet.balance, wallet.currency)}${owed}`
}
