import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { ContactImport } from '#contract/contacts.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { contactsText } from '../../text/contacts.ts'
import { dayTime } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

const UNDO_MS = 30_000

/** The imports of before, each of which can be taken back. `latest`: one that was just made. */
export function ImportHistory(props: { latest: string | null }) {
  const list = createAsked(async () => (await call(api.listContactImports, {})).items)
  const [asking, setAsking] = createSignal<ContactImport | null>(null)
  const action = createAction()
  createEffect(
    on(
      () => props.latest,
      () => void list.again(),
      { defer: true },
    ),
  )

  async function undo(one: ContactImport) {
    const { archived, restored, kept } = await call(api.undoContactImport, { importId: one.id }, { timeoutMs: UNDO_MS })
    setAsking(null)
    say(contactsText().import.undoneSaid(archived, restored, kept))
    await list.again()
  }

  return (
    <Show when={(list.items()?.length ?? 0) > 0}>
      <section>
        <h2 class="mb-1 text-small font-semibold text-ink-2">{contactsText().import.history}</h2>
        <ul class="overflow-hidden rounded-card border border-line bg-surface">
          <For each={list.items()}>
            {(one) => (
              <li class="flex min-h-16 items-center gap-3 border-line px-4 py-2 [&+&]:border-t">
                <span class="min-w-0 flex-1">
                  <span class="block truncate font-semibold">{one.fileName}</span>
                  <span class="block text-meta text-ink-3">{contactsText().import.by(one.by ?? '', dayTime(one.at))}</span>
                  <span class="nums block text-small text-ink-2">
                    {contactsText().import.done.created}: {one.counts.created ?? 0} · {contactsText().import.done.updated}:{' '}
                    {one.counts.updated ?? 0}
                  </span>
                </span>
                <Show when={!one.undone} fallback={<span class="text-small text-ink-3">{contactsText().import.undone}</span>}>
                  <Button onClick={() => setAsking(one)}>{contactsText().import.undo}</Button>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={asking()}>
          {(one) => (
            <Sheet small title={one().fileName} closeLabel={t().app.close} close={() => setAsking(null)}>
              <div class="flex flex-col gap-4 p-5">
                <p>{contactsText().import.undoConfirm}</p>
                <p role="alert" class="text-small text-cochinilla empty:hidden">
                  {action.error()}
                </p>
                <div class="flex flex-wrap gap-2">
                  <Button kind="danger" busy={action.busy()} onClick={() => void action.run(() => undo(one()))}>
                    {contactsText().import.undo}
                  </Button>
                  <Button onClick={() => setAsking(null)}>{t().app.cancel}</Button>
                </div>
              </div>
            </Sheet>
          )}
        </Show>
      </section>
    </Show>
  )
}
