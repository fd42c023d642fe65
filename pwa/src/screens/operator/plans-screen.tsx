import { createSignal, For, Show } from 'solid-js'
import type { OperatorPlan } from '#contract/operator.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/operator-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { priceText, termsOf } from '../../price-words.ts'
import { operatorText } from '../../text/operator.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { PlanForm } from './plan-form.tsx'

/** What is sold, and how. */
export default function PlansScreen() {
  const words = () => operatorText()
  const asked = createAsked(() => call(api.listPlans, {}))
  const [edited, setEdited] = createSignal<OperatorPlan | 'new' | null>(null)
  const action = createAction()
  const plan = () => {
    const one = edited()
    return one === 'new' ? null : one
  }
  function done(): void {
    setEdited(null)
    void asked.again()
  }
  const retire = (one: OperatorPlan) =>
    call(api.retirePlan, { planId: one.id, isRetired: one.retiredAt === null }).then(() => void asked.again())
  const choose = (setting: { sells: boolean; graceDays: number }) => call(api.setSetting, setting).then(() => void asked.again())

  return (
    <PartPage title={words().parts.plans.name} back="/settings/operator">
      <LoadProblem of={asked} title={words().loadFailed} />
      <Show when={asked.items()}>
        {(found) => (
          <div class="grid gap-6">
            <section>
              <h2 class="mb-2 text-heading font-bold">{words().setting}</h2>
              <div class="rounded-card border border-line bg-surface px-4 py-2">
                <Switch
                  name={words().sells}
                  help={words().sellsHelp}
                  on={found().setting.sells}
                  disabled={action.busy()}
                  change={(sells) => void action.run(() => choose({ ...found().setting, sells }))}
                />
                <Field
                  label={words().graceDays}
                  type="number"
                  min={0}
                  max={60}
                  value={found().setting.graceDays}
                  onChange={(event) => {
                    const graceDays = Math.min(60, Math.max(0, Math.round(event.currentTarget.valueAsNumber || 0)))
                    void action.run(() => choose({ ...found().setting, graceDays }))
                  }}
                />
              </div>
              <p role="alert" class="text-small text-cochinilla empty:hidden">
                {action.error()}
              </p>
            </section>
            <section>
              <div class="mb-2 flex items-center gap-3">
                <h2 class="flex-1 text-heading font-bold">{words().plans}</h2>
                <Button onClick={() => setEdited('new')}>{words().addPlan}</Button>
              </div>
              <ul class="grid gap-3">
                <For each={found().items} fallback={<li class="text-small text-ink-2">{words().noPlans}</li>}>
                  {(one) => (
                    <li class="fold-bl rounded-card border border-line bg-surface p-4">
                      <h3 class="font-semibold">
                        {one.name} · {priceText(one.price)}
                        <Show when={one.retiredAt}>
                          <span class="ml-2 rounded-chip bg-sunk px-2.5 py-1 text-meta text-ink-2">{words().retired}</span>
                        </Show>
                      </h3>
                      <p class="text-small text-ink-2">{one.about}</p>
                      <For each={termsOf(one.price, true)}>{(line) => <p class="text-meta text-ink-3">{line}</p>}</For>
                      <h4 class="mt-2 text-meta font-semibold">{words().versions}</h4>
                      <ul>
                        <For each={one.versions}>
                          {(version) => (
                            <li class="text-meta text-ink-2">
                              {words().version(version.version, priceText(version), version.subscribers)}
                            </li>
                          )}
                        </For>
                      </ul>
                      <div class="mt-2 flex flex-wrap gap-2">
                        <Button onClick={() => setEdited(one)}>{words().edit}</Button>
                        <Button kind="quiet" busy={action.busy()} onClick={() => void action.run(() => retire(one))}>
                          {one.retiredAt ? words().sellAgain : words().retire}
                        </Button>
                      </div>
                    </li>
                  )}
                </For>
              </ul>
            </section>
          </div>
        )}
      </Show>
      <Show when={edited()}>
        <PlanForm plan={plan()} close={() => setEdited(null)} saved={done} />
      </Show>
    </PartPage>
  )
}
