import { createSignal, For, Show } from 'solid-js'
import { writeMicro } from '#contract/money.ts'
import { RATE_CATEGORIES, type Rate } from '#contract/rates.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/rate-endpoints.ts'
import { dayBegin } from '../../company-day.rules.ts'
import { companyZone } from '../../company-zone.ts'
import { asTyped } from '../../text/format.ts'
import { ratesText } from '../../text/rates.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { RateHistory } from './rate-history.tsx'
import { rateName } from './rate-words.ts'
import { isGuessed, microOf } from './rates.rules.ts'

const AMOUNTS = ['price', 'cost'] as const

type RateSheetProps = {
  /** What costs something already; null: another market or kind of message. */
  rate: Rate | null
  provider: Rate['provider']
  close: () => void
  saved: () => void
}

/** Another price from a day on, and what it has cost until now. What was typed stays when something is wrong with it. */
export function RateSheet(props: RateSheetProps) {
  const words = () => ratesText()
  const action = createAction()
  const [wrong, setWrong] = createSignal<{ price: boolean; cost: boolean }>({ price: false, cost: false })
  const [refusal, setRefusal] = createSignal<string | null>(null)

  function submit(data: FormData): void {
    setRefusal(null)
    void action.run(() => save(data))
  }

  async function save(data: FormData): Promise<void> {
    const { rate, provider, saved } = props
    const [price, cost] = [microOf(String(data.get('price'))), microOf(String(data.get('cost')))]
    setWrong({ price: price === null, cost: cost === null })
    if (price === null || cost === null) return
    const category = RATE_CATEGORIES.find((one) => one === data.get('category')) ?? 'marketing'
    const typed = { market: String(data.get('market')).trim(), category, currency: String(data.get('currency')) }
    const { market, currency, ...key } = rate ?? typed
    const validFrom = dayBegin(String(data.get('from')), companyZone())
    const { items, isKept } = await call(api.setRates, {
      rows: [{ provider, market, category: key.category, currency, price, cost, validFrom }],
    })
    const isSame = items[0]?.outcome === 'same'
    setRefusal(isSame ? words().same : isKept ? null : words().past)
    if (isSame || !isKept) return
    say(words().saved)
    saved()
  }

  return (
    <Sheet title={props.rate ? rateName(props.rate) : words().add} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          submit(new FormData(event.currentTarget))
        }}
      >
        <Show when={!props.rate}>
          <div class="grid gap-4 tablet:grid-cols-3">
            <Field label={words().market} hint={words().marketHelp} name="market" required pattern="[A-Z]{2}|[*]" maxlength={2} />
            <Choice label={words().category} name="category">
              <For each={RATE_CATEGORIES}>{(one) => <option value={one}>{words().categories[one]}</option>}</For>
            </Choice>
            <Field label={words().currency} name="currency" required pattern="[A-Z]{3}" maxlength={3} value="USD" />
          </div>
        </Show>
        <div class="grid grid-cols-2 gap-4">
          <For each={AMOUNTS}>
            {(name) => (
              <Field
                label={words()[name]}
                hint={words()[`${name}Help`]}
                name={name}
                inputmode="decimal"
                autocomplete="off"
                required
                error={wrong()[name] ? words().amountWrong : null}
                value={props.rate ? asTyped(writeMicro(BigInt(props.rate[name]))) : ''}
              />
            )}
          </For>
        </div>
        <Show when={props.rate && isGuessed(props.rate)}>
          <p class="rounded-segment bg-maiz-tint px-3 py-2 text-small">{words().confirmHelp}</p>
        </Show>
        <Field label={words().from} hint={words().fromHelp} name="from" type="date" />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error() ?? refusal()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {words().save}
        </Button>
      </form>
      <Show when={props.rate}>{(rate) => <RateHistory rate={rate()} changed={props.saved} />}</Show>
    </Sheet>
  )
}
