import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { For, Show } from 'solid-js'
import type { ChannelHealth } from '#contract/channel-care.ts'
import type { Channel } from '#contract/channels.ts'
import { ChannelRisk } from '../../channel-risk.tsx'
import { minuteNow } from '../../lib/clock.ts'
import { channelText } from '../../text/channel.ts'
import { ago, phoneNumber, shortWhen } from '../../text/format.ts'
import { failureText, t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { ChannelState } from './channel-state.tsx'

type RowsProps = {
  items: readonly Channel[]
  health: (id: string) => ChannelHealth | undefined
  /** Null: a tap opens; else what is chosen, and how to change it. */
  choosing: { has: (id: string) => boolean; toggle: (id: string) => void } | null
}

/** Numbers, each the way to its page, or a box to tick while one chooses several. */
export function NumberRows(props: RowsProps) {
  return (
    <ul class="overflow-hidden rounded-card border border-line bg-surface">
      <For each={props.items}>
        {(channel) => (
          <li class="border-line [&+&]:border-t">
            <Show
              when={props.choosing}
              fallback={
                <A href={`/settings/channels/${channel.id}`} class="row flex min-h-16 items-center gap-3 px-4 py-2">
                  <Facts channel={channel} health={props.health(channel.id)} />
                  <Icon of={ChevronRight} class="text-ink-3" />
                </A>
              }
            >
              {(choosing) => (
                <label
                  class="row flex min-h-16 items-center gap-3 px-4 py-2"
                  classList={{ 'bg-sunk': choosing().has(channel.id) }}
                >
                  <input
                    type="checkbox"
                    class="size-5 flex-none accent-anil"
                    aria-label={channel.name}
                    checked={choosing().has(channel.id)}
                    onChange={() => choosing().toggle(channel.id)}
                  />
                  <Facts channel={channel} health={props.health(channel.id)} />
                </label>
              )}
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}

/** Beside each other where there is room, else one below the other. */
function Facts(props: { channel: Channel; health: ChannelHealth | undefined }) {
  return (
    <span class="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
      <span class="min-w-0 flex-1 basis-48">
        <span class="block truncate font-semibold">{props.channel.name}</span>
        <span class="nums block text-small text-ink-2">
          {[props.channel.phone && phoneNumber(props.channel.phone), t().channels.kinds[props.channel.kind]]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <For each={props.channel.alerts}>
          {(code) => <span class="block text-meta font-semibold text-cochinilla">{failureText(code)?.cause}</span>}
        </For>
        <span class="block text-meta text-ink-3">
          {props.channel.lastHookAt ? t().channels.lastHook(ago(props.channel.lastHookAt, minuteNow())) : t().channels.noHook}
        </span>
        <ChannelRisk of={props.health} />
      </span>
      <span class="flex flex-none flex-wrap items-center gap-x-2 gap-y-1 tablet:flex-col tablet:items-end">
        <ChannelState channel={props.channel} />
        <Show when={props.channel.stateAt}>
          <span class="text-meta text-ink-3">{channelText().since(shortWhen(props.channel.stateAt, minuteNow()))}</span>
        </Show>
      </span>
    </span>
  )
}
