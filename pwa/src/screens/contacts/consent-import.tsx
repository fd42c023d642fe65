import { createSignal, For, Show } from 'solid-js'
import { CONSENT_OUTCOMES } from '#contract/consent-words.ts'
import type { Consent, importConsents } from '#contract/consents.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { ConsentFields, nothingSaid, wordOf } from '../../contact/consent-fields.tsx'
import { StateChoice } from '../../contact/consent-sheet.tsx'
import { CountryChoice, firstCountry } from '../../contact/country-choice.tsx'
import { decoded, parseCsv } from '../../lib/csv-read.rules.ts'
import { useDesk } from '../../live/context.ts'
import { consentsText } from '../../text/consents.ts'
import { contactsText } from '../../text/contacts.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { CsvChoice } from '../../ui/csv-choice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { MAX_ROWS } from './create-import.ts'
import { guessColumns, hasHeadings } from './csv.rules.ts'

const IMPORT_MS = 60_000
type Result = OutputOf<typeof importConsents>
type Row = { phone: string; name: string }
type Read = { name: string; rows: Row[]; firstLine: number }

/** The numbers of a file, and names where it has them; null when nothing in it can be a number. */
function rowsIn(all: string[][]): { rows: Row[]; firstLine: number } | null {
  const [first = []] = all
  const headings = hasHeadings(first) ? first : null
  const rows = headings ? all.slice(1) : all
  const guessed = guessColumns(headings ?? [])
  const looksLikeNumber = (cell: string | undefined) => (cell ?? '').replaceAll(/\D/g, '').length >= 7
  const byCells = rows[0]?.findIndex(looksLikeNumber) ?? -1
  const phoneAt = guessed.includes('phone') ? guessed.indexOf('phone') : byCells
  if (phoneAt < 0 || rows.length === 0) return null
  const nameAt = guessed.indexOf('name')
  return {
    rows: rows.map((row) => ({ phone: row[phoneAt] ?? '', name: nameAt < 0 ? '' : (row[nameAt] ?? '') })),
    firstLine: headings ? 2 : 1,
  }
}

/** A file of people who all said the same: tried first, then kept. */
export function ConsentImport(props: { close: () => void; imported: () => void }) {
  const { desk } = useDesk()
  const action = createAction()
  const [read, setRead] = createSignal<Read | null>(null)
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [said, setSaid] = createSignal(nothingSaid)
  const [state, setState] = createSignal<Consent['state']>('out')
  const [country, setCountry] = createSignal(firstCountry(desk.me.account.country))
  const [tried, setTried] = createSignal<Result | null>(null)
  const [done, setDone] = createSignal<Result | null>(null)
  const again = () => setTried(null)

  async function take(file: File) {
    setTrouble(null)
    setRead(null)
    setDone(null)
    again()
    const all = await file.arrayBuffer().then(
      (bytes) => parseCsv(decoded(new Uint8Array(bytes))),
      () => null,
    )
    if (!all) return setTrouble(contactsText().import.unreadable)
    const found = rowsIn(all)
    if (!found) return setTrouble(contactsText().import.needsPhone)
    if (found.rows.length > MAX_ROWS) return setTrouble(contactsText().import.tooMany(found.rows.length))
    setRead({ name: file.name.slice(0, 120), ...found })
  }

  async function ask(dryRun: boolean): Promise<Result | null> {
    const file = read()
    if (!file) return null
    const given = { fileName: file.name, country: country(), dryRun, state: state(), ...wordOf(said()), rows: file.rows }
    return call(api.importConsents, given, { timeoutMs: IMPORT_MS })
  }

  async function submit() {
    if (!tried()) return void setTried(await ask(true))
    setDone(await ask(false))
    setRead(null)
    again()
    props.imported()
  }

  return (
    <Sheet title={consentsText().importTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onInput={again}
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(submit)
        }}
      >
        <p class="text-small text-ink-2">{consentsText().importHelp}</p>
        <CsvChoice take={(file) => void take(file)}>
          {read() ? contactsText().import.another : contactsText().import.choose}
        </CsvChoice>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {trouble()}
        </p>
        <Show when={read()}>
          {(file) => (
            <>
              <p class="font-semibold">
                {file().name} · {contactsText().import.rows(file().rows.length)}
              </p>
              <CountryChoice label={contactsText().import.country} value={country()} choose={setCountry} />
              <StateChoice value={state()} choose={setState} />
              <ConsentFields said={said()} change={setSaid} />
              <Show when={tried()}>
                {(result) => <Outcome result={result()} words={consentsText().outcomes} firstLine={file().firstLine} />}
              </Show>
              <Button
                kind="primary"
                type="submit"
                busy={action.busy()}
                disabled={tried()?.counts.written === undefined && tried() !== null}
              >
                {tried() ? consentsText().willWrite(tried()?.counts.written ?? 0) : contactsText().import.test}
              </Button>
            </>
          )}
        </Show>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Show when={done()}>{(result) => <Outcome result={result()} words={consentsText().done} firstLine={2} />}</Show>
      </form>
    </Sheet>
  )
}

const LINES_MAX = 20

function Outcome(props: { result: Result; words: Record<(typeof CONSENT_OUTCOMES)[number], string>; firstLine: number }) {
  const refused = () =>
    props.result.rows.flatMap(({ reason }, at) => (reason ? [{ reason, line: at + props.firstLine }] : [])).slice(0, LINES_MAX)
  return (
    <div role="status" class="rounded-card border border-line p-4">
      <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <For each={CONSENT_OUTCOMES.filter((outcome) => (props.result.counts[outcome] ?? 0) > 0)}>
          {(outcome) => (
            <>
              <dd class="nums text-right font-display font-bold">{props.result.counts[outcome]}</dd>
              <dt>{props.words[outcome]}</dt>
            </>
          )}
        </For>
      </dl>
      <ul class="text-small text-ink-2">
        <For each={refused()}>
          {({ reason, line }) => (
            <li>
              <span class="font-semibold">{contactsText().import.line(line)}</span>: {contactsText().import.reasons[reason]}
            </li>
          )}
        </For>
      </ul>
    </div>
  )
}
