import { createSignal, Show } from 'solid-js'
import type { DeadEvent } from '#contract/operator-money.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/operator-endpoints.ts'
import { GATEWAY_MS } from '../../api/gateway.ts'
import { PartPage } from '../../part-page.tsx'
import { dayTime } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { operatorText } from '../../text/operator.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { ActSheet } from './act-sheet.tsx'
import { Paged } from './paged.tsx'

/** What gateways told and nobody could work on: tried again, or set aside with a reason. */
export default function EventsScreen() {
  const words = () => operatorMoneyText()
  const pages = createPages(
    () => null,
    (_, cursor) => call(api.listDeadEvents, cursor ? { cursor } : {}),
  )
  return (
    <PartPage title={operatorText().parts.events.name} back="/settings/operator">
      <Paged pages={pages} empty={words().noEvents} emptyHelp={words().noEventsHelp}>
        {(event) => <EventCard event={event} settled={() => void pages.again()} />}
      </Paged>
    </PartPage>
  )
}

function EventCard(props: { event: DeadEvent; settled: () => void }) {
  const words = () => operatorMoneyText()
  const action = createAction()
  const [isDropping, setIsDropping] = createSignal(false)
  const about = () => props.event.about.map(({ kind, ref }) => `${words().eventAbout[kind]} ${ref}`).join(', ')

  async function retry(): Promise<void> {
    const { event, settled } = props
    const { isOver } = await call(api.retryEvent, { eventId: event.id }, { timeoutMs: GATEWAY_MS })
    say(isOver ? words().retried : words().retriedLater)
    settled()
  }

  async function drop(reason: string): Promise<void> {
    const { event, settled } = props
    await call(api.dropEvent, { eventId: event.id, reason })
    say(words().dropped)
    settled()
  }

  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <h2 class="font-semibold wrap-anywhere">
        {words().gateways[props.event.gateway]}: {props.event.kind}
      </h2>
      <p class="text-small wrap-anywhere">{about()}</p>
      <Show when={props.event.problem}>
        {(problem) => <p class="text-small text-cochinilla wrap-anywhere">{words().lastAnswer(problem())}</p>}
      </Show>
      <p class="text-meta text-ink-3">
        {dayTime(props.event.at)} · {words().eventSaid(props.event.tries)}
      </p>
      <p class="font-mono text-meta break-all text-ink-3 select-all">{props.event.eventId}</p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <div class="mt-2 flex flex-wrap gap-2">
        <Button busy={action.busy()} onClick={() => void action.run(retry)}>
          {words().retry}
        </Button>
        <Button kind="quiet" disabled={action.busy()} onClick={() => setIsDropping(true)}>
          {words().drop}
        </Button>
      </div>
      <Show when={isDropping()}>
        <ActSheet
          title={words().dropTitle}
          help={words().dropHelp}
          doIt={words().drop}
          forCompany={false}
          run={drop}
          close={() => setIsDropping(false)}
        />
      </Show>
    </li>
  )
}
