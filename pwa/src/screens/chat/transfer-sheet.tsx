import { createSignal, For } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { deskWork } from '../../text/desk-work.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

/** Asks that somebody else, or a department, takes this chat. What was typed stays when it is refused. */
export function TransferSheet(props: { chat: Chat; close: () => void }) {
  const { desk } = useDesk()
  const colleagues = createAsked(() => call(api.listColleagues, {}))
  const action = createAction()
  const [to, setTo] = createSignal('')
  const [reason, setReason] = createSignal('')
  const [summary, setSummary] = createSignal('')
  const others = () => colleagues.items()?.items.filter(({ id }) => id !== props.chat.assignee?.id && id !== desk.me.person.id)

  async function ask() {
    const person = others()?.find(({ id }) => id === to())
    const department = colleagues.items()?.departments.find(({ id }) => id === to())
    const target = person ? { toPersonId: person.id } : { toDepartmentId: department?.id }
    await call(api.requestTransfer, { chatId: props.chat.id, reason: reason(), summary: summary(), ...target })
    props.close()
    say(deskWork().asked)
  }

  return (
    <Sheet title={deskWork().transferTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(ask)
        }}
      >
        <p class="text-small text-ink-2">{deskWork().transferHelp}</p>
        <Choice label={deskWork().to} required value={to()} onChange={(event) => setTo(event.currentTarget.value)}>
          <option value="" />
          <optgroup label={deskWork().people}>
            <For each={others()}>
              {(one) => (
                <option value={one.id}>
                  {one.name} · {deskWork().load(one.openChats, one.waiting)}
                </option>
              )}
            </For>
          </optgroup>
          <optgroup label={deskWork().departments}>
            <For each={colleagues.items()?.departments}>{(one) => <option value={one.id}>{one.name}</option>}</For>
          </optgroup>
        </Choice>
        <label class="flex flex-col gap-1.5">
          <span class="text-small font-semibold">{deskWork().reason}</span>
          <textarea
            class="field min-h-20"
            required
            minlength={3}
            maxlength={300}
            value={reason()}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <label class="flex flex-col gap-1.5">
          <span class="text-small font-semibold">{deskWork().summary}</span>
          <textarea
            class="field min-h-24"
            maxlength={2000}
            value={summary()}
            onInput={(event) => setSummary(event.currentTarget.value)}
          />
          <span class="text-meta text-ink-3">{deskWork().summaryHelp}</span>
        </label>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()} disabled={to() === ''}>
          {deskWork().ask}
        </Button>
      </form>
    </Sheet>
  )
}
