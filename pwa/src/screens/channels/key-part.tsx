import KeyRound from 'lucide-solid/icons/key-round'
import { createSignal, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { channelText } from '../../text/channel.ts'
import { shortWhen } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { Card } from './card.tsx'
import { CHECK_MS } from '../../add-number/credentials.rules.ts'
import { refusedCredentials } from '../../add-number/refused-credentials.ts'

/** The key by which we speak for a number: its end, since when, and a new one. It is never shown whole. */
export function KeyPart(props: { channel: Channel; changed: (channel: Channel) => void }) {
  const action = createAction()
  const [isOpen, setIsOpen] = createSignal(false)
  const [key, setKey] = createSignal('')
  const words = () => channelText()
  const help = () => {
    const { secret } = props.channel
    const ending = secret?.ending ? words().keyEnding(secret.ending) : words().keyStored
    return secret?.since ? `${ending} · ${words().since(shortWhen(secret.since, minuteNow()))}` : ending
  }

  async function save() {
    props.changed(await call(api.changeKey, { channelId: props.channel.id, key: key().trim() }, { timeoutMs: CHECK_MS }))
    setKey('')
    setIsOpen(false)
    say(words().keyChanged)
  }

  return (
    <Card
      title={words().key}
      help={help()}
      action={
        <Button icon={KeyRound} onClick={() => setIsOpen(true)}>
          {words().keyChange}
        </Button>
      }
    >
      <Show when={isOpen()}>
        <Sheet title={words().keyChange} closeLabel={t().app.close} close={() => setIsOpen(false)} small>
          <form
            class="flex flex-col gap-5 p-5"
            onSubmit={(event) => {
              event.preventDefault()
              void action.run(save, refusedCredentials)
            }}
          >
            <p class="text-small text-ink-2">{words().keyHelp[props.channel.kind === 'gupshup' ? 'gupshup' : 'meta']}</p>
            <Field
              label={words().keyNew}
              type="password"
              minlength={8}
              maxlength={1000}
              autocomplete="off"
              required
              value={key()}
              onInput={(event) => setKey(event.currentTarget.value)}
            />
            <p role="alert" class="text-small text-cochinilla empty:hidden">
              {action.error()}
            </p>
            <Button kind="primary" type="submit" busy={action.busy()}>
              {words().keySave}
            </Button>
          </form>
        </Sheet>
      </Show>
    </Card>
  )
}
