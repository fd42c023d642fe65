import { For, Show } from 'solid-js'
import { CountryChoice } from '../../contact/country-choice.tsx'
import { contactsText } from '../../text/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { CsvChoice } from '../../ui/csv-choice.tsx'
import { Choice } from '../../ui/field.tsx'
import { createImport, type Way } from './create-import.ts'
import type { Column } from './csv.rules.ts'
import { ImportHistory } from './import-history.tsx'
import { ImportResult } from './import-result.tsx'

const COLUMNS: readonly Column[] = ['name', 'phone', 'document', 'email']
const WAYS: readonly Way[] = ['fill', 'replace', 'skip']
const isColumn = (text: string): text is Column => COLUMNS.some((column) => column === text)
const isWay = (text: string): text is Way => WAYS.some((way) => way === text)

/** A file of contacts: what each column is, what would happen, and only then it is kept. */
export default function ImportScreen() {
  const work = createImport()
  return (
    <div class="flex flex-col gap-5">
      <p class="text-small text-ink-2">{contactsText().import.help}</p>
      <CsvChoice take={(file) => void work.take(file)}>
        {work.file.read ? contactsText().import.another : contactsText().import.choose}
      </CsvChoice>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {work.trouble()}
      </p>
      <Show when={work.file.read}>
        {(read) => (
          <>
            <p class="font-semibold">
              {read().name} · {contactsText().import.rows(read().rows.length)}
            </p>
            <section>
              <h2 class="mb-1 text-small font-semibold">{contactsText().import.columns}</h2>
              <div class="grid gap-3 tablet:grid-cols-2">
                <For each={read().columns}>
                  {(column, at) => (
                    <Choice
                      label={read().headings?.[at()] || read().rows[0]?.[at()] || String(at() + 1)}
                      hint={read()
                        .rows.slice(0, 3)
                        .map((row) => row[at()] ?? '')
                        .filter(Boolean)
                        .join(' · ')
                        .slice(0, 80)}
                      value={column ?? ''}
                      onChange={(event) => {
                        const { value } = event.currentTarget
                        work.setColumn(at(), isColumn(value) ? value : null)
                      }}
                    >
                      <option value="" selected={column === null}>
                        {contactsText().import.ignore}
                      </option>
                      <For each={COLUMNS}>
                        {(name) => (
                          <option value={name} selected={column === name}>
                            {contactsText().import.column[name]}
                          </option>
                        )}
                      </For>
                    </Choice>
                  )}
                </For>
              </div>
            </section>
            <div class="grid gap-3 tablet:grid-cols-2">
              <CountryChoice label={contactsText().import.country} value={work.country()} choose={work.setCountry} />
              <Choice
                label={contactsText().import.existing}
                value={work.existing()}
                onChange={(event) => isWay(event.currentTarget.value) && work.setExisting(event.currentTarget.value)}
              >
                <For each={WAYS}>{(way) => <option value={way}>{contactsText().import.ways[way]}</option>}</For>
              </Choice>
            </div>
            <Show when={work.gap()}>
              <p role="status" class="rounded-segment bg-maiz-tint px-3 py-2 text-small">
                {work.gap()}
              </p>
            </Show>
            <Show when={!work.tried()}>
              <Button kind="primary" busy={work.busy()} disabled={work.gap() !== null} onClick={() => void work.test()}>
                {contactsText().import.test}
              </Button>
            </Show>
            <Show when={work.tried()}>
              {(said) => (
                <ImportResult
                  said={said()}
                  title={contactsText().import.result}
                  words={contactsText().import.outcomes}
                  offset={read().headings ? 2 : 1}
                >
                  <Show when={(said().counts.created ?? 0) + (said().counts.updated ?? 0) + (said().counts.conflict ?? 0) > 0}>
                    <Button kind="primary" busy={work.busy()} onClick={() => void work.run()}>
                      {contactsText().import.run((said().counts.created ?? 0) + (said().counts.updated ?? 0))}
                    </Button>
                  </Show>
                </ImportResult>
              )}
            </Show>
          </>
        )}
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {work.error()}
      </p>
      <Show when={work.done()}>
        {(said) => (
          <ImportResult said={said()} title={contactsText().import.imported} words={contactsText().import.done} offset={2} />
        )}
      </Show>
      <ImportHistory latest={work.done()?.importId ?? null} />
    </div>
  )
}
