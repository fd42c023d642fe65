import { createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { OutputOf } from '#contract/endpoint.ts'
import type { IMPORT_WAYS, importContacts } from '#contract/contacts.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { firstCountry } from '../../contact/country-choice.tsx'
import { uuidv7 } from '../../lib/uuid.ts'
import { decoded, parseCsv } from '../../lib/csv-read.rules.ts'
import { useDesk } from '../../live/context.ts'
import { contactsText } from '../../text/contacts.ts'
import { chosenCells, guessColumns, hasHeadings, type Column } from './csv.rules.ts'

export const MAX_ROWS = 5000
const IMPORT_MS = 30_000

export type Way = (typeof IMPORT_WAYS)[number]
export type Said = OutputOf<typeof importContacts>
type Read = { name: string; headings: string[] | null; rows: string[][]; columns: (Column | null)[] }

/** A file on its way in: read here, tried there without being kept, then kept. A change of anything asks for another try. */
export function createImport() {
  const { desk } = useDesk()
  const action = createAction()
  const [file, setFile] = createStore<{ read: Read | null }>({ read: null })
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [country, setCountry] = createSignal(firstCountry(desk.me.account.country))
  const [existing, setExisting] = createSignal<Way>('fill')
  const [tried, setTried] = createSignal<Said | null>(null)
  const [done, setDone] = createSignal<Said | null>(null)
  /** Of what is chosen now: kept again after a lost answer, it is the same import. */
  let importId = uuidv7()

  async function take(chosen: File) {
    importId = uuidv7()
    setTried(null)
    setDone(null)
    setTrouble(null)
    setFile('read', null)
    const all = await chosen.arrayBuffer().then(
      (bytes) => parseCsv(decoded(new Uint8Array(bytes))),
      () => null,
    )
    if (!all) return setTrouble(contactsText().import.unreadable)
    const [first = []] = all
    const headings = hasHeadings(first) ? first : null
    const rows = headings ? all.slice(1) : all
    if (rows.length === 0) return setTrouble(contactsText().import.noRows)
    if (rows.length > MAX_ROWS) return setTrouble(contactsText().import.tooMany(rows.length))
    const width = Math.max(...rows.slice(0, 50).map((row) => row.length))
    const columns = Array.from({ length: width }, (_, at) => guessColumns(headings ?? [])[at] ?? null)
    setFile('read', { name: chosen.name.slice(0, 120), headings, rows, columns })
  }

  /** Why it cannot be tried yet. */
  function gap(): string | null {
    const chosen = file.read?.columns.filter((column) => column !== null) ?? []
    if (!chosen.includes('phone')) return contactsText().import.needsPhone
    return new Set(chosen).size < chosen.length ? contactsText().import.twice : null
  }

  async function ask(dryRun: boolean): Promise<Said | null> {
    const { read } = file
    if (!read) return null
    const given = {
      importId,
      fileName: read.name,
      country: country(),
      existing: existing(),
      dryRun,
      ...chosenCells(read.rows, read.columns),
    }
    return call(api.importContacts, given, { timeoutMs: IMPORT_MS })
  }

  async function tryOut(): Promise<void> {
    setTried(await ask(true))
  }

  async function keep(): Promise<void> {
    const said = await ask(false)
    setTried(null)
    setFile('read', null)
    setDone(said)
  }

  const stale = <T>(set: (value: T) => void) => {
    return (value: T) => {
      importId = uuidv7()
      setTried(null)
      set(value)
    }
  }

  return {
    file,
    trouble,
    country,
    existing,
    tried,
    done,
    busy: action.busy,
    error: action.error,
    gap,
    take,
    setCountry: stale(setCountry),
    setExisting: stale<Way>(setExisting),
    setColumn(at: number, column: Column | null): void {
      importId = uuidv7()
      setTried(null)
      setFile('read', 'columns', at, column)
    },
    test: () => action.run(tryOut),
    run: () => action.run(keep),
  }
}
