import { For, Show, type JSX } from 'solid-js'
import { contactsText } from '../../text/contacts.ts'
import type { Said } from './create-import.ts'

type Outcome = Said['rows'][number]['outcome']
const OUTCOMES: readonly Outcome[] = ['created', 'updated', 'same', 'conflict', 'refused']
const LINES_MAX = 50

type ImportResultProps = {
  said: Said
  title: string
  words: Record<Outcome, string>
  /** Which line of the file the first row is. */
  offset: number
  children?: JSX.Element
}

/** What becomes of the rows: how many of each, and why some do not come in. */
export function ImportResult(props: ImportResultProps) {
  const refused = () => props.said.rows.flatMap(({ reason }, at) => (reason ? [{ reason, line: at + props.offset }] : []))
  return (
    <section role="status" class="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <h2 class="font-semibold">{props.title}</h2>
      <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <For each={OUTCOMES.filter((outcome) => (props.said.counts[outcome] ?? 0) > 0)}>
          {(outcome) => (
            <>
              <dd class="nums text-right font-display font-bold">{props.said.counts[outcome]}</dd>
              <dt>{props.words[outcome]}</dt>
            </>
          )}
        </For>
      </dl>
      <Show when={refused().length > 0}>
        <ul class="text-small text-ink-2">
          <For each={refused().slice(0, LINES_MAX)}>
            {({ reason, line }) => (
              <li>
                <span class="font-semibold">{contactsText().import.line(line)}</span>: {contactsText().import.reasons[reason]}
              </li>
            )}
          </For>
        </ul>
        <Show when={refused().length > LINES_MAX}>
          <p class="text-small text-ink-3">{contactsText().import.moreLines(refused().length - LINES_MAX)}</p>
        </Show>
      </Show>
      {props.children}
    </section>
  )
}
