import { createSignal, For } from 'solid-js'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/operator-endpoints.ts'
import { PartPage } from '../../part-page.tsx'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { operatorText } from '../../text/operator.ts'
import { FilterChip } from '../../ui/chip.tsx'
import { DisputeCard } from './dispute-card.tsx'
import { Paged } from './paged.tsx'

const STATES = ['open', 'over'] as const

/** Payments that somebody contests, the soonest to be answered first. */
export default function DisputesScreen() {
  const words = () => operatorMoneyText()
  const [state, setState] = createSignal<(typeof STATES)[number]>('open')
  const pages = createPages(state, (wanted, cursor) => call(api.listDisputes, { state: wanted, ...(cursor ? { cursor } : {}) }))
  return (
    <PartPage title={operatorText().parts.disputes.name} back="/settings/operator">
      <div class="mb-3 flex flex-wrap gap-2" role="group" aria-label={operatorText().parts.disputes.name}>
        <For each={STATES}>
          {(one) => <FilterChip name={words().disputeTabs[one]} chosen={state() === one} choose={() => setState(one)} />}
        </For>
      </div>
      <Paged
        pages={pages}
        empty={state() === 'open' ? words().noDisputes : words().noneOver}
        {...(state() === 'open' ? { emptyHelp: words().noDisputesHelp } : {})}
      >
        {(dispute) => (
          <DisputeCard dispute={dispute} changed={(now) => pages.replace((one) => (one.id === now.id ? now : one))} />
        )}
      </Paged>
    </PartPage>
  )
}
