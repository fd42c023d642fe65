import { A, useSearchParams } from '@solidjs/router'
import { createSignal, For, onMount, Show } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/subscription-endpoints.ts'
import { createRead, once } from '../../lib/create-read.ts'
import { isCardKept } from '../../create-card-change.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { subscriptionsText } from '../../text/subscriptions.ts'
import { Empty } from '../../ui/empty.tsx'
import { say } from '../../ui/toast.tsx'
import { NumberCard } from './number-card.tsx'

/** The company's numbers: what each one pays, and everything that can be done about it. */
export default function SubscriptionsScreen() {
  const words = () => subscriptionsText()
  const [query, setQuery] = useSearchParams()
  const [isChecking, setIsChecking] = createSignal(false)
  const asked = createAsked(() => call(api.listSubscriptions, {}))
  const [operates] = createRead(once, () =>
    call(api.isOperator, {}).then(
      ({ isOperator }) => isOperator,
      () => false,
    ),
  )

  /** Back from a gateway's page: nothing is believed of that but that it is time to ask. */
  onMount(async () => {
    const of = typeof query['of'] === 'string' ? query['of'] : null
    if (of === null) return
    setIsChecking(true)
    const { items } = await call(api.listSubscriptions, {}).catch(() => ({ items: [] }))
    const mine = items.flatMap(({ live, pending, last }) => [live, pending, last]).find((one) => one?.id === of)
    if (mine) await call(api.lookSubscription, { subscriptionId: mine.id }).catch(() => undefined)
    if (query['card'] === 'kept' && (await isCardKept())) say(words().cardChanged)
    setIsChecking(false)
    setQuery({ of: null, back: null, card: null }, { replace: true })
    void asked.again()
  })

  return (
    <PartPage title={words().title}>
      <p class="mb-4 max-w-[68ch] text-small text-ink-2">{words().help}</p>
      <p role="status" class="mb-3 text-small empty:hidden">
        {isChecking() && words().checking}
      </p>
      <LoadProblem of={asked} title={words().loadFailed} />
      <Show when={asked.items()}>
        {(listed) => (
          <>
            <Show when={!listed().sells}>
              <p class="mb-4 rounded-card bg-eucalipto-tint p-3 text-small">{words().notSold}</p>
            </Show>
            <ul class="grid gap-3">
              {/* By their ids: what is open on a card stays open when the list is read anew. */}
              <For each={listed().items.map(({ channel }) => channel.id)}>
                {(id) => (
                  <Show when={listed().items.find(({ channel }) => channel.id === id)}>
                    {(number) => (
                      <NumberCard
                        listed={listed()}
                        number={number()}
                        isMeant={query['number'] === id}
                        changed={() => void asked.again()}
                      />
                    )}
                  </Show>
                )}
              </For>
            </ul>
            <Show when={listed().items.length === 0}>
              <Empty title={words().empty} help={words().emptyHelp} />
            </Show>
          </>
        )}
      </Show>
      <Show when={operates.latest}>
        <A href="/settings/operator" class="button button-quiet mt-6 !text-anil">
          {words().console}
        </A>
      </Show>
    </PartPage>
  )
}
