import Inbox from 'lucide-solid/icons/inbox'
import { For, Show } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import type { PersonId } from '#contract/ids.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { deskWork } from '../../text/desk-work.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { Load } from './colleague-load.tsx'

/** Gives a chat to somebody with one tap: everybody's load and presence beside their name. */
export function AssignSheet(props: { chat: Chat; close: () => void }) {
  const { desk } = useDesk()
  const colleagues = createAsked(() => call(api.listColleagues, {}))
  const action = createAction()
  const problem = () => {
    const now = colleagues.problem()
    return now && sentenceOf(now)
  }

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
      <p role="alert" class="px-5 text-small text-cochinilla empty:hidden">
        {action.error() ?? problem()}
      </p>
      <ul class="p-2" aria-busy={colleagues.loading() && !colleagues.items()}>
        <li>
          <button
            type="button"
            class="row flex min-h-14 w-full items-center gap-3 rounded-button px-3 text-left"
            disabled={action.busy() || props.chat.assignee === null}
            onClick={() => give(null, '')}
          >
            <span class="flex size-10 flex-none items-center justify-center rounded-slip bg-sunk">
              <Icon of={Inbox} />
            </span>
            <span class="min-w-0 flex-1">
              <span class="block font-semibold">{deskWork().nobody}</span>
              <span class="block text-meta text-ink-3">{deskWork().nobodyHelp}</span>
            </span>
          </button>
        </li>
        <For each={colleagues.items()?.items}>
          {(one) => (
            <li>
              <button
                type="button"
                class="row flex min-h-14 w-full items-center gap-3 rounded-button px-3 text-left"
                disabled={action.busy() || one.id === props.chat.assignee?.id}
                onClick={() => give(one.id, one.name)}
              >
                <Avatar name={one.name} size={40} />
                <span class="min-w-0 flex-1">
                  <span class="block truncate font-semibold">{one.name}</span>
                  <Load of={one} />
                </span>
                <Show when={one.id === props.chat.assignee?.id}>
                  <span class="rounded-chip bg-anil-tint px-2 py-px text-meta">{deskWork().has}</span>
                </Show>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Sheet>
  )
}
