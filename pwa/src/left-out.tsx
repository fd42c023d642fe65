import { For, Show } from 'solid-js'
import type { ChatsWork } from './chats-work.ts'
import { deskWork } from './text/desk-work.ts'
import { t } from './text/text.ts'
import { Sheet } from './ui/sheet.tsx'

/** Which of several chats stayed as they were, each with its reason. */
export function LeftOut(props: { work: ChatsWork }) {
  return (
    <Show when={props.work.left().length > 0}>
      <Sheet small title={deskWork().leftTitle} closeLabel={t().app.close} close={() => props.work.forgetLeft()}>
        <ul class="px-5 py-2">
          <For each={props.work.left()}>
            {({ name, outcome }) => (
              <li class="border-line py-2.5 [&+&]:border-t">
                <span class="block font-semibold wrap-anywhere">{name}</span>
                <span class="block text-small text-ink-2">
                  {outcome === 'forbidden' ? deskWork().leftForbidden : deskWork().leftGone}
                </span>
              </li>
            )}
          </For>
        </ul>
      </Sheet>
    </Show>
  )
}
