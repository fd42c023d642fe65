import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { createAsked } from '../../live/create-asked.ts'
import { channelText } from '../../text/channel.ts'
import { consentsText } from '../../text/consents.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from './card.tsx'
import { ConsentWordsSheet } from './consent-words-sheet.tsx'

/** By which words customers say yes and no to this number. */
export function ConsentPart(props: { channel: Channel }) {
  const { desk } = useDesk()
  const asked = createAsked(() => call(api.getChannelConsent, { channelId: props.channel.id }))
  const [isEditing, setIsEditing] = createSignal(false)
  const words = () => consentsText()
  return (
    <Card
      title={words().words}
      help={words().wordsHelp}
      action={
        <Show when={desk.may('channels.manage') && asked.items() && !asked.isStale()}>
          <Button aria-label={`${channelText().change}: ${words().words}`} onClick={() => setIsEditing(true)}>
            {channelText().change}
          </Button>
        </Show>
      }
    >
      <Show when={asked.items()}>
        {(own) => (
          <>
            <dl class="mt-3 grid grid-cols-1 gap-2 text-small tablet:grid-cols-2">
              <div>
                <dt class="text-meta text-ink-3">{words().outWords}</dt>
                <dd class="wrap-anywhere">{own().outWords.join(', ')}</dd>
                <dd class="text-ink-2 wrap-anywhere">{own().outReply || words().noReply}</dd>
              </div>
              <div>
                <dt class="text-meta text-ink-3">{words().inWords}</dt>
                <dd class="wrap-anywhere">{own().inWords.join(', ') || '—'}</dd>
                <dd class="text-ink-2 wrap-anywhere">{own().inReply || words().noReply}</dd>
              </div>
              <div>
                <dt class="text-meta text-ink-3">{words().covers}</dt>
                <dd>{words().coversOf[own().covers]}</dd>
              </div>
            </dl>
            <Show when={desk.may('consents.manage')}>
              <A
                href={`/contacts/consents?channel=${props.channel.id}`}
                class="mt-2 inline-flex min-h-11 items-center text-small text-anil underline"
              >
                {words().seeList}
              </A>
            </Show>
            <Show when={isEditing()}>
              <ConsentWordsSheet channelId={props.channel.id} own={own()} changed={asked.put} close={() => setIsEditing(false)} />
            </Show>
          </>
        )}
      </Show>
    </Card>
  )
}
