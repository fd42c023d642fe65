import { createSignal, untrack } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { call } from '../../../api/call.ts'
import { createAction } from '../../../api/create-action.ts'
import * as api from '../../../api/endpoints.ts'
import { useDesk } from '../../../live/context.ts'
import { handsText } from '../../../text/hands.ts'
import { t } from '../../../text/text.ts'
import { Button } from '../../../ui/button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextArea } from '../../../ui/text-area.tsx'

/** Other words for a message that has left. What was typed stays until it is taken. */
export function EditSheet(props: { message: Message; close: () => void }) {
  const { desk } = useDesk()
  const [text, setText] = createSignal(untrack(() => props.message.text ?? ''))
  const action = createAction()

  async function save() {
    const changed = await call(api.editMessage, { messageId: props.message.id, text: text() })
    await desk.apply([{ type: 'message', message: changed }], null)
    props.close()
  }

  return (
    <Sheet small title={handsText().edit} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <TextArea
          label={handsText().editLabel}
          hint={handsText().editHelp}
          error={action.error()}
          rows={4}
          maxlength={4096}
          required
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button
          kind="primary"
          type="submit"
          busy={action.busy()}
          disabled={text().trim() === '' || text() === props.message.text}
        >
          {handsText().editSave}
        </Button>
      </form>
    </Sheet>
  )
}
