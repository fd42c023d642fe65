import { Show } from 'solid-js'
import type { Consent } from '#contract/consents.ts'
import { minuteNow } from '../lib/clock.ts'
import { useDesk } from '../live/context.ts'
import { consentsText } from '../text/consents.ts'
import { shortWhen } from '../text/format.ts'

/** One word about being written to: yes or no, for what, who said it and when. */
export function ConsentLine(props: { consent: Consent }) {
  const { desk } = useDesk()
  const words = () => consentsText()
  const number = () =>
    props.consent.channelId === null ? words().anyNumber : (desk.channel(props.consent.channelId)?.name ?? '…')
  const from = () => {
    const { source, by, how } = props.consent
    const who = source === 'person' && by ? `${words().sources.person} ${by}` : words().sources[source]
    return how ? `«${how}», ${who}` : who
  }
  return (
    <span class="block min-w-0">
      <span class="flex flex-wrap items-center gap-x-2">
        <span
          class="rounded-chip px-2 py-0.5 text-meta font-semibold"
          classList={{
            'bg-cochinilla-tint text-cochinilla': props.consent.state === 'out',
            'bg-eucalipto-tint text-eucalipto': props.consent.state === 'in',
          }}
        >
          {words().states[props.consent.state]}
        </span>
        <span class="text-small">
          <Show when={props.consent.purpose === 'marketing'}>{words().purposes.marketing} · </Show>
          {number()}
        </span>
      </span>
      <span class="block text-meta wrap-anywhere text-ink-2">
        {from()} · {shortWhen(props.consent.at, minuteNow())}
      </span>
    </span>
  )
}
