import { createMemo, createSignal, For, Show } from 'solid-js'
import { RATES_AT_ONCE, type RateOutcome, type RateRow } from '#contract/rates.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/rate-endpoints.ts'
import { dayBegin } from '../../company-day.rules.ts'
import { companyZone } from '../../company-zone.ts'
import { decoded } from '../../lib/csv-read.rules.ts'
import { ratesText } from '../../text/rates.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { CsvChoice } from '../../ui/csv-choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { rateName, ratePrice } from './rate-words.ts'
import { ratesOf } from './rates.rules.ts'

const LINES_MAX = 50
const IMPORT_MS = 30_000

type Line = { line: number; row: RateRow }
type Tried = { line: Line; said: RateOutcome }[]

/** A whole list from a file: what would change is shown, and only then it is kept. */
export function RateImport(props: { close: () => void; saved: () => void }) {
  const words = () => ratesText()
  const action = createAction()
  const [text, setText] = createSignal<{ name: string; text: string } | null>(null)
  const [from, setFrom] = createSignal('')
  const [tried, setTried] = createSignal<Tried | null>(null)
  const [unread, setUnread] = createSignal<string | null>(null)
  const read = createMemo(() => {
    const file = text()
    return file && ratesOf(file.text, dayBegin(from(), companyZone()), companyZone())
  })

  /** What is wrong with the whole file. */
  function trouble(): string | null {
    const found = read()
    if (!found) return unread()
    if (found.missing.length > 0) return words().missing(found.missing.join(', '))
    if (found.rows.length + found.wrong.length === 0) return words().empty
    return found.rows.length > RATES_AT_ONCE ? words().tooMany(RATES_AT_ONCE) : null
  }
  /** Lines that keep the file out, and why. */
  function wrongLines(): { line: number; why: string }[] {
    const unreadable = read()?.wrong.map(({ line, column }) => ({ line, why: words().wrong[column] })) ?? []
    const refused = (tried() ?? []).flatMap(({ line: { line }, said: { outcome } }) =>
      outcome === 'past' || outcome === 'twice' ? [{ line, why: outcome === 'past' ? words().pastLine : words().twiceLine }] : [],
    )
    return [...unreadable, ...refused]
  }

  async function take(file: File): Promise<void> {
    setUnread(null)
    setText(null)
    const bytes = await file.arrayBuffer().catch(() => null)
    if (!bytes) return void setUnread(words().unreadable)
    setText({ name: file.name, text: decoded(new Uint8Array(bytes)) })
    await look()
  }

  /** What would become of the file, as the server says. */
  async function look(): Promise<void> {
    setTried(null)
    if (!trouble() && wrongLines().length === 0) await action.run(tryOut)
  }
  async function tryOut(): Promise<void> {
    const lines = read()?.rows ?? []
    const { items } = await send(lines, true)
    setTried(lines.flatMap((line, at) => (items[at] ? [{ line, said: items[at] }] : [])))
  }
  const send = (lines: readonly Line[], dryRun: boolean) =>
    call(api.setRates, { rows: lines.map(({ row }) => row), dryRun }, { timeoutMs: IMPORT_MS })

  async function keep(): Promise<void> {
    const { isKept } = await send(read()?.rows ?? [], false)
    // Time has passed over a day of the file since it was tried.
    if (!isKept) return tryOut()
    say(words().imported)
    props.saved()
  }

  return (
    <Sheet title={words().import} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <p class="text-small text-ink-2">{words().importHelp}</p>
        <CsvChoice take={(file) => void take(file)}>{text() ? words().another : words().choose}</CsvChoice>
        <Field
          label={words().importFrom}
          hint={words().fromHelp}
          type="date"
          value={from()}
          onChange={(event) => {
            setFrom(event.currentTarget.value)
            if (text()) void look()
          }}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {trouble() ?? action.error()}
        </p>
        <Show when={wrongLines().length > 0}>
          <section role="status" class="rounded-card border border-line bg-surface p-4 text-small">
            <p class="font-semibold">{words().notKept}</p>
            <ul>
              <For each={wrongLines().slice(0, LINES_MAX)}>
                {({ line, why }) => (
                  <li>
                    <span class="font-semibold">{words().line(line)}</span>: {why}
                  </li>
                )}
              </For>
            </ul>
            <Show when={wrongLines().length > LINES_MAX}>
              <p class="text-ink-3">{words().moreLines(wrongLines().length - LINES_MAX)}</p>
            </Show>
          </section>
        </Show>
        <Show when={wrongLines().length === 0 && tried()}>
          {(found) => <Changes tried={found()} busy={action.busy()} keep={() => void action.run(keep)} />}
        </Show>
      </div>
    </Sheet>
  )
}

/** What the file would change, line by line, and the button that does it. */
function Changes(props: { tried: Tried; busy: boolean; keep: () => void }) {
  const words = () => ratesText()
  const count = (outcome: RateOutcome['outcome']) => props.tried.filter(({ said }) => said.outcome === outcome).length
  const kept = () => props.tried.filter(({ said }) => said.outcome !== 'same')
  /** What is only confirmed says nothing new. */
  const moved = () => kept().filter(({ said }) => said.outcome !== 'confirmed')
  function sentence({ line: { row }, said }: Tried[number]): string {
    const price = ratePrice(row.price, row.currency)
    if (!said.before) return words().newLine(rateName(row), price)
    return words().changedLine(rateName(row), ratePrice(said.before.price, row.currency), price)
  }
  return (
    <section role="status" class="flex flex-col gap-3 rounded-card border border-line bg-surface p-4 text-small">
      <p class="nums font-semibold">{words().counts(count('new'), count('changed'), count('confirmed'), count('same'))}</p>
      <Show when={kept().length > 0} fallback={<p>{words().nothing}</p>}>
        <ul class="nums text-ink-2">
          <For each={moved().slice(0, LINES_MAX)}>
            {(one) => (
              <li>
                <span class="font-semibold">{words().line(one.line.line)}</span>: {sentence(one)}
              </li>
            )}
          </For>
        </ul>
        <Show when={moved().length > LINES_MAX}>
          <p class="text-ink-3">{words().moreLines(moved().length - LINES_MAX)}</p>
        </Show>
        <Button kind="primary" busy={props.busy} onClick={() => props.keep()}>
          {words().apply(kept().length)}
        </Button>
      </Show>
    </section>
  )
}
