import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { Portal } from '#contract/bitrix24.ts'
import type { Channel } from '#contract/channels.ts'
import type { PortalLine } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import * as portals from '../../api/portal-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { phoneNumber } from '../../text/format.ts'
import { linesText } from '../../text/portal-lines.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { AddChannel } from '../../add-number/add-channel.tsx'
import { BindPart } from './bind-part.tsx'
import { BoundPart } from './bound-part.tsx'
import { FillPart } from './fill-part.tsx'
import { LinkPart } from './link-part.tsx'
import { Part } from './part.tsx'
import { PortalChannels, type Line } from './portal-channels.tsx'

/** What the sheet is about: a number, or an open line that has none. */
type Opened = { channelId: string } | { portalId: string; line: Line }

/** Every open line of each portal with its number, and the numbers that are on none; a tap binds, tests or takes off. */
export function LinesPart(props: { portals: readonly Portal[] }) {
  const { desk } = useDesk()
  const [opened, setOpened] = createSignal<Opened | null>(null)
  const [moves, setMoves] = createSignal(false)
  const [isAdding, setIsAdding] = createSignal(false)
  const [fresh, setFresh] = createSignal<string | null>(null)
  const asked = createAsked(async () => {
    const [channels, lines] = await Promise.all([call(api.listChannels, {}), call(portals.listPortalLines, {})])
    return { channels: channels.items.filter(({ state }) => state !== 'archived'), lines: lines.items }
  })
  const channels = () => asked.items()?.channels ?? []
  const lines = () => asked.items()?.lines ?? []
  const channelBy = (id: string) => channels().find((one) => one.id === id)
  const lineOf = (channelId: string) => lines().find((one) => one.channelId === channelId) ?? null
  const free = () => channels().filter(({ id }) => !lineOf(id))
  const number = () => {
    const now = opened()
    return now && 'channelId' in now ? channelBy(now.channelId) : undefined
  }
  const empty = () => {
    const now = opened()
    return now && 'line' in now ? now : undefined
  }
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
  function noteNew(channel: Channel) {
    const now = asked.items()
    if (now) asked.put({ ...now, channels: [...now.channels, channel] })
    void desk.apply([{ type: 'channel', channel }], null)
  }
  /** What is left to do for a new number, its link and its open line, comes next. */
  function addingDone() {
    const channelId = fresh()
    setIsAdding(false)
    setFresh(null)
    if (channelId) open({ channelId })
  }
  function open(next: Opened) {
    setMoves(false)
    setOpened(next)
  }
  function bound(line: PortalLine) {
    note(line.channelId, line)
    open({ channelId: line.channelId })
    say(linesText().bindDone)
  }

  return (
    <Part title={linesText().title} help={linesText().help}>
      <LoadProblem of={asked} title={linesText().loadFailed} />
      <Show when={asked.items()}>
        <For each={props.portals}>
          {(portal) => (
            <PortalChannels
              portal={portal}
              isNamed={props.portals.length > 1}
              channels={channels()}
              lines={lines()}
              open={(line) => open(line.bound ? { channelId: line.bound.channelId } : { portalId: portal.id, line })}
            />
          )}
        </For>
        <Show when={free().length > 0}>
          <h3 class="mt-4 text-small font-semibold text-ink-2">{linesText().withoutLine}</h3>
          <ul class="mt-1 divide-y divide-line border-y border-line">
            <For each={free()}>
              {(channel) => (
                <li>
                  <button
                    type="button"
                    class="row flex min-h-14 w-full items-center gap-3 py-2 text-left"
                    onClick={() => open({ channelId: channel.id })}
                  >
                    <span class="sr-only">{linesText().open(channel.name)}</span>
                    <NumberLines channel={channel} />
                    <Icon of={ChevronRight} class="flex-none text-ink-3" />
                  </button>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <Show when={channels().length === 0}>
          <p class="mt-2 text-small text-ink-2">{linesText().none}</p>
        </Show>
      </Show>
      <Show when={desk.may('channels.manage')}>
        <Button class="mt-3" icon={Plus} onClick={() => setIsAdding(true)}>
          {linesText().add}
        </Button>
      </Show>
      <Show when={opened()}>
        <Sheet title={number()?.name ?? empty()?.line.name ?? ''} closeLabel={t().app.close} close={() => setOpened(null)}>
          <div class="p-5">
            <Switch>
              <Match when={empty()}>
                {(one) => (
                  <FillPart
                    portalId={one().portalId}
                    line={one().line.line}
                    channels={channels()}
                    lines={lines()}
                    added={noteNew}
                    bound={bound}
                  />
                )}
              </Match>
              <Match when={number()}>
                {(channel) => (
                  <>
                    <Show when={channel().kind === 'session' && desk.may('channels.manage')}>
                      <LinkPart channel={channel()} />
                    </Show>
                    <Show
                      when={!moves() && lineOf(channel().id)}
                      fallback={
                        <BindPart
                          channel={channel()}
                          portals={props.portals}
                          lines={lines()}
                          nameOf={(id) => channelBy(id)?.name ?? ''}
                          bound={bound}
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
                              setOpened(null)
                            }}
                            move={() => setMoves(true)}
                          />
                        </>
                      )}
                    </Show>
                    <A
                      class="row mt-4 flex min-h-14 items-center gap-3 border-t border-line pt-2"
                      href={`/settings/channels/${channel().id}`}
                    >
                      <span class="min-w-0 flex-1">
                        <span class="block font-semibold">{linesText().settings}</span>
                        <span class="block text-small text-ink-2">{linesText().settingsHelp}</span>
                      </span>
                      <Icon of={ChevronRight} class="flex-none text-ink-3" />
                    </A>
                  </>
                )}
              </Match>
            </Switch>
          </div>
        </Sheet>
      </Show>
      <Show when={isAdding()}>
        <AddChannel
          close={addingDone}
          added={(channel) => {
            noteNew(channel)
            setFresh(channel.id)
          }}
          stays
        />
      </Show>
    </Part>
  )
}

/** A number in the list. */
function NumberLines(props: { channel: Channel }) {
  return (
    <span class="min-w-0 flex-1">
      <span class="block font-semibold wrap-anywhere">{props.channel.name}</span>
      <span class="nums block text-small text-ink-2">
        {[props.channel.phone && phoneNumber(props.channel.phone), t().channels.kinds[props.channel.kind]]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}
