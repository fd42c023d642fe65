import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { ChannelHealth } from '#contract/channel-care.ts'
import type { Dashboard } from '#contract/dashboard.ts'
import { ChannelRisk, createChannelHealth } from '../../channel-risk.tsx'
import { minuteNow } from '../../lib/clock.ts'
import { ago, shortWhen } from '../../text/format.ts'
import { overview } from '../../text/overview.ts'
import { failureText } from '../../text/text.ts'
import { SandboxMark } from '../../sandbox-mark.tsx'
import { Outages } from './outages.tsx'

type Line = Dashboard['channels'][number]

/** Numbers with how they are and since when, and what befell them this week. */
export function Channels(props: { day: Dashboard }) {
  const healthOf = createChannelHealth()
  const nameOf = (id: string) => props.day.channels.find((channel) => channel.id === id)?.name ?? ''
  return (
    <div class="grid grid-cols-1 gap-4 tablet:grid-cols-2">
      <section class="rounded-card border border-line bg-surface p-4">
        <h2 class="text-heading font-bold">{overview().channels}</h2>
        <ul>
          <For each={props.day.channels}>{(channel) => <Connection channel={channel} health={healthOf(channel.id)} />}</For>
        </ul>
      </section>
      <div class="grid grid-cols-1 content-start gap-4">
        <Outages />
        <section class="rounded-card border border-line bg-surface p-4">
          <h2 class="text-heading font-bold">{overview().troubles}</h2>
          <Show when={props.day.troubles.length > 0} fallback={<p class="text-ink-2">{overview().noTroubles}</p>}>
            <ul>
              <For each={props.day.troubles}>
                {(trouble) => (
                  <li class="border-b border-line py-2 text-small">
                    <span class="nums text-meta text-ink-3">{shortWhen(trouble.at, minuteNow())}</span>{' '}
                    {nameOf(trouble.channelId)}:{' '}
                    {trouble.code ? (failureText(trouble.code)?.cause ?? trouble.code) : overview().channelStates.paused}
                  </li>
                )}
              </For>
            </ul>
          </Show>
        </section>
      </div>
    </div>
  )
}

function Connection(props: { channel: Line; health: ChannelHealth | undefined }) {
  const state = () => overview().channelStates[props.channel.state]
  const since = () => overview().since(shortWhen(props.channel.since, minuteNow()))
  return (
    <li class="border-b border-line">
      <A href={`/chats?channel=${props.channel.id}`} class="flex min-h-14 items-center justify-between gap-3">
        <span>
          <span class="flex flex-wrap items-center gap-2 font-semibold">
            {props.channel.name}
            <Show when={props.channel.sandbox}>
              <SandboxMark />
            </Show>
          </span>
          <For each={props.channel.alerts}>
            {(code) => <span class="block text-meta font-semibold text-cochinilla">{failureText(code)?.cause ?? code}</span>}
          </For>
          <span class="block text-meta text-ink-3">{overview().load(props.channel.openChats, props.channel.waiting)}</span>
        </span>
        <span class="text-right text-meta">
          <span
            class="block font-bold"
            classList={{
              'text-eucalipto': props.channel.state === 'active',
              'text-maiz': props.channel.state === 'paused',
              'text-cochinilla': props.channel.state === 'attention',
            }}
          >
            {state()} {since()}
          </span>
          <span class="block text-ink-3">
            {props.channel.lastHookAt ? overview().lastHook(ago(props.channel.lastHookAt, minuteNow())) : overview().noHook}
          </span>
        </span>
      </A>
      <span class="block pb-2 empty:hidden">
        <ChannelRisk of={props.health} />
      </span>
    </li>
  )
}
