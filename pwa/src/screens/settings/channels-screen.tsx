import Plus from 'lucide-solid/icons/plus'
import { createResource, createSignal, For, Match, Show, Switch } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { AddChannel } from './add-channel.tsx'
import { ChannelCard } from './channel-card.tsx'
import { PartPage } from '../../part-page.tsx'

/** The numbers of the account: how they do, what they may send, and whether they are paused. */
export default function ChannelsScreen() {
  const { desk } = useDesk()
  const [isAdding, setIsAdding] = createSignal(false)
  const mayManage = () => desk.may('channels.manage')
  const [asked, { refetch }] = createResource(async () => {
    const at = desk.moment()
    const { items } = await call(api.listChannels, {})
    await desk.pulled({ type: 'channels', items, at })
    return true
  })
  const channels = () => desk.channels().toSorted((a, b) => a.name.localeCompare(b.name))
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
      <Show when={asked.error}>
        <ErrorCard
          title={t().channels.loadFailed}
          help={problemText(problemOf(asked.error).code).cause}
          action={{ name: t().app.retry, run: () => void refetch() }}
        />
      </Show>
      <Switch>
        <Match when={channels().length > 0}>
          <ul class="grid gap-4">
            <For each={channels().map((channel) => channel.id)}>
              {(id) => (
                <Show when={desk.channel(id)}>
                  {(channel) => (
                    <li>
                      <ChannelCard channel={channel()} changed={note} />
                    </li>
                  )}
                </Show>
              )}
            </For>
          </ul>
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
      <Show when={isAdding()}>
        <AddChannel close={() => setIsAdding(false)} added={note} />
      </Show>
    </PartPage>
  )
}
