import type { Chat } from '#contract/inbox.ts'
import type { PersonId } from '#contract/ids.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { Colleagues } from '../../colleagues.tsx'
import { useDesk } from '../../live/context.ts'
import { deskWork } from '../../text/desk-work.ts'
import { t } from '../../text/text.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

/** Gives a chat to somebody with one tap. */
export function AssignSheet(props: { chat: Chat; close: () => void }) {
  const { desk } = useDesk()
  const action = createAction()

  function give(personId: PersonId | null, name: string) {
    async function work() {
      const { chat } = await call(api.assignChat, { chatId: props.chat.id, personId })
      if (chat) await desk.apply([{ type: 'chat', chat }], null)
      props.close()
      say(personId === null ? deskWork().queued : deskWork().assigned(name))
    }
    void action.run(work)
  }

  return (
    <Sheet title={deskWork().assignTitle} closeLabel={t().app.close} close={props.close}>
      <p class="px-5 pt-3 text-small text-ink-2">{deskWork().assignHelp}</p>
      <Colleagues holder={props.chat.assignee?.id ?? null} busy={action.busy()} error={action.error()} give={give} />
    </Sheet>
  )
}
