import Download from 'lucide-solid/icons/download'
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import type { Transfer } from '#contract/desk.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { saveFile } from '../../lib/copy.ts'
import { csvOf } from '../../lib/csv-file.ts'
import { useDesk } from '../../live/context.ts'
import { createAsked } from '../../live/create-asked.ts'
import { deskWork } from '../../text/desk-work.ts'
import { problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { TransferCard } from './transfer-card.tsx'
import { transferCells } from './transfer-cells.ts'

/** In the order in which they matter. */
const STATES: readonly Transfer['state'][] = ['requested', 'approved', 'denied', 'cancelled', 'expired']

/** Requests to give a chat to somebody else: one's own, and those that one may decide. The history is kept whole. */
export default function TransfersScreen() {
  const { desk } = useDesk()
  const [state, setState] = createSignal<Transfer['state'] | null>(null)
  const [next, setNext] = createSignal<string | null>(null)
  const more = createAction()
  const saving = createAction()
  const pageOf = (cursor: string | null) =>
    call(api.listTransfers, { ...(state() && { state: state() ?? undefined }), ...(cursor && { cursor }) })
  const asked = createAsked(async () => {
    const page = await pageOf(null)
    setNext(page.next)
    return page.items
  })
  createEffect(on(state, () => void asked.again(), { defer: true }))
  const shown = createMemo(() => (asked.items() ?? []).filter((one) => state() === null || one.state === state()))

  async function readMore() {
    const page = await pageOf(next())
    setNext(page.next)
    const known = new Set((asked.items() ?? []).map(({ id }) => id))
    asked.put([...(asked.items() ?? []), ...page.items.filter(({ id }) => !known.has(id))])
  }

  /** Everything that the filter lets through, page after page. */
  async function save() {
    const all: Transfer[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(cursor)
      all.push(...page.items)
      cursor = page.next
    } while (cursor !== null)
    saveFile(`traspasos-${new Date().toISOString().slice(0, 10)}.csv`, csvOf(transferCells(all)))
  }

  /** What was heard or decided takes its place at once. */
  function put(transfer: Transfer) {
    const now = asked.items() ?? []
    const isKnown = now.some(({ id }) => id === transfer.id)
    asked.put(isKnown ? now.map((one) => (one.id === transfer.id ? transfer : one)) : [transfer, ...now])
  }
  onCleanup(desk.onTransfer(put))

  return (
    <main class="flex h-full flex-col">
      <header class="flex-none border-b border-line bg-surface px-4 pt-[max(12px,env(safe-area-inset-top))] pb-3 tablet:px-5.5">
        <div class="flex flex-wrap items-center gap-x-3">
          <h1 class="min-w-min flex-1 text-title font-bold tracking-[-0.02em]">{deskWork().transfers}</h1>
          <Button kind="quiet" icon={Download} busy={saving.busy()} onClick={() => void saving.run(save)}>
            {deskWork().export}
          </Button>
        </div>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {saving.error() ?? more.error()}
        </p>
        <div class="no-bar mt-2 flex gap-2 overflow-x-auto" role="group" aria-label={deskWork().transfers}>
          <FilterChip name={deskWork().all} chosen={state() === null} choose={() => setState(null)} />
          <For each={STATES}>
            {(one) => <FilterChip name={deskWork().states[one]} chosen={state() === one} choose={() => setState(one)} />}
          </For>
        </div>
      </header>
      <div class="scroll-thin min-h-0 flex-1 overflow-y-auto" aria-busy={asked.loading() && !asked.items()}>
        <div class="mx-auto max-w-180 p-4 pb-12">
          <Show when={asked.problem()}>
            {(problem) => (
              <ErrorCard
                title={problemText(problem().code).cause}
                help={problemText(problem().code).nextStep}
                action={{ name: t().app.retry, run: () => void asked.again() }}
              />
            )}
          </Show>
          <Show
            when={shown().length > 0}
            fallback={
              <Show when={asked.items()}>
                <Empty title={deskWork().empty} help={deskWork().emptyHelp} />
              </Show>
            }
          >
            <ul class="grid grid-cols-1 gap-3">
              <For each={shown()}>{(one) => <TransferCard transfer={one} decided={put} />}</For>
            </ul>
            <Show when={next() !== null}>
              <Button class="mt-4 w-full" busy={more.busy()} onClick={() => void more.run(readMore)}>
                {deskWork().more}
              </Button>
            </Show>
          </Show>
        </div>
      </div>
    </main>
  )
}
