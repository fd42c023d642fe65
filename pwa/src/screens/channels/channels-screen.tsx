import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, createResource, createSignal, For, Match, Show, Switch } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { minuteNow } from '../../lib/clock.ts'
import { useDesk } from '../../live/context.ts'
import { PartPage } from '../../part-page.tsx'
import { channelText } from '../../text/channel.ts'
import { ago, phoneNumber, shortWhen } from '../../text/format.ts'
import { failureText, problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { AddChannel } from './add-channel.tsx'
import { ChannelState } from './channel-state.tsx'
import { grouped } from './groups.rules.ts'

/** With fewer numbers one sees them all at once. */
const SEARCH_FROM = 5

/** The numbers of the account by department: how they do and since when; a tap opens one. */
export default function ChannelsScreen() {
  const { desk } = useDesk()
  const [isAdding, setIsAdding] = createSignal(false)
  const [words, setWords] = createSignal('')
  const [wantsArchived, setWantsArchived] = createSignal(false)
  const mayManage = () => desk.may('channels.manage')
  const [asked, { refetch }] = createResource(async () => {
    const at = desk.moment()
    const { items } = await call(api.listChannels, {})
    await desk.pulled({ type: 'channels', items, at })
    return true
  })
  const [archived] = createResource(wantsArchived, async () => (await call(api.listChannels, { archived: 'true' })).items)
  const channels = createMemo(() => desk.channels().filter(({ state }) => state !== 'archived'))
  const groups = createMemo(() => grouped(channels(), words()))
  const note = (channel: Channel) => void desk.apply([{ type: 'channel', channel }], null)

  return (
    <PartPage
      title={t().channels.title}
      actions={
        <Show when={mayManage()}>
          <Button kind="quiet" class="!text-anil" icon={Plus} onClick={() => setIsAdding(true)}>
            {t().channels.add}
          </Button>
        </Show>
      }
    >
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
      <Switch>
        <Match when={channels().length > 0}>
          <For each={groups()} fallback={<p class="py-6 text-center text-ink-2">{channelText().none}</p>}>
            {({ name, items }) => (
              <section class="mb-5">
                <Show when={groups().length > 1 || name !== null}>
                  <h2 class="mb-1 text-small font-semibold text-ink-2">{name ?? channelText().noDepartment}</h2>
                </Show>
                <Rows items={items} />
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
      <Show when={mayManage()}>
        <Button kind="quiet" onClick={() => setWantsArchived((was) => !was)}>
          {wantsArchived() ? channelText().hideArchived : channelText().showArchived}
        </Button>
        <Show when={wantsArchived() && !archived.error && archived.latest}>
          {(items) => (
            <section class="mt-2">
              <h2 class="mb-1 text-small font-semibold text-ink-2">{channelText().archived}</h2>
              <Show when={items().length > 0} fallback={<p class="text-ink-2">—</p>}>
                <Rows items={items()} />
              </Show>
            </section>
          )}
        </Show>
      </Show>
      <Show when={isAdding()}>
        <AddChannel close={() => setIsAdding(false)} added={note} />
      </Show>
    </PartPage>
  )
}

function Rows(props: { items: readonly Channel[] }) {
  return (
    <ul class="overflow-hidden rounded-card border border-line bg-surface">
      <For each={props.items}>
        {(channel) => (
          <li class="border-line [&+&]:border-t">
            <A href={`/settings/channels/${channel.id}`} class="row flex min-h-16 items-center gap-3 px-4 py-2">
              <span class="min-w-0 flex-1">
                <span class="block truncate font-semibold">{channel.name}</span>
                <span class="nums block text-small text-ink-2">
                  {[channel.phone && phoneNumber(channel.phone), t().channels.kinds[channel.kind]].filter(Boolean).join(' · ')}
                </span>
                <For each={channel.alerts}>
                  {(code) => <span class="block text-meta font-semibold text-cochinilla">{failureText(code)?.cause}</span>}
                </For>
                <span class="block text-meta text-ink-3">
                  {channel.lastHookAt ? t().channels.lastHook(ago(channel.lastHookAt, minuteNow())) : t().channels.noHook}
                </span>
              </span>
              <span class="flex flex-none flex-col items-end gap-1">
                <ChannelState channel={channel} />
                <Show when={channel.stateAt}>
                  <span class="text-meta text-ink-3">{channelText().since(shortWhen(channel.stateAt, minuteNow()))}</span>
                </Show>
              </span>
              <Icon of={ChevronRight} class="text-ink-3" />
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}
