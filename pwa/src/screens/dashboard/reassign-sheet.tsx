import { createSignal, For, Show, untrack } from 'solid-js'
import type { Dashboard } from '#contract/dashboard.ts'
import type { ChatId, PersonId } from '#contract/ids.ts'
import type { ChatsWork } from '../../chats-work.ts'
import { Colleagues } from '../../colleagues.tsx'
import { minuteNow } from '../../lib/clock.ts'
import { ago } from '../../text/format.ts'
import { overview } from '../../text/overview.ts'
import { t } from '../../text/text.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { targetOfThread } from './thread-target.ts'

type Waiting = Dashboard['loom'][number]

/** Gives several waiting chats to somebody at once: those that are ticked, at first all. */
export function ReassignSheet(props: {
  name: string
  holder: PersonId | null
  chats: readonly Waiting[]
  work: ChatsWork
  close: () => void
}) {
  const chats = untrack(() => props.chats)
  const [chosen, setChosen] = createSignal<readonly ChatId[]>(chats.map(({ chatId }) => chatId))
  const toggle = (id: ChatId, on: boolean) => setChosen((now) => (on ? [...now, id] : now.filter((other) => other !== id)))

  return (
    <Sheet title={overview().reassignTitle(props.name)} closeLabel={t().app.close} close={props.close}>
      <fieldset class="px-5 pt-3">
        <legend class="text-small text-ink-2">{overview().reassignHelp(chosen().length)}</legend>
        <ul class="scroll-thin mt-2 max-h-60 overflow-y-auto rounded-slip border border-line bg-paper">
          <For each={chats}>
            {(chat) => (
              <li class="border-line [&+&]:border-t">
                <label class="row flex min-h-11 items-center gap-3 px-4">
                  <input
                    type="checkbox"
                    class="size-5 flex-none accent-anil"
                    checked={chosen().includes(chat.chatId)}
                    onChange={(event) => toggle(chat.chatId, event.currentTarget.checked)}
                  />
                  <span class="min-w-0 flex-1 truncate">{chat.name}</span>
                  <span class="nums flex-none text-meta text-ink-3">{ago(chat.since, minuteNow())}</span>
                </label>
              </li>
            )}
          </For>
        </ul>
      </fieldset>
      <Show when={chosen().length > 0}>
        <Colleagues
          holder={props.holder}
          busy={props.work.busy()}
          error={null}
          give={(personId, name) =>
            void props.work.assign(chats.filter(({ chatId }) => chosen().includes(chatId)).map(targetOfThread), personId, name)
          }
        />
      </Show>
    </Sheet>
  )
}
