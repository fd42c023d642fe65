import Download from 'lucide-solid/icons/download'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { ReconItem } from '#contract/reconciliation.ts'
import { call, callForFile } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/reconciliation-endpoints.ts'
import { saveFile } from '../../lib/copy.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { reconciliationText } from '../../text/reconciliation.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { say } from '../../ui/toast.tsx'
import { DecideSheet } from './decide-sheet.tsx'
import { ItemCard } from './item-card.tsx'

const SHOWS = ['open', 'late', 'decided', 'matched'] as const
const LONG_MS = 60_000

export type Show_ = (typeof SHOWS)[number]
type Of = { day?: string; gateway?: ReconItem['gateway'] }

/** Movements of a day with a gateway, or of all: with filters, and as a file. */
export function Items(props: {
  of: Of
  show: Show_ | null
  /** Grows when something was read anew. */
  turn: number
  choose: (show: Show_ | null) => void
}) {
  const words = () => reconciliationText()
  const [decided, setDecided] = createSignal<ReconItem | null>(null)
  const exporting = createAction()
  const filter = createMemo(() => ({ ...props.of, ...(props.show && { show: props.show }) }))
  const asked = createMemo(() => ({ filter: filter(), turn: props.turn }))
  const pages = createPages(asked, (now, cursor) => call(api.listReconItems, { ...now.filter, ...(cursor && { cursor }) }))
  const isEmpty = () => pages.items().length === 0 && !pages.loading() && !pages.problem()

  async function save() {
    const { blob, headers } = await callForFile(api.exportReconItems, filter(), { timeoutMs: LONG_MS })
    saveFile(`conciliacion-${props.of.day ?? new Date().toISOString().slice(0, 10)}.csv`, blob)
    say(headers.has('x-rows-left') ? words().exportedPart : words().exported)
  }

  return (
    <div class="grid gap-3">
      <div class="flex flex-wrap items-center justify-between gap-2">
        <div class="flex flex-wrap gap-x-2" role="group" aria-label={words().showLabel}>
          <FilterChip name={words().show.all} chosen={props.show === null} choose={() => props.choose(null)} />
          <For each={SHOWS}>
            {(one) => <FilterChip name={words().show[one]} chosen={props.show === one} choose={() => props.choose(one)} />}
          </For>
        </div>
        <Button icon={Download} busy={exporting.busy()} onClick={() => void exporting.run(save)}>
          {words().export}
        </Button>
      </div>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {exporting.error()}
      </p>
      <LoadProblem of={pages} title={words().loadFailed} />
      <ol class="grid gap-2" aria-busy={pages.loading()}>
        <For each={pages.items()}>{(item) => <ItemCard item={item} decide={() => setDecided(item)} />}</For>
      </ol>
      <Show when={isEmpty()}>
        <Empty title={words().none} help={words().noneHelp} />
      </Show>
      <Show when={pages.next()}>
        <Button class="w-full" busy={pages.loading()} onClick={() => void pages.more()}>
          {words().more}
        </Button>
      </Show>
      <Show when={decided()}>
        {(item) => (
          <DecideSheet item={item()} done={() => (setDecided(null), void pages.again())} close={() => setDecided(null)} />
        )}
      </Show>
    </div>
  )
}
