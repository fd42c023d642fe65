import { createMemo, createSignal, For, Show } from 'solid-js'
import type { ShownLabel } from '#contract/inbox.ts'
import type { Label } from '#contract/labels.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { plainWords } from '../../lib/plain.rules.ts'
import { useDesk } from '../../live/context.ts'
import { labelsText } from '../../text/labels.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { LabelChip } from '../../ui/badge.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

/** From this many labels on there is a field to find one. */
const MANY = 9

type LabelSheetProps = {
  title: string
  /** What stands on the chat or message now. */
  on: readonly ShownLabel[] | undefined
  /** Puts a label on or takes it off: at once here, at the server in its turn. */
  set: (label: Label, on: boolean) => Promise<void>
  close: () => void
}

/** Chooses labels by touching them: those that the role sees, and inactive ones only where they stand already. */
export function LabelSheet(props: LabelSheetProps) {
  const { labels } = useDesk()
  const [words, setWords] = createSignal('')
  const [busy, setBusy] = createSignal<ReadonlySet<string>>(new Set())
  const isOn = (id: string) => props.on?.some((label) => label.id === id) === true
  const offered = createMemo(() => labels.items().filter(({ id, archived }) => !archived || isOn(id)))
  const found = () => offered().filter(({ name }) => plainWords(name).includes(plainWords(words().trim())))

  async function toggle(label: Label) {
    if (busy().has(label.id)) return
    setBusy((ids) => new Set(ids).add(label.id))
    try {
      await props.set(label, !isOn(label.id))
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    } finally {
      setBusy((ids) => new Set([...ids].filter((id) => id !== label.id)))
    }
  }

  return (
    <Sheet title={props.title} closeLabel={t().app.close} close={props.close}>
      <Show when={offered().length > 0} fallback={<Empty title={labelsText().none} help={labelsText().noneHelp} />}>
        <Show when={offered().length >= MANY}>
          <Field
            class="px-5 pt-4"
            label={labelsText().find}
            type="search"
            autocomplete="off"
            value={words()}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </Show>
        <ul class="p-2">
          <For each={found()}>
            {(label) => (
              <li>
                <label class="row flex min-h-14 items-center gap-3 rounded-button px-3 py-2" title={label.description}>
                  <input
                    type="checkbox"
                    class="size-5 flex-none accent-anil"
                    checked={isOn(label.id)}
                    aria-busy={busy().has(label.id)}
                    onChange={(event) => {
                      // What is kept is shown, not what the thumb did.
                      event.currentTarget.checked = isOn(label.id)
                      void toggle(label)
                    }}
                  />
                  <span class="min-w-0 flex-1">
                    <LabelChip name={label.name} color={label.color} class="max-w-full" />
                    <span class="block text-meta text-ink-2 empty:hidden">
                      {[label.archived && labelsText().inactive, label.description].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                </label>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Sheet>
  )
}
