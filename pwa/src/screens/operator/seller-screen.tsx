import { createSignal, For, Show } from 'solid-js'
import type { Party, Seller } from '#contract/papers.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/paper-endpoints.ts'
import { dayBegin } from '../../company-day.rules.ts'
import { companyZone } from '../../company-zone.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { PartyLines, PartySheet } from '../../party-sheet.tsx'
import { dayTime } from '../../text/format.ts'
import { operatorText } from '../../text/operator.ts'
import { papersText } from '../../text/papers.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { State, type Tone } from './parts.tsx'

const TONES: Record<'now' | 'coming' | 'past', Tone> = { now: 'good', coming: 'wait', past: 'plain' }

/** Who sells, as it stands on receipts: what is, what comes and what was. */
export default function SellerScreen() {
  const words = () => papersText()
  const asked = createAsked(() => call(api.listSellers, {}))
  const [editing, setEditing] = createSignal(false)
  const now = () => asked.items()?.items.find(({ isNow }) => isNow) ?? null

  async function save(party: Party, data: FormData): Promise<void> {
    await call(api.setSeller, { ...party, validFrom: dayBegin(String(data.get('from')), companyZone()) })
    setEditing(false)
    say(words().sellerSaved)
    void asked.again()
  }

  return (
    <PartPage title={words().seller} back="/settings/operator">
      <LoadProblem of={asked} title={operatorText().loadFailed} />
      <Show when={asked.items()}>
        {(found) => (
          <div class="grid gap-4">
            <p class="text-small text-ink-2">{words().sellerHelp}</p>
            <Show when={found().waiting > 0}>
              <p role="status" class="rounded-card bg-maiz-tint px-4 py-3 font-semibold text-maiz">
                {words().sellerWaiting(found().waiting)}
              </p>
            </Show>
            <Button class="justify-self-start" kind={now() ? 'outlined' : 'primary'} onClick={() => setEditing(true)}>
              {now() ? words().sellerChange : words().sellerSet}
            </Button>
            <ul class="grid gap-2">
              <For each={found().items} fallback={<Empty title={words().sellerNone} help={words().sellerNoneHelp} />}>
                {(seller) => <SellerCard seller={seller} />}
              </For>
            </ul>
          </div>
        )}
      </Show>
      <Show when={editing()}>
        <PartySheet title={words().seller} help={words().sellerHelp} party={now()} close={() => setEditing(false)} save={save}>
          <Show when={now()}>
            <Field label={words().sellerFrom} hint={words().sellerFromHelp} name="from" type="date" />
          </Show>
        </PartySheet>
      </Show>
    </PartPage>
  )
}

function SellerCard(props: { seller: Seller }) {
  const state = () => (props.seller.isNow ? 'now' : Date.parse(props.seller.validFrom) > Date.now() ? 'coming' : 'past')
  const details = () => [
    papersText().since(dayTime(props.seller.validFrom)),
    papersText().papers(props.seller.papers),
    props.seller.by && papersText().by(props.seller.by),
  ]
  return (
    <li class="rounded-card border border-line bg-surface px-4 py-3">
      <div class="flex items-start gap-3">
        <div class="min-w-0 flex-1">
          <PartyLines party={props.seller} />
        </div>
        <State tone={TONES[state()]}>{papersText().states[state()]}</State>
      </div>
      <p class="mt-1 text-meta text-ink-3">{details().filter(Boolean).join(' · ')}</p>
    </li>
  )
}
