import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type { Portal } from '#contract/bitrix24.ts'
import type { Channel } from '#contract/channels.ts'
import type { PortalLine } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { phoneNumber } from '../../text/format.ts'
import { linesText } from '../../text/portal-lines.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { ErrorCard } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { BindPart } from './bind-part.tsx'
import { BoundPart } from './bound-part.tsx'
import { Part } from './part.tsx'

const LOOKS = {
  active: 'bg-eucalipto-tint text-eucalipto',
  paused: 'bg-maiz-tint text-maiz',
  broken: 'bg-cochinilla-tint text-cochinilla',
} as const

/** Every number and the open line that it goes to; a tap binds it, tests it or takes it off. */
export function LinesPart(props: { portals: readonly Portal[] }) {
  const [openId, setOpenId] = createSignal<string | null>(null)
  const [moves, setMoves] = createSignal(false)
  const asked = createAsked(async () => {
    const [channels, lines] = await Promise.all([call(api.listChannels, {}), call(api.listPortalLines, {})])
    return { channels: channels.items.filter(({ state }) => state !== 'archived'), lines: lines.items }
  })
  const lineOf = (channelId: string) => asked.items()?.lines.find((one) => one.channelId === channelId) ?? null
  const opened = () => asked.items()?.channels.find(({ id }) => id === openId()) ?? null
  const nameOf = (channelId: string) => asked.items()?.channels.find(({ id }) => id === channelId)?.name ?? ''
  const where = ({ lineName, portalId }: PortalLine) => {
    const domain = props.portals.length > 1 ? props.portals.find(({ id }) => id === portalId)?.domain : null
    return [linesText().bound(lineName), domain].filter(Boolean).join(' · ')
  }

  /** What the server says of a number's binding now; null: it has none. */
  function note(channelId: string, line: PortalLine | null) {
    const now = asked.items()
    if (!now) return
    const others = now.lines.filter((one) => one.channelId !== channelId)
    asked.put({ ...now, lines: line ? [...others, line] : others })
  }
  function open(channelId: string) {
    setMoves(false)
    setOpenId(channelId)
  }

  return (
    <Part title={linesText().title} help={linesText().help}>
      <Show when={asked.problem()}>
        {(problem) => (
          <ErrorCard
            title={linesText().loadFailed}
            help={sentenceOf(problem())}
            action={{ name: t().app.retry, run: () => void asked.again() }}
          />
        )}
      </Show>
      <ul class="mt-2 divide-y divide-line border-y border-line empty:hidden">
        <For each={asked.items()?.channels ?? []}>
          {(channel) => (
            <li>
              <button
                type="button"
                class="row flex min-h-14 w-full items-center gap-3 py-2 text-left"
                onClick={() => open(channel.id)}
              >
                <span class="sr-only">{linesText().open(channel.name)}</span>
                <Row channel={channel} where={where} line={lineOf(channel.id)} />
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={asked.items()?.channels.length === 0}>
        <p class="mt-2 text-small text-ink-2">{linesText().none}</p>
      </Show>
      <A href="/settings/channels?add" class="button button-outlined mt-3">
        <Icon of={Plus} />
        {linesText().add}
      </A>
      <Show when={opened()}>
        {(channel) => (
          <Sheet title={channel().name} closeLabel={t().app.close} close={() => setOpenId(null)}>
            <div class="p-5">
              <Show
                when={!moves() && lineOf(channel().id)}
                fallback={
                  <BindPart
                    channel={channel()}
                    portals={props.portals}
                    lines={asked.items()?.lines ?? []}
                    nameOf={nameOf}
                    bound={(line) => {
                      note(channel().id, line)
                      setMoves(false)
                      say(linesText().bindDone)
                    }}
                  />
                }
              >
                {(line) => (
                  <>
                    <p class="mb-3 font-semibold">{where(line())}</p>
                    <BoundPart
                      line={line()}
                      changed={(next) => note(channel().id, next)}
                      unbound={() => {
                        note(channel().id, null)
                        setOpenId(null)
                      }}
                      move={() => setMoves(true)}
                    />
                  </>
                )}
              </Show>
            </div>
          </Sheet>
        )}
      </Show>
    </Part>
  )
}

/** A number in the list. */
function Row(props: { channel: Channel; line: PortalLine | null; where: (line: PortalLine) => string }) {
  return (
    <>
      <span class="min-w-0 flex-1">
        <span class="block font-semibold wrap-anywhere">{props.channel.name}</span>
        <span class="nums block text-small text-ink-2">
          {[props.channel.phone && phoneNumber(props.channel.phone), t().channels.kinds[props.channel.kind]]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span class="block text-small text-ink-3">{props.line ? props.where(props.line) : linesText().unbound}</span>
      </span>
      <Show when={props.line}>
        {(line) => (
          <span class={`flex-none rounded-chip px-2 py-px text-meta font-semibold ${LOOKS[line().state]}`}>
            {linesText().states[line().state]}
          </span>
        )}
      </Show>
      <Icon of={ChevronRight} class="flex-none text-ink-3" />
    </>
  )
}
