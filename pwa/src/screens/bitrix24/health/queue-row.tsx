import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { PortalLine } from '#contract/portal-lines.ts'
import type { QueueDecision, QueueEntry } from '#contract/portal-health.ts'
import { minuteNow } from '../../../lib/clock.ts'
import { useDesk } from '../../../live/context.ts'
import { ago, clockTime, exactTime } from '../../../text/format.ts'
import { healthText } from '../../../text/portal-health.ts'
import { Button } from '../../../ui/button.tsx'
import { decisionsFor } from './health.rules.ts'
import { WaySheet } from './way-sheet.tsx'

const LOOKS: Record<QueueEntry['state'], string> = {
  waiting: 'bg-maiz-tint text-maiz',
  sending: 'bg-anil-tint text-anil',
  failed: 'bg-cochinilla-tint text-cochinilla',
  unconfirmed: 'bg-maiz-tint text-maiz',
}

type Props = {
  entry: QueueEntry
  line: PortalLine | null
  /** To how many others it could be moved. */
  lines: number
  chosen: boolean
  isFixed: boolean
  choose: (on: boolean) => void
  busy: boolean
  decide: (decision: QueueDecision) => void
}

/** One thing that has not arrived: whose, why, and what can be done. */
export function QueueRow(props: Props) {
  const { desk } = useDesk()
  const [isOpen, setIsOpen] = createSignal(false)
  const words = healthText
  const entry = () => props.entry
  const name = () => {
    const { name: own, card } = entry()
    return own ?? (card ? words().cards[card.entity](card.id) : words().hidden)
  }
  const said = () => entry().text ?? words().media[entry().media ?? ''] ?? null
  const why = () => {
    const { cause, state, direction, kind, messageId, waitsFor } = entry()
    if (waitsFor) return words().waits[waitsFor.why](waitsFor.until ? clockTime(waitsFor.until) : '', waitsFor.method ?? '')
    if (cause) return cause
    if (state === 'sending') return words().underWay
    if (kind === 'robot' || kind === 'sms') return words().inTurnDeed
    return direction === 'to_customer' && kind === 'message' && messageId === null ? words().fetching : words().inTurn
  }
  /** What is being tried already has no next time; of what was due, nobody knows. */
  const nextTry = () => {
    const { nextAt, waitsFor } = entry()
    return !waitsFor && nextAt && Date.parse(nextAt) > minuteNow() ? words().nextTry(clockTime(nextAt)) : null
  }
  const href = () => {
    const { chatId, messageId } = entry()
    return chatId && (messageId ? `/chats/${chatId}?message=${messageId}` : `/chats/${chatId}`)
  }
  return (
    <li class="flex gap-3 py-3">
      <label class="-mt-2 flex size-11 flex-none items-center justify-center">
        <span class="sr-only">{words().choose(name())}</span>
        <input
          type="checkbox"
          class="size-5 accent-anil"
          checked={props.chosen}
          disabled={props.isFixed}
          onChange={(event) => props.choose(event.currentTarget.checked)}
        />
      </label>
      <div class="min-w-0 flex-1">
        <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span class="font-semibold wrap-anywhere">{name()}</span>
          <span class={`rounded-chip px-2 py-px text-meta font-semibold ${LOOKS[entry().state]}`}>
            {words().states[entry().state]}
          </span>
        </p>
        <Show when={said()}>{(text) => <p class="wrap-anywhere">{text()}</p>}</Show>
        <p class="text-meta text-ink-3">
          {[
            words().kinds[entry().kind] ?? entry().kind,
            entry().direction === 'to_portal' ? words().toPortal : words().toCustomer,
            props.line ? words().line(props.line.lineName) : words().loose,
          ].join(' · ')}
          {' · '}
          <time dateTime={entry().at} title={exactTime(entry().at)}>
            {ago(entry().at, minuteNow())}
          </time>
        </p>
        <p class="mt-1 text-small">{why()}</p>
        <Show when={!entry().waitsFor && entry().nextStep}>{(step) => <p class="text-small text-ink-2">{step()}</p>}</Show>
        <Show when={nextTry()}>{(line) => <p class="nums text-meta text-ink-2">{line()}</p>}</Show>
        <Show when={entry().said}>{(text) => <p class="text-meta wrap-anywhere text-ink-2">{words().said(text())}</p>}</Show>
        <div class="mt-2 flex flex-wrap gap-2">
          <For each={decisionsFor([entry()], props.lines)}>
            {(decision) => (
              <Button disabled={props.busy} onClick={() => props.decide(decision)}>
                {words().decisions[decision]}
                <span class="sr-only">: {name()}</span>
              </Button>
            )}
          </For>
          <Show when={href()}>
            {(address) => (
              <A href={address()} class="button button-quiet !text-anil">
                {words().openChat}
                <span class="sr-only">: {name()}</span>
              </A>
            )}
          </Show>
          <Show when={entry().messageId && desk.may('trace.read')}>
            <Button kind="quiet" onClick={() => setIsOpen(true)}>
              {words().trace}
              <span class="sr-only">: {name()}</span>
            </Button>
          </Show>
        </div>
      </div>
      <Show when={isOpen() && entry().messageId}>
        {(messageId) => <WaySheet messageId={messageId()} close={() => setIsOpen(false)} />}
      </Show>
    </li>
  )
}
