/** How numbers do: asked for where they are listed, and said in words. */
import { createEffect, For, on, Show } from 'solid-js'
import type { ChannelHealth, RiskReason } from '#contract/channel-care.ts'
import { call } from './api/call.ts'
import * as api from './api/endpoints.ts'
import { minuteNow } from './lib/clock.ts'
import { useDesk } from './live/context.ts'
import { createAsked } from './live/create-asked.ts'
import { care } from './text/care.ts'
import { ago } from './text/format.ts'
import { failureText } from './text/text.ts'

/** Every number's health, again each minute and whenever a number has changed. Nothing for who may not read it. */
export function createChannelHealth(): (channelId: string) => ChannelHealth | undefined {
  const { desk } = useDesk()
  const asked = createAsked(async () => (desk.may('dashboard.read') ? (await call(api.getChannelHealth, {})).items : []))
  createEffect(on([minuteNow, desk.channels], () => void asked.again(), { defer: true }))
  return (channelId) => asked.items()?.find((one) => one.channelId === channelId)
}

/** Why a number is at risk, in a sentence. */
export function wordsOf(reason: RiskReason): string {
  const words = care().reasons
  switch (reason.code) {
    case 'problem':
      return failureText(reason.problem ?? '')?.cause ?? reason.problem ?? ''
    case 'quality_low':
      return words.qualityLow
    case 'quality_medium':
      return words.qualityMedium
    case 'failing':
      return words.failing(reason.failed ?? 0, reason.sent ?? 0)
    case 'hook_silent':
      return words.hookSilent(reason.since ? ago(reason.since, minuteNow()) : '')
    case 'never_heard':
      return words.neverHeard
    case 'silent':
      return words.silent(reason.usual ?? 0)
    case 'restricted':
      return words.restricted
    case 'first_unanswered':
      return words.firstUnanswered(reason.failed ?? 0, reason.sent ?? 0)
    case 'first_many':
      return words.firstMany(reason.failed ?? 0, reason.sent ?? 0)
    case 'young':
      return words.young
  }
}

/** The risk of a number in a word with its colour. */
export function RiskChip(props: { risk: ChannelHealth['risk'] }) {
  return (
    <span
      class="mr-1.5 inline-block rounded-chip px-2 py-px text-meta font-semibold"
      classList={{
        'bg-eucalipto-tint text-eucalipto': props.risk === 'none',
        'bg-maiz-tint text-maiz': props.risk === 'watch',
        'bg-cochinilla-tint text-cochinilla': props.risk === 'high',
      }}
    >
      {care().risks[props.risk]}
    </span>
  )
}

/** The risk of a number in a word with its colour, why, and when it last said or heard something. */
export function ChannelRisk(props: { of: ChannelHealth | undefined }) {
  const last = (health: ChannelHealth) =>
    [health.lastInAt, health.lastOutAt]
      .flatMap((at) => at ?? [])
      .toSorted()
      .at(-1)
  return (
    <Show when={props.of}>
      {(health) => (
        <span class="block text-meta text-ink-3">
          <RiskChip risk={health().risk} />
          <Show when={last(health())} fallback={care().noMessage}>
            {(at) => care().lastMessage(ago(at(), minuteNow()))}
          </Show>
          <For each={health().reasons}>
            {(reason) => <span class="mt-0.5 block text-small text-ink-2">{wordsOf(reason)}</span>}
          </For>
        </span>
      )}
    </Show>
  )
}
