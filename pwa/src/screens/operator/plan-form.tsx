import { createSignal, Show } from 'solid-js'
import { readDecimal, writeDecimal } from '#contract/money.ts'
import type { OperatorPlan } from '#contract/operator.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/operator-endpoints.ts'
import { operatorText } from '../../text/operator.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'

const written = (minor: number | undefined, currency: string): string =>
  minor === undefined ? '' : writeDecimal({ minor: BigInt(minor), currency })

/** Makes a plan, or edits one. What was typed stays when something is wrong with it. */
export function PlanForm(props: { plan: OperatorPlan | null; close: () => void; saved: (plan: OperatorPlan) => void }) {
  const words = () => operatorText()
  const action = createAction()
  const [wrong, setWrong] = createSignal<string | null>(null)
  const price = () => props.plan?.price
  const currency = () => price()?.currency ?? 'USD'

  /** Whole units of the currency's smallest coin; null where it is no amount. */
  function minorOf(data: FormData, field: string): number | null {
    const money = readDecimal(String(data.get(field)).trim().replace(',', '.'), String(data.get('currency')))
    return money && Number(money.minor)
  }

  function submit(data: FormData): void {
    void action.run(() => save(data))
  }

  async function save(data: FormData): Promise<void> {
    const minor = minorOf(data, 'amount')
    const hasPromo = String(data.get('list')).trim() !== ''
    const listMinor = hasPromo ? minorOf(data, 'list') : null
    const until = String(data.get('until'))
    if (minor === null || (hasPromo && (listMinor === null || listMinor <= minor || until === ''))) {
      setWrong(words().amountWrong)
      return
    }
    setWrong(null)
    const { plan } = props
    props.saved(
      await call(api.savePlan, {
        ...(plan ? { planId: plan.id, rev: plan.rev } : {}),
        code: plan?.code ?? String(data.get('code')),
        name: String(data.get('name')),
        about: String(data.get('about')),
        price: {
          minor,
          currency: String(data.get('currency')),
          every: data.get('every') === 'year' ? 'year' : 'month',
          trialDays: Number(data.get('trial')),
          includedMessages: Number(data.get('included')),
          promo: listMinor === null ? null : { listMinor, until: new Date(`${until}T23:59:59`).toISOString() },
        },
      }),
    )
  }

  return (
    <Sheet title={props.plan ? words().editOf(props.plan.name) : words().addPlan} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          submit(new FormData(event.currentTarget))
        }}
      >
        <Show
          when={props.plan}
          fallback={<Field label={words().code} hint={words().codeHelp} name="code" required pattern="[a-z][a-z0-9_]+" />}
        >
          <p class="text-small text-ink-2">{words().newVersion}</p>
        </Show>
        <Field label={words().name} name="name" required maxlength={60} value={props.plan?.name ?? ''} />
        <Field label={words().about} name="about" maxlength={300} value={props.plan?.about ?? ''} />
        <div class="grid gap-4 tablet:grid-cols-3">
          <Field
            label={words().amount}
            name="amount"
            inputmode="decimal"
            required
            error={wrong()}
            value={written(price()?.minor, currency())}
          />
          <Field label={words().currency} name="currency" required pattern="[A-Z]{3}" maxlength={3} value={currency()} />
          <Choice label={words().every} name="every">
            <option value="month" selected={price()?.every !== 'year'}>
              {words().month}
            </option>
            <option value="year" selected={price()?.every === 'year'}>
              {words().year}
            </option>
          </Choice>
        </div>
        <div class="grid gap-4 tablet:grid-cols-2">
          <Field
            label={words().trialDays}
            name="trial"
            type="number"
            min={0}
            max={365}
            required
            value={price()?.trialDays ?? 0}
          />
          <Field label={words().included} name="included" type="number" min={0} required value={price()?.includedMessages ?? 0} />
          <Field
            label={words().promoList}
            hint={words().promoHelp}
            name="list"
            inputmode="decimal"
            value={written(price()?.promo?.listMinor, currency())}
          />
          <Field label={words().promoUntil} name="until" type="date" value={price()?.promo?.until.slice(0, 10) ?? ''} />
        </div>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {words().save}
        </Button>
      </form>
    </Sheet>
  )
}
