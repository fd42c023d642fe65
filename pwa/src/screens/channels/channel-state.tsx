import { Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { t } from '../../text/text.ts'
import { SandboxMark } from '../../sandbox-mark.tsx'

/** How a number stands, in one word and colour. */
export function ChannelState(props: { channel: Channel }) {
  const look = () => {
    const { state, sendingPaused, receivingPaused } = props.channel
    if (state === 'archived') return { name: t().chat.stateArchived, style: 'bg-sunk text-ink-2' }
    if (state === 'attention') return { name: t().chat.stateAttention, style: 'bg-cochinilla-tint text-cochinilla' }
    if (sendingPaused || receivingPaused) return { name: t().chat.statePaused, style: 'bg-maiz-tint text-maiz' }
    return { name: t().chat.stateActive, style: 'bg-eucalipto-tint text-eucalipto' }
  }
  return (
    <span class="flex flex-none flex-col items-end gap-1">
      <span class={`rounded-chip px-2.5 py-1 text-meta font-semibold ${look().style}`}>{look().name}</span>
      <Show when={props.channel.sandbox}>
        <SandboxMark />
      </Show>
    </span>
  )
}
