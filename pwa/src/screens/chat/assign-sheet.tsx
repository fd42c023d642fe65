import type { Chat } from '#contract/inbox.ts'
import type { PersonId } from '#contract/ids.ts'
import { createAction } from '../../api/create-action.ts'
import { Colleagues } from '../../colleagues.tsx'
import { useDesk } from '../../live/context.ts'
import { doDeed } from '../../live/deeds.ts'
import { seenOf } from '../../live/deeds.rules.ts'
import { deskWork } from '../../text/desk-work.ts'
import { t } from '../../text/text.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

/** Gives a chat to somebody with one tap. */
export function AssignSheet(props: { chat: Chat; close: () => void }) {
  const phone = useDesk()
  const action = createAction()

  function give(personId: PersonId | null, name: string) {
    const { chat } = props
    async function work() {
      const to = personId === null ? null : { id: personId, name }
      await doDeed(phone, chat.id, { do: 'assign', chatId: chat.id, to, seen: seenOf(chat) })
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
