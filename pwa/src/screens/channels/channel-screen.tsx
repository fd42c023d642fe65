import { A, useParams } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createRead } from '../../lib/create-read.ts'
import { useDesk } from '../../live/context.ts'
import { PartPage } from '../../part-page.tsx'
import { channelText } from '../../text/channel.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ArchiveNumber } from './archive-number.tsx'
import { ChannelCard } from './channel-card.tsx'
import { ChatLink } from './chat-link.tsx'
import { ConsentPart } from './consent-part.tsx'
import { GuardCard } from './guard-card.tsx'
import { KeyPart } from './key-part.tsx'
import { ProviderCards } from './provider-cards.tsx'
import { OwnCards } from './own-cards.tsx'
import { SessionCard } from './session-card.tsx'
import { UptimeCard } from './uptime-card.tsx'

/** One number and everything that is its own. What is changed here changes no other number. */
export default function ChannelScreen() {
  const { desk } = useDesk()
  const params = useParams<{ channelId: string }>()
  // The address of its hook comes only when one asks for it, and archived numbers are not kept on the phone.
  const [fresh] = createRead(
    () => params.channelId,
    async (id) => {
      const at = desk.moment()
      const { items } = await call(api.listChannels, {})
      await desk.pulled({ type: 'channels', items, at })
      if (items.some((one) => one.id === id)) return null
      const archived = (await call(api.listChannels, { archived: 'true' })).items.find((one) => one.id === id)
      if (archived) note(archived)
      return archived ?? null
    },
  )
  const channel = () => desk.channel(params.channelId)
  const note = (now: Channel) => void desk.apply([{ type: 'channel', channel: now }], null)

  return (
    <PartPage title={channel()?.name ?? ''} back="/settings/channels">
      <Show when={channel()} fallback={<Show when={!fresh.loading}>{<Empty title={channelText().missing} />}</Show>}>
        {(now) => (
          <div class="grid grid-cols-1 gap-4">
            <Show when={now().kind === 'session' && now().state !== 'archived' && desk.may('channels.manage')}>
              <SessionCard channel={now()} />
            </Show>
            <ChannelCard channel={now()} changed={note} />
            <Show when={now().state !== 'archived'}>
              <UptimeCard channel={now()} />
            </Show>
            <Show when={now().state !== 'archived'}>
              <Show when={now().kind === 'session'}>
                <GuardCard channelId={now().id} mayChange={desk.may('channels.manage')} />
              </Show>
              <OwnCards channel={now()} />
              <ConsentPart channel={now()} />
              <Show when={desk.may('people.read')}>
                <A
                  href="/settings/departments"
                  class="row flex items-center gap-3 rounded-card border border-line bg-surface p-4"
                >
                  <span class="min-w-0 flex-1">
                    <span class="block font-semibold">{channelText().people}</span>
                    <span class="block text-small text-ink-2">{now().department?.name ?? channelText().noDepartment}</span>
                    <span class="block text-meta text-ink-3">{channelText().peopleHelp}</span>
                  </span>
                  <Icon of={ChevronRight} class="text-ink-3" />
                </A>
              </Show>
              <Show when={now().kind !== 'session' && desk.may('channels.manage')}>
                <KeyPart channel={now()} changed={note} />
                <ProviderCards channel={now()} />
              </Show>
              <Show when={now().phone}>{(phone) => <ChatLink phone={phone()} name={now().name} />}</Show>
            </Show>
            <Show when={desk.may('channels.manage')}>
              <ArchiveNumber channel={now()} changed={note} />
            </Show>
          </div>
        )}
      </Show>
    </PartPage>
  )
}
