import { useSearchParams } from '@solidjs/router'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { ReconDay, Reconciliation } from '#contract/reconciliation.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/reconciliation-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { calendarDay } from '../../text/format.ts'
import { reconciliationText } from '../../text/reconciliation.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { say } from '../../ui/toast.tsx'
import { BalanceCards } from './balance-cards.tsx'
import { Days } from './days.tsx'
import { Items, type Show_ } from './items.tsx'
import { dayIn, isEven } from './reconciliation.rules.ts'
import { StateLine } from './state-line.tsx'

const PAGE = '/settings/operator/reconciliation'
/** Both gateways are read, page by page, and what is missing is looked at. */
const LONG_MS = 120_000

const gatewayIn = (value: unknown): ReconDay['gateway'] | null => (value === 'stripe' || value === 'paypal' ? value : null)
const showIn = (value: unknown): Show_ | null =>
  value === 'open' || value === 'late' || value === 'decided' || value === 'matched' ? value : null

/** Our money at each gateway beside our books: how it stands, and each day's movements. For who runs the service. */
export default function ReconciliationScreen() {
  const [params, setParams] = useSearchParams()
  const [turn, setTurn] = createSignal(0)
  const action = createAction()
  const words = () => reconciliationText()
  const day = () => dayIn(params['day'])
  const gateway = () => gatewayIn(params['gateway'])
  const show = () => showIn(params['show'])
  const isList = () => day() !== null || show() !== null
  const title = () => {
    const [at, name] = [day(), gateway()]
    return at && name ? words().dayTitle(words().gateways[name], calendarDay(at)) : words().title
  }

  function run(): void {
    const at = day()
    void action.run(async () => {
      await call(api.runReconciliation, at === null ? {} : { day: at }, { timeoutMs: LONG_MS })
      say(words().ran)
      setTurn((n) => n + 1)
    })
  }

  return (
    <PartPage
      title={title()}
      back={isList() ? PAGE : '/settings/operator'}
      actions={
        <Button icon={RefreshCw} busy={action.busy()} onClick={run}>
          {day() === null ? words().run : words().again}
        </Button>
      }
    >
      <div class="grid gap-4">
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Show when={isList()} fallback={<Overview turn={turn()} />}>
          <Items
            of={{ ...(day() && { day: day() ?? '' }), ...(gateway() && { gateway: gateway() ?? 'stripe' }) }}
            show={show()}
            turn={turn()}
            choose={(next) => setParams({ show: next ?? undefined })}
          />
        </Show>
      </div>
    </PartPage>
  )
}

function Overview(props: { turn: number }) {
  const words = () => reconciliationText()
  const [, setParams] = useSearchParams()
  const [older, setOlder] = createSignal<readonly ReconDay[]>([])
  const [next, setNext] = createSignal<string | null>(null)
  const more = createAction()
  const asked = createAsked(
    () => call(api.getReconciliation, {}),
    (found: Reconciliation) => (setOlder([]), setNext(found.next)),
  )
  createEffect(
    on(
      () => props.turn,
      () => void asked.again(),
      { defer: true },
    ),
  )

  async function fetchMore() {
    const cursor = next()
    const found = await call(api.getReconciliation, cursor === null ? {} : { cursor })
    setOlder((before) => [...before, ...found.days])
    setNext(found.next)
  }

  return (
    <>
      <LoadProblem of={asked} title={words().loadFailed} offline={words().needsNetwork} />
      <Show when={asked.items()}>
        {(found) => (
          <>
            <div class="grid gap-2">
              <p class="text-small text-ink-2">{words().about}</p>
              <Show
                when={found().open > 0}
                fallback={
                  <Show when={found().days.length > 0}>
                    <StateLine
                      mood={isEven(found()) ? 'good' : 'waits'}
                      words={isEven(found()) ? words().allEven : words().nothingToDecide}
                      class="text-body"
                    />
                  </Show>
                }
              >
                <div class="flex flex-wrap items-center gap-3 rounded-card bg-cochinilla-tint px-4 py-2">
                  <StateLine mood="wrong" words={words().openCount(found().open)} class="min-w-0 flex-1 text-body" />
                  <Button onClick={() => setParams({ show: 'open' })}>{words().seeOpen}</Button>
                </div>
              </Show>
            </div>
            <Show
              when={found().balances.length + found().books.length > 0}
              fallback={<Empty title={words().noneSeen} help={words().noneSeenHelp} />}
            >
              <BalanceCards balances={found().balances} books={found().books} />
            </Show>
            <section class="grid gap-2">
              <h2 class="text-heading font-bold">{words().days}</h2>
              <Days days={[...found().days, ...older()]} />
              <p role="alert" class="text-small text-cochinilla empty:hidden">
                {more.error()}
              </p>
              <Show when={next()}>
                <Button class="w-full" busy={more.busy()} onClick={() => void more.run(fetchMore)}>
                  {words().more}
                </Button>
              </Show>
            </section>
          </>
        )}
      </Show>
    </>
  )
}
