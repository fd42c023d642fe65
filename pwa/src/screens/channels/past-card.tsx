import Download from 'lucide-solid/icons/download'
import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { ChannelId } from '#contract/ids.ts'
import type { Session, SessionPast } from '#contract/sessions.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { pastText } from '../../text/past.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Card } from './card.tsx'

type Reach = SessionPast['reach']
type PastCardProps = {
  channelId: ChannelId
  past: SessionPast
  isOpen: boolean
  busy: boolean
  act: (run: () => Promise<Session>) => Promise<void>
}

/** What the number's phone remembers: importing it, how far that is, and what is left out. */
export function PastCard(props: PastCardProps) {
  const [reach, setReach] = createSignal<Reach>('month')
  const isThrough = () => props.past.pieces > 0 && props.past.done + props.past.lost === props.past.pieces
  const skipped = () =>
    (Object.keys(pastText().skipped) as (keyof SessionPast['skipped'])[]).flatMap((reason) => {
      const count = props.past.skipped[reason]
      return count ? [pastText().skipped[reason](count)] : []
    })

  function set(state: 'running' | 'paused', to: Reach = props.past.reach) {
    const { channelId } = props
    void props.act(() => call(api.importPast, { channelId, state, reach: to }))
  }

  return (
    <Card title={pastText().title} help={pastText().help}>
      <Show
        when={props.past.state !== 'off'}
        fallback={
          <div class="mt-3 grid gap-3">
            <p role="status" class="text-small text-ink-2">
              {props.past.pieces > 0 ? pastText().found(props.past.pieces) : pastText().waiting}
            </p>
            <Choice
              label={pastText().reach}
              value={reach()}
              onChange={(event) => setReach(event.currentTarget.value === 'all' ? 'all' : 'month')}
            >
              <option value="month">{pastText().reaches.month}</option>
              <option value="all">{pastText().reaches.all}</option>
            </Choice>
            <div>
              <Button kind="primary" icon={Download} busy={props.busy} onClick={() => set('running', reach())}>
                {pastText().start}
              </Button>
            </div>
          </div>
        }
      >
        <div class="mt-3" role="status">
          <p class="nums font-semibold">
            <Switch fallback={pastText().running(props.past.percent)}>
              <Match when={props.past.pieces === 0}>{pastText().waiting}</Match>
              <Match when={isThrough()}>{pastText().done}</Match>
              <Match when={props.past.state === 'paused'}>{pastText().paused(props.past.percent)}</Match>
            </Switch>
          </p>
          <Show when={!isThrough() && props.past.pieces > 0}>
            <div class="mt-2 h-1.5 overflow-hidden rounded-full bg-sunk" aria-hidden="true">
              <div class="weave dye-anil h-full transition-[width]" style={{ width: `${props.past.percent}%` }} />
            </div>
          </Show>
          <p class="nums mt-2 text-small text-ink-2">
            {pastText().reaches[props.past.reach]} · {pastText().totals(props.past.chats, props.past.stored)}
            <Show when={props.past.known > 0}> · {pastText().known(props.past.known)}</Show>
          </p>
        </div>
        <Show when={skipped().length > 0}>
          <div class="mt-2 text-small text-ink-2">
            <h3 class="font-semibold">{pastText().left}</h3>
            <ul class="nums list-disc pl-5">
              <For each={skipped()}>{(line) => <li>{line}</li>}</For>
            </ul>
          </div>
        </Show>
        <p class="nums mt-2 text-small text-cochinilla empty:hidden">{props.past.lost > 0 && pastText().lost(props.past.lost)}</p>
        <div class="mt-3 flex flex-wrap gap-2">
          <Show when={props.past.state === 'running' && !isThrough()}>
            <Button icon={Pause} busy={props.busy} onClick={() => set('paused')}>
              {pastText().pause}
            </Button>
          </Show>
          <Show when={props.past.state === 'paused'}>
            <Button kind="primary" icon={Play} busy={props.busy} onClick={() => set('running')}>
              {pastText().resume}
            </Button>
          </Show>
          <Show when={props.past.reach === 'month' && isThrough()}>
            <Button icon={Download} busy={props.busy} onClick={() => set('running', 'all')}>
              {pastText().further}
            </Button>
          </Show>
        </div>
      </Show>
      <Gaps {...props} />
    </Card>
  )
}

/** Asking the phone for what a break may have kept from us, and what came of it. */
function Gaps(props: PastCardProps) {
  const gaps = () => props.past.gaps
  const heard = () => gaps().answered + gaps().silent

  function ask() {
    const { channelId } = props
    void props.act(() => call(api.fillGaps, { channelId }))
  }

  return (
    <div class="mt-4 border-t border-line pt-3">
      <p role="status" class="nums mb-2 text-small text-ink-2 empty:hidden">
        <Switch>
          <Match when={gaps().waiting > 0}>{pastText().gapsAsking(heard(), gaps().asked)}</Match>
          <Match when={gaps().asked > 0}>
            {gaps().answered > 0 && pastText().gapsDone(gaps().found, gaps().answered)}{' '}
            {gaps().silent > 0 && pastText().gapsSilent(gaps().silent)}
          </Match>
        </Switch>
      </p>
      <Show when={props.isOpen && gaps().waiting === 0}>
        <Button busy={props.busy} onClick={ask}>
          {pastText().gaps}
        </Button>
        <p class="mt-1 text-meta text-ink-3">{pastText().gapsHelp}</p>
      </Show>
    </div>
  )
}
