import { For, Show } from 'solid-js'
import type { Outage } from '#contract/channel-care.ts'
import { createPages } from '../../api/create-pages.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { useDesk } from '../../live/context.ts'
import { care } from '../../text/care.ts'
import { shortWhen, waitText } from '../../text/format.ts'
import { failureText } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'

/** When numbers did not work: since when, for how long, why, and who was told of it. */
export function Outages() {
  const { desk } = useDesk()
  // A number that fails, or works again, is told by the stream: then there is another list.
  const pages = createPages(desk.channels, (_, cursor) => call(api.listOutages, cursor ? { cursor } : {}))
  return (
    <section class="rounded-card border border-line bg-surface p-4">
      <h2 class="text-heading font-bold">{care().outages}</h2>
      <Show when={pages.problem()}>
        <p role="status" class="text-small text-cochinilla">
          {care().outagesFailed}
        </p>
      </Show>
      <Show when={!pages.problem() && !pages.loading() && pages.items().length === 0}>
        <p class="text-ink-2">{care().noOutages}</p>
      </Show>
      <ul>
        <For each={pages.items()}>{(outage) => <Line outage={outage} />}</For>
      </ul>
      <Show when={pages.next()}>
        <Button kind="quiet" class="!text-anil" busy={pages.loading()} onClick={() => void pages.more()}>
          {care().more}
        </Button>
      </Show>
    </section>
  )
}

function Line(props: { outage: Outage }) {
  const seconds = () => {
    const { beganAt, endedAt } = props.outage
    return Math.max(0, ((endedAt ? Date.parse(endedAt) : minuteNow()) - Date.parse(beganAt)) / 1000)
  }
  const told = () =>
    props.outage.told.map(({ name, seenAt }) =>
      seenAt ? care().seen(name, shortWhen(seenAt, minuteNow())) : care().unseen(name),
    )
  return (
    <li class="border-b border-line py-2 text-small">
      <span class="flex flex-wrap items-baseline gap-x-2">
        <span class="font-semibold">{props.outage.channelName}</span>
        <span class="nums text-meta text-ink-3">{shortWhen(props.outage.beganAt, minuteNow())}</span>
        <span
          class="nums text-meta"
          classList={{ 'font-bold text-cochinilla': props.outage.endedAt === null, 'text-ink-3': props.outage.endedAt !== null }}
        >
          {props.outage.endedAt ? care().lasted(waitText(seconds())) : care().goesOn(waitText(seconds()))}
        </span>
      </span>
      <span class="block">{failureText(props.outage.problem)?.cause ?? props.outage.problem}</span>
      <span class="block text-meta text-ink-2">
        {told().length > 0 ? `${care().told}: ${told().join(', ')}` : care().nobodyTold}
      </span>
    </li>
  )
}
