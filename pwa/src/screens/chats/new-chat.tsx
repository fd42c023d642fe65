import { createSignal, For } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { phoneNumber } from '../../text/format.ts'
import { problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'

/** Finds or opens the chat with a number. */
export function NewChat(props: { close: () => void; opened: (chatId: string) => void }) {
  const { desk } = useDesk()
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string | null>(null)
  const channels = () => desk.channels().filter((channel) => channel.state !== 'archived')

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const name = String(data.get('name')).trim()
    setBusy(true)
    const at = desk.moment()
    try {
      const chat = await call(api.openChat, {
        channelId: String(data.get('channel')),
        phone: String(data.get('phone')),
        ...(name ? { name } : {}),
      })
      await desk.pulled({ type: 'chats', items: [chat], at })
      props.opened(chat.id)
    } catch (failure) {
      const { cause, nextStep } = problemText(problemOf(failure).code)
      setError(`${cause} ${nextStep}`)
      setBusy(false)
    }
  }

  return (
    <Sheet title={t().chats.newChat} closeLabel={t().app.close} close={props.close}>
      <form class="flex flex-col gap-5 p-5" onSubmit={submit}>
        <Choice label={t().newChat.channel} name="channel" required>
          <For each={channels()}>
            {(channel) => (
              <option value={channel.id}>
                {[channel.name, channel.phone && phoneNumber(channel.phone)].filter(Boolean).join(' · ')}
              </option>
            )}
          </For>
        </Choice>
        <Field
          label={t().newChat.phone}
          hint={t().newChat.phoneHint}
          error={error()}
          name="phone"
          type="tel"
          inputmode="tel"
          autocomplete="off"
          required
        />
        <Field label={t().newChat.name} name="name" autocomplete="off" maxlength={120} />
        <Button kind="primary" type="submit" busy={busy()}>
          {t().newChat.open}
        </Button>
      </form>
    </Sheet>
  )
}
