import { createSignal, untrack } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { channelText } from '../../text/channel.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

/** Another name for a number, as the team sees it. */
export function RenameSheet(props: { channel: Channel; changed: (channel: Channel) => void; close: () => void }) {
  const action = createAction()
  const [name, setName] = createSignal(untrack(() => props.channel.name))

  async function save() {
    props.changed(await call(api.changeChannel, { channelId: props.channel.id, name: name().trim() }))
    say(channelText().renamed)
    props.close()
  }

  return (
    <Sheet title={channelText().rename} closeLabel={t().app.close} close={props.close} small>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <Field
          label={t().channels.name}
          hint={t().channels.nameHint}
          maxlength={60}
          pattern=".*\S.*"
          autocomplete="off"
          required
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {channelText().save}
        </Button>
      </form>
    </Sheet>
  )
}
