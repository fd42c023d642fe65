import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js'
import type { Transfer } from '#contract/desk.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { createAsked } from '../../live/create-asked.ts'
import { deskWork } from '../../text/desk-work.ts'
import { problemText, t } from '../../text/text.ts'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { TransferCard } from './transfer-card.tsx'

/** In the order in which they matter. */
const STATES: readonly Transfer['state'][] = ['requested', 'approved', 'denied', 'cancelled', 'expired']

/** Requests to give a chat to somebody else: one's own, and those that one may decide. */
export default function TransfersScreen() {
  const { desk } = useDesk()
  const [state, setState] = createSignal<Transfer['state'] | null>(null)
  const asked = createAsked(async () => (await call(api.listTransfers, {})).items)
  const shown = createMemo(() => (asked.items() ?? []).filter((one) => state() === null || one.state === state()))
  const count = (of: Transfer['state']) => asked.items()?.filter((one) => one.state === of).length

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
        <h1 class="text-title font-bold tracking-[-0.02em]">{deskWork().transfers}</h1>
        <div class="no-bar mt-2 flex gap-2 overflow-x-auto" role="group" aria-label={deskWork().transfers}>
          <FilterChip
            name={deskWork().all}
            count={asked.items()?.length}
            chosen={state() === null}
            choose={() => setState(null)}
          />
          <For each={STATES}>
            {(one) => (
              <FilterChip
                name={deskWork().states[one]}
                count={count(one)}
                chosen={state() === one}
                choose={() => setState(one)}
              />
            )}
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
            <ul class="grid gap-3">
              <For each={shown()}>{(one) => <TransferCard transfer={one} decided={put} />}</For>
            </ul>
          </Show>
        </div>
      </div>
    </main>
  )
}
