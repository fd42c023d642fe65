import { createSignal, For, Show, Suspense, untrack } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'
import { problemOf } from '../api/problem.rules.ts'
import { lazyPart } from '../lib/lazy-part.ts'
import { useDesk } from '../live/context.ts'
import { phoneNumber } from '../text/format.ts'
import { portalCardText } from '../text/portal-card.ts'
import { loadTemplateText } from '../text/templates.ts'
import { problemText, t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Choice, Field } from '../ui/field.tsx'
import { Sheet } from '../ui/sheet.tsx'
import type { Card } from './card.ts'

const TemplateSheet = lazyPart(async () => {
  const [sheet] = await Promise.all([import('../screens/chat/template-sheet.tsx'), loadTemplateText()])
  return { default: sheet.TemplateSheet }
})

const OTHER = 'other'

/** The first word to a client: which of their numbers, from which of ours, and the template where that number asks for one. */
export function WriteFirst(props: { card: Card; close: () => void; opened: (chatId: string) => void }) {
  const { desk } = useDesk()
  const words = () => portalCardText()
  const [isBusy, setIsBusy] = createSignal(false)
  const [error, setError] = createSignal<string | null>(null)
  const [chat, setChat] = createSignal<Chat | null>(null)
  const channels = () => desk.channels().filter(({ state }) => state !== 'archived')
  const [from, setFrom] = createSignal(channels()[0]?.id ?? '')
  const [number, setNumber] = createSignal(untrack(() => props.card.numbers[0]?.phone ?? OTHER))
  const hasTemplates = (channelId: string) =>
    desk.may('templates.send') && desk.channel(channelId)?.capabilities.includes('template') === true

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('phone') ?? '')
    setIsBusy(true)
    setError(null)
    const at = desk.moment()
    try {
      const found = await call(api.openChat, {
        channelId: from(),
        phone: number() === OTHER ? typed : `+${number()}`,
        ...(props.card.name && number() !== OTHER ? { name: ownerOf(number()) } : {}),
      })
      await desk.pulled({ type: 'chats', items: [found], at })
      // Within a day of the client's last word one simply writes.
      const isOpen = found.windowUntil !== null && Date.parse(found.windowUntil) > Date.now()
      if (hasTemplates(found.channelId) && !isOpen) setChat(found)
      else props.opened(found.id)
    } catch (failure) {
      const { cause, nextStep } = problemText(problemOf(failure).code)
      setError(`${cause} ${nextStep}`)
    }
    setIsBusy(false)
  }

  const ownerOf = (phone: string): string =>
    (props.card.numbers.find((one) => one.phone === phone)?.owner ?? props.card.name ?? '').slice(0, 120)

  return (
    <Show
      when={chat()}
      fallback={
        <Sheet title={words().writeFirst} closeLabel={t().app.close} close={() => props.close()}>
          <Show when={channels().length > 0} fallback={<Empty title={words().noChannels} />}>
            <form class="flex flex-col gap-5 p-5" onSubmit={submit}>
              <Show when={props.card.numbers.length > 0}>
                <Choice label={words().number} value={number()} onInput={(event) => setNumber(event.currentTarget.value)}>
                  <For each={props.card.numbers}>
                    {({ phone, owner }) => (
                      <option value={phone}>{[phoneNumber(phone), owner].filter(Boolean).join(' · ')}</option>
                    )}
                  </For>
                  <option value={OTHER}>{words().other}</option>
                </Choice>
              </Show>
              <Show when={number() === OTHER}>
                <Field label={words().typed} name="phone" type="tel" inputmode="tel" autocomplete="off" required />
              </Show>
              <Choice
                label={words().from}
                hint={hasTemplates(from()) ? words().template : ''}
                value={from()}
                onInput={(event) => setFrom(event.currentTarget.value)}
              >
                <For each={channels()}>
                  {(channel) => (
                    <option value={channel.id}>
                      {[channel.name, channel.phone && phoneNumber(channel.phone)].filter(Boolean).join(' · ')}
                    </option>
                  )}
                </For>
              </Choice>
              <p role="alert" class="text-small text-cochinilla empty:hidden">
                {error()}
              </p>
              <Button kind="primary" type="submit" busy={isBusy()}>
                {words().writeFirst}
              </Button>
            </form>
          </Show>
        </Sheet>
      }
    >
      {(found) => (
        <Suspense>
          {/* Closed or sent, the chat is there: what was chosen is not lost. */}
          <TemplateSheet chat={found()} close={() => props.opened(found().id)} sent={() => undefined} />
        </Suspense>
      )}
    </Show>
  )
}
