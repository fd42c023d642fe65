import Download from 'lucide-solid/icons/download'
import FileUp from 'lucide-solid/icons/file-up'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { RATE_PROVIDERS, type Rate } from '#contract/rates.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/rate-endpoints.ts'
import { saveFile } from '../../lib/copy.ts'
import { csvOf } from '../../lib/csv-file.ts'
import { plainWords } from '../../lib/plain.rules.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { dayTime } from '../../text/format.ts'
import { operatorText } from '../../text/operator.ts'
import { ratesText } from '../../text/rates.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { RateImport } from './rate-import.tsx'
import { RateSheet } from './rate-sheet.tsx'
import { marketName, rateCost, ratePrice } from './rate-words.ts'
import { byMarket, fileOf, isGuessed, marginPart, type Line } from './rates.rules.ts'

/** What messages cost, market by market: now, from a day on, and until now. */
export default function RatesScreen() {
  const words = () => ratesText()
  const [provider, setProvider] = createSignal<Rate['provider']>('meta')
  const [search, setSearch] = createSignal('')
  const [edited, setEdited] = createSignal<Rate | 'new' | null>(null)
  const [importing, setImporting] = createSignal(false)
  const asked = createAsked(() => call(api.listRates, { provider: provider() }))
  const markets = createMemo(() =>
    byMarket(asked.items()?.items ?? [], Date.now(), marketName).filter(({ market }) =>
      plainWords(`${marketName(market)} ${market}`).includes(plainWords(search().trim())),
    ),
  )
  const rate = () => {
    const one = edited()
    return one === 'new' ? null : one
  }

  const unconfirmed = () => (asked.items()?.items ?? []).filter(isGuessed).length

  function done(): void {
    setEdited(null)
    setImporting(false)
    void asked.again()
  }
  function turnTo(wanted: Rate['provider']): void {
    setProvider(wanted)
    void asked.again()
  }
  function save(): void {
    const day = new Date().toISOString().slice(0, 10)
    saveFile(`tarifas-${provider()}-${day}.csv`, csvOf(fileOf(asked.items()?.items ?? [], Date.now())))
  }

  return (
    <PartPage title={operatorText().parts.rates.name} back="/settings/operator">
      <div class="grid gap-4">
        <p class="text-small text-ink-2">{words().help}</p>
        <Show when={unconfirmed()}>
          {(count) => <p class="rounded-card bg-maiz-tint px-4 py-3 text-small">{words().unconfirmed(count())}</p>}
        </Show>
        <div class="flex flex-wrap items-center justify-between gap-2">
          <div class="flex gap-2" role="group" aria-label={words().provider}>
            <For each={RATE_PROVIDERS}>
              {(one) => <FilterChip name={words().providers[one]} chosen={provider() === one} choose={() => turnTo(one)} />}
            </For>
          </div>
          <Button icon={Plus} onClick={() => setEdited('new')}>
            {words().add}
          </Button>
        </div>
        <Field label={words().search} type="search" maxlength={60} onInput={(event) => setSearch(event.currentTarget.value)} />
        <div class="-mx-3 flex flex-wrap">
          <Button kind="quiet" icon={FileUp} onClick={() => setImporting(true)}>
            {words().import}
          </Button>
          <Button kind="quiet" icon={Download} disabled={!asked.items()} onClick={save}>
            {words().export}
          </Button>
        </div>
        <LoadProblem of={asked} title={operatorText().loadFailed} />
        <Show when={asked.items()}>
          {(found) => (
            <For
              each={markets()}
              fallback={<p class="text-small text-ink-2">{found().items.length > 0 ? words().noMatch : words().none}</p>}
            >
              {({ market, lines }) => <MarketCard market={market} lines={lines} open={setEdited} />}
            </For>
          )}
        </Show>
      </div>
      <Show when={edited()}>
        <RateSheet rate={rate()} provider={provider()} close={() => setEdited(null)} saved={done} />
      </Show>
      <Show when={importing()}>
        <RateImport close={() => setImporting(false)} saved={done} />
      </Show>
    </PartPage>
  )
}

function MarketCard(props: { market: string; lines: readonly Line[]; open: (rate: Rate) => void }) {
  return (
    <section class="overflow-hidden rounded-card border border-line bg-surface" aria-label={marketName(props.market)}>
      <h2 class="flex items-baseline gap-2 border-b border-line px-4 py-2.5 font-semibold">
        {marketName(props.market)}
        <span class="nums text-meta font-normal text-ink-3">{props.market}</span>
      </h2>
      <ul>
        <For each={props.lines}>{(line) => <RateLine line={line} open={() => props.open(line.now ?? line.any)} />}</For>
      </ul>
    </section>
  )
}

function RateLine(props: { line: Line; open: () => void }) {
  const words = () => ratesText()
  return (
    <li class="border-line [&+&]:border-t">
      <button type="button" class="row flex min-h-14 w-full items-center gap-3 px-4 py-2 text-left" onClick={() => props.open()}>
        <span class="min-w-0 flex-1">
          <span class="block">{words().categories[props.line.any.category]}</span>
          <Show when={props.line.now && isGuessed(props.line.now)}>
            <span class="block text-meta text-maiz">{words().toConfirm}</span>
          </Show>
          <For each={props.line.next}>
            {(next) => (
              <span class="block text-meta text-anil">
                {words().next(ratePrice(next.price, next.currency), dayTime(next.validFrom))}
              </span>
            )}
          </For>
        </span>
        <Show when={props.line.now}>
          {(rate) => (
            <span class="flex-none text-right">
              <span class="nums block font-semibold">{ratePrice(rate().price, rate().currency)}</span>
              <Margin rate={rate()} />
            </span>
          )}
        </Show>
      </button>
    </li>
  )
}

/** What the provider takes, and how much of a hundred stays with us; red where we pay for it. */
function Margin(props: { rate: Rate }) {
  const said = () => {
    const part = marginPart(props.rate)
    const margin = part === null ? '' : ratesText().margin(`${Math.round(part * 100)} %`)
    return [rateCost(props.rate), margin].filter(Boolean).join(' · ')
  }
  const isLoss = () => Number(props.rate.cost) > Number(props.rate.price)
  return (
    <span class="nums block text-meta" classList={{ 'text-cochinilla': isLoss(), 'text-ink-3': !isLoss() }}>
      {said()}
    </span>
  )
}
