import { useSearchParams } from '@solidjs/router'
import ListChecks from 'lucide-solid/icons/list-checks'
import Plus from 'lucide-solid/icons/plus'
import X from 'lucide-solid/icons/x'
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { createRead, once } from '../../lib/create-read.ts'
import { createChannelHealth } from '../../channel-risk.tsx'
import { useDesk } from '../../live/context.ts'
import { PartPage } from '../../part-page.tsx'
import { channelText } from '../../text/channel.ts'
import { care } from '../../text/care.ts'
import { nodesText } from '../../text/nodes.ts'
import { problemText, t } from '../../text/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { Segment } from '../../ui/chip.tsx'
import { AddChannel } from '../../add-number/add-channel.tsx'
import { ChosenNumbers, LeftNumbers } from './chosen-numbers.tsx'
import { grouped, GROUPINGS, stateOf, type ChannelGroup, type Grouping } from './groups.rules.ts'
import { NodesSheet } from './nodes-sheet.tsx'
import { NumberRows } from './number-rows.tsx'
import { createNumbersWork } from './numbers-work.ts'

/** With fewer numbers one sees them all at once. */
const SEARCH_FROM = 5

/** The numbers of the account by department: how they do and since when; a tap opens one. */
export default function ChannelsScreen() {
  const { desk } = useDesk()
  // Other pages lead here to add one.
  const [search] = useSearchParams<{ add?: string }>()
  const [isAdding, setIsAdding] = createSignal(search.add !== undefined && desk.may('channels.manage'))
  const [seesNodes, setSeesNodes] = createSignal(false)
  const [words, setWords] = createSignal('')
  const [wantsArchived, setWantsArchived] = createSignal(false)
  const mayManage = () => desk.may('channels.manage')
  const [asked, { refetch }] = createRead(once, async () => {
    const at = desk.moment()
    const { items } = await call(api.listChannels, {})
    await desk.pulled({ type: 'channels', items, at })
    return true
  })
  const [archived] = createRead(wantsArchived, async () => (await call(api.listChannels, { archived: 'true' })).items)
  const channels = createMemo(() => desk.channels().filter(({ state }) => state !== 'archived'))
  const [by, setBy] = createSignal<Grouping>('department')
  const groups = createMemo(() => grouped(channels(), words(), by()))
  const health = createChannelHealth()
  const [chosen, setChosen] = createSignal<ReadonlySet<string> | null>(null)
  const numbers = () => channels().filter(({ id }) => chosen()?.has(id))
  const work = createNumbersWork(() => setChosen(null))
  const mayChoose = () =>
    channels().length > 1 && (desk.may('channels.pause') || desk.may('channels.manage') || desk.may('people.manage'))
  const isChosen = (id: string) => chosen()?.has(id) === true
  const toggle = (id: string) =>
    setChosen((now) => now && new Set(now.has(id) ? [...now].filter((other) => other !== id) : [...now, id]))
  const choosing = () => (chosen() ? { has: isChosen, toggle } : null)
  /** What a group is called: a department by its own name, the others by a word of ours. */
  function titleOf({ name, items: [first] }: ChannelGroup): string {
    if (!first) return ''
    if (by() === 'kind') return t().channels.kinds[first.kind]
    return by() === 'state' ? care().states[stateOf(first)] : (name ?? channelText().noDepartment)
  }
  const note = (channel: Channel) => void desk.apply([{ type: 'channel', channel }], null)

  return (
    <PartPage
      title={t().channels.title}
      foot={
        <Show when={chosen()}>
          <ChosenNumbers numbers={numbers()} work={work} />
        </Show>
      }
      actions={
        <>
          <Show when={mayChoose()}>
            <IconButton
              label={chosen() ? care().chooseEnd : care().choose}
              icon={chosen() ? X : ListChecks}
              onClick={() => setChosen((now) => (now ? null : new Set<string>()))}
            />
          </Show>
          <Show when={mayManage() && !chosen()}>
            <Button kind="quiet" class="!text-anil" icon={Plus} aria-label={t().channels.add} onClick={() => setIsAdding(true)}>
              <span class="tablet:hidden">{channelText().addShort}</span>
              <span class="max-tablet:hidden">{t().channels.add}</span>
            </Button>
          </Show>
        </>
      }
    >
      <Show when={chosen()}>
        <div class="mb-2 flex items-center gap-2">
          <p role="status" class="flex-1 font-semibold">
            {care().chosen(numbers().length)}
          </p>
          <Button
            kind="quiet"
            class="!text-anil"
            onClick={() => setChosen(new Set(groups().flatMap(({ items }) => items.map(({ id }): string => id))))}
          >
            {care().chooseAll}
          </Button>
        </div>
      </Show>
      <Show when={asked.error ?? archived.error}>
        {(error) => (
          <ErrorCard
            title={t().channels.loadFailed}
            help={problemText(problemOf(error()).code).cause}
            action={{ name: t().app.retry, run: () => void refetch() }}
          />
        )}
      </Show>
      <Show when={channels().length >= SEARCH_FROM || words() !== ''}>
        <input
          type="search"
          class="field mb-4"
          aria-label={channelText().search}
          placeholder={channelText().search}
          value={words()}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </Show>
      <Show when={channels().length > 1}>
        <div role="group" aria-label={care().groupBy} class="no-bar mb-3 flex items-center gap-1 overflow-x-auto">
          <span class="flex-none text-meta text-ink-3">{care().groupBy}</span>
          <For each={GROUPINGS}>
            {(name) => (
              <Segment chosen={by() === name} choose={() => setBy(name)}>
                {care().groups[name]}
              </Segment>
            )}
          </For>
        </div>
      </Show>
      <Switch>
        <Match when={channels().length > 0}>
          <For each={groups()} fallback={<p class="py-6 text-center text-ink-2">{channelText().none}</p>}>
            {(group) => (
              <section class="mb-5">
                <Show when={groups().length > 1 || group.name !== null}>
                  <h2 class="mb-1 text-small font-semibold text-ink-2">{titleOf(group)}</h2>
                </Show>
                <NumberRows items={group.items} health={health} choosing={choosing()} />
              </section>
            )}
          </For>
        </Match>
        <Match when={!asked.loading && !asked.error}>
          <Empty title={t().channels.empty} help={t().channels.emptyHelp}>
            <Show when={mayManage()}>
              <Button kind="primary" icon={Plus} onClick={() => setIsAdding(true)}>
                {t().channels.add}
              </Button>
            </Show>
          </Empty>
        </Match>
      </Switch>
      <Show when={mayManage() && !chosen()}>
        <Button kind="quiet" onClick={() => setWantsArchived((was) => !was)}>
          {wantsArchived() ? channelText().hideArchived : channelText().showArchived}
        </Button>
        <Show when={wantsArchived() && !archived.error && archived.latest}>
          {(items) => (
            <section class="mt-2">
              <h2 class="mb-1 text-small font-semibold text-ink-2">{channelText().archived}</h2>
              <Show when={items().length > 0} fallback={<p class="text-ink-2">—</p>}>
                <NumberRows items={items()} health={health} choosing={null} />
              </Show>
            </section>
          )}
        </Show>
      </Show>
      <Show when={mayManage() && !chosen()}>
        <Button kind="quiet" onClick={() => setSeesNodes(true)}>
          {nodesText().open}
        </Button>
      </Show>
      <Show when={seesNodes()}>
        <NodesSheet close={() => setSeesNodes(false)} />
      </Show>
      <LeftNumbers work={work} />
      <Show when={isAdding()}>
        <AddChannel close={() => setIsAdding(false)} added={note} />
      </Show>
    </PartPage>
  )
}
