import ChevronRight from 'lucide-solid/icons/chevron-right'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createMemo, For, Show } from 'solid-js'
import type { Portal } from '#contract/bitrix24.ts'
import type { Channel } from '#contract/channels.ts'
import type { OpenLine, PortalLine } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/portal-endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { shortWhen, phoneNumber } from '../../text/format.ts'
import { minuteNow } from '../../lib/clock.ts'
import { createRead } from '../../lib/create-read.ts'
import { linesText } from '../../text/portal-lines.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PORTAL_MS, portalRefused } from './portal-refused.ts'

const LOOKS = {
  active: 'bg-eucalipto-tint text-eucalipto',
  paused: 'bg-maiz-tint text-maiz',
  broken: 'bg-cochinilla-tint text-cochinilla',
} as const

/** An open line as the list shows it; `isOn` null: the portal has not said. */
export type Line = { line: number; name: string; isOn: boolean | null; bound: PortalLine | null }

/** Lines as the portal told them, and those that are bound here and that it has not told of. */
export function linesOf(told: readonly OpenLine[], bound: readonly PortalLine[]): Line[] {
  const of = (line: number) => bound.find((one) => one.line === line) ?? null
  const missing = bound.filter(({ line }) => !told.some((one) => one.line === line))
  return [
    ...told.map(({ line, name, isActive }) => ({ line, name, isOn: isActive, bound: of(line) })),
    ...missing.map((one) => ({ line: one.line, name: one.lineName, isOn: null, bound: one })),
  ]
}

type PortalChannelsProps = {
  portal: Portal
  /** With several portals each says whose it is. */
  isNamed: boolean
  channels: readonly Channel[]
  lines: readonly PortalLine[]
  open: (line: Line) => void
}

/** Every open line of a portal, with the number that is on it. What is bound stands at once; the others when the portal answers. */
export function PortalChannels(props: PortalChannelsProps) {
  const [told, { refetch }] = createRead(
    () => props.portal.id,
    async (portalId) => (await call(api.readOpenLines, { portalId }, { timeoutMs: PORTAL_MS })).items,
  )
  const rows = createMemo(() =>
    linesOf(
      told.error ? [] : (told.latest ?? []),
      props.lines.filter(({ portalId }) => portalId === props.portal.id),
    ),
  )
  const problem = () => {
    if (!told.error) return null
    const found = problemOf(told.error)
    return portalRefused(found) ?? sentenceOf(found)
  }
  return (
    <section class="mt-3" aria-label={linesText().ofPortal(props.portal.domain)}>
      <div class="flex flex-wrap items-center gap-x-2">
        <h3 class="min-w-40 flex-1 text-small font-semibold wrap-anywhere text-ink-2">
          {props.isNamed ? props.portal.domain : linesText().openLines}
        </h3>
        <Button kind="quiet" icon={RefreshCw} busy={told.loading} onClick={() => void refetch()}>
          {linesText().refresh}
        </Button>
      </div>
      <p role="status" class="text-small text-ink-2 empty:hidden">
        {told.loading && rows().length === 0 ? linesText().reading : null}
      </p>
      <p role="alert" class="rounded-segment bg-maiz-tint px-3 py-2 text-small empty:hidden">
        {problem()}
      </p>
      <ul class="mt-1 divide-y divide-line border-y border-line empty:hidden">
        <For each={rows()}>
          {(row) => (
            <li>
              <button
                type="button"
                class="row flex min-h-14 w-full items-center gap-3 py-2 text-left"
                onClick={() => props.open(row)}
              >
                <Row row={row} channel={props.channels.find(({ id }) => id === row.bound?.channelId)} />
                <Icon of={ChevronRight} class="flex-none text-ink-3" />
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={told.state === 'ready' && rows().length === 0}>
        <p class="mt-1 text-small text-ink-2">{linesText().noLines}</p>
      </Show>
    </section>
  )
}

function Row(props: { row: Line; channel: Channel | undefined }) {
  const number = () => {
    const { channel } = props
    if (!channel) return linesText().noNumber
    return [channel.name, channel.phone && phoneNumber(channel.phone), t().channels.kinds[channel.kind]]
      .filter(Boolean)
      .join(' · ')
  }
  /** Only where the company pays for each number. */
  const subscription = () => {
    const told = props.channel?.subscription
    if (!told) return null
    return told.sendsUntil ? linesText().sendsUntil(shortWhen(told.sendsUntil, minuteNow())) : linesText().sendsNot
  }
  return (
    <>
      <span class="min-w-0 flex-1">
        <span class="block font-semibold wrap-anywhere">
          {[props.row.name, props.row.isOn === false && linesText().lineOff].filter(Boolean).join(' · ')}
        </span>
        <span class="nums block text-small text-ink-2">{number()}</span>
        <Show when={subscription()}>{(words) => <span class="nums block text-meta text-ink-3">{words()}</span>}</Show>
      </span>
      <Show when={props.row.bound}>
        {(line) => (
          <span class={`flex-none rounded-chip px-2 py-px text-meta font-semibold ${LOOKS[line().state]}`}>
            {linesText().states[line().state]}
          </span>
        )}
      </Show>
    </>
  )
}
