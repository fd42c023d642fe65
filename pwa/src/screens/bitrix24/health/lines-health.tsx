import { For, Show } from 'solid-js'
import type { Figures, LineHealth } from '#contract/portal-health.ts'
import { call } from '../../../api/call.ts'
import { createAction } from '../../../api/create-action.ts'
import * as api from '../../../api/endpoints.ts'
import * as portals from '../../../api/portal-endpoints.ts'
import { minuteNow } from '../../../lib/clock.ts'
import { useDesk } from '../../../live/context.ts'
import { ago } from '../../../text/format.ts'
import { healthText } from '../../../text/portal-health.ts'
import { linesText } from '../../../text/portal-lines.ts'
import { failureText } from '../../../text/text.ts'
import { Switch } from '../../../ui/switch.tsx'
import { Part } from '../part.tsx'
import { PORTAL_MS, portalRefused } from '../portal-refused.ts'

type Loose = { toPortal: Figures; toCustomer: Figures }

const LOOKS: Record<LineHealth['portalLine']['state'], string> = {
  active: 'bg-eucalipto-tint text-eucalipto',
  paused: 'bg-maiz-tint text-maiz',
  broken: 'bg-cochinilla-tint text-cochinilla',
}

const isEmpty = (figures: Figures): boolean => figures.waiting + figures.sending + figures.failed + figures.unconfirmed === 0

/** Each number on its open line: how it stands, what has not arrived, and its two pauses. */
export function LinesHealth(props: { lines: readonly LineHealth[]; loose: Loose; changed: (line: LineHealth) => void }) {
  return (
    <Part title={healthText().lines}>
      <ul class="mt-2 divide-y divide-line">
        <For each={props.lines.map(({ portalLine }) => portalLine.id)}>
          {(id) => (
            <Show when={props.lines.find(({ portalLine }) => portalLine.id === id)}>
              {(line) => <Line line={line()} changed={props.changed} />}
            </Show>
          )}
        </For>
        <Show when={!isEmpty(props.loose.toPortal) || !isEmpty(props.loose.toCustomer)}>
          <li class="py-3">
            <p class="font-semibold">{healthText().loose}</p>
            <p class="text-small text-ink-2">{healthText().looseHelp}</p>
            <BothWays {...props.loose} />
          </li>
        </Show>
      </ul>
      <Show when={props.lines.length === 0}>
        <p class="mt-2 text-small text-ink-2">{healthText().noLines}</p>
      </Show>
    </Part>
  )
}

function Line(props: { line: LineHealth; changed: (line: LineHealth) => void }) {
  const { desk } = useDesk()
  const action = createAction()
  const line = () => props.line.portalLine
  async function carry(on: boolean) {
    const portalLine = await call(portals.changePortalLine, { portalLineId: line().id, paused: !on }, { timeoutMs: PORTAL_MS })
    props.changed({ ...props.line, portalLine })
  }
  async function send(on: boolean) {
    const { channelId } = line()
    const now = await call(api.pauseChannel, { channelId, sending: !on, receiving: props.line.receivingPaused })
    props.changed({ ...props.line, sendingPaused: now.sendingPaused, receivingPaused: now.receivingPaused })
  }
  return (
    <li class="py-3">
      <p class="flex flex-wrap items-center gap-2">
        <span class="font-semibold wrap-anywhere">{props.line.channelName}</span>
        <span class={`rounded-chip px-2 py-px text-meta font-semibold ${LOOKS[line().state]}`}>
          {linesText().states[line().state]}
        </span>
        <Show when={props.line.sendingPaused}>
          <span class={`rounded-chip px-2 py-px text-meta font-semibold ${LOOKS.paused}`}>{healthText().sendingPaused}</span>
        </Show>
      </p>
      <p class="text-small text-ink-2">{healthText().line(line().lineName || `#${line().line}`)}</p>
      <Show when={line().problem}>
        {(code) => <p class="mt-1 text-small">{linesText().remedies[code()] ?? linesText().remedyElse(code())}</p>}
      </Show>
      <Show when={props.line.channelProblem}>
        {(code) => (
          <p class="mt-1 text-small">
            {failureText(code())?.cause} {failureText(code())?.nextStep}
          </p>
        )}
      </Show>
      <BothWays toPortal={props.line.toPortal} toCustomer={props.line.toCustomer} />
      <Switch
        name={healthText().carry}
        help={healthText().carryHelp}
        on={line().state !== 'paused'}
        disabled={action.busy()}
        change={(on) => void action.run(carry.bind(null, on), portalRefused)}
      />
      <Show when={desk.may('channels.pause')}>
        <Switch
          name={healthText().sendOut}
          help={healthText().sendOutHelp}
          on={!props.line.sendingPaused}
          disabled={action.busy()}
          change={(on) => void action.run(send.bind(null, on))}
        />
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </li>
  )
}

function BothWays(props: Loose) {
  const words = (figures: Figures) => {
    if (isEmpty(figures)) return healthText().idle
    const { waiting, sending, failed, unconfirmed, oldestAt } = figures
    const oldest = oldestAt && ` (${healthText().oldest(ago(oldestAt, minuteNow()))})`
    return `${healthText().figures(waiting, sending, failed, unconfirmed)}${oldest ?? ''}`
  }
  return (
    <dl class="nums mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-small">
      <dt class="text-ink-3">{healthText().toPortal}</dt>
      <dd>{words(props.toPortal)}</dd>
      <dt class="text-ink-3">{healthText().toCustomer}</dt>
      <dd>{words(props.toCustomer)}</dd>
    </dl>
  )
}
