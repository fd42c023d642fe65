import { For, Show } from 'solid-js'
import type { ClientRule, PortalLine } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { linesText } from '../../text/portal-lines.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { PORTAL_MS, portalRefused } from './portal-refused.ts'

type Made = Pick<ClientRule, 'creates' | 'pipeline'>

function madeOf(value: string): Made {
  if (value.startsWith('deal:')) return { creates: 'deal', pipeline: Number(value.slice(5)) }
  return { creates: value === 'lead' ? 'lead' : 'none', pipeline: 0 }
}

// As the contract has them: its file would bring the checks of every input to the phone.
const TURNS = ['evenly', 'strictly', 'all'] as const satisfies ClientRule['turns'][]

/** What the open line makes for a client whom the CRM does not know, with the pipelines as the CRM has them now; and who gets them. */
export function ClientRulePart(props: { portalLineId: PortalLine['id'] }) {
  const action = createAction()
  const asked = createAsked(() => call(api.readClientRule, { portalLineId: props.portalLineId }, { timeoutMs: PORTAL_MS }))
  async function set(before: ClientRule, change: Partial<ClientRule>) {
    const rule = { portalLineId: props.portalLineId, ...before, ...change }
    asked.put(await call(api.setClientRule, rule, { timeoutMs: PORTAL_MS }))
    say(linesText().ruleDone)
  }
  return (
    <div>
      <p role="status" class="text-small text-ink-3 empty:hidden">
        {asked.loading() && !asked.items() ? linesText().reading : null}
      </p>
      <Show when={asked.problem()}>
        {(problem) => (
          <div class="flex flex-wrap items-center gap-2">
            <p class="min-w-0 flex-1 text-small text-ink-2">
              {linesText().ruleFailed} {portalRefused(problem())}
            </p>
            <Button onClick={() => void asked.again()}>{t().app.retry}</Button>
          </div>
        )}
      </Show>
      <Show when={asked.items()}>
        {(now) => (
          <>
            <Choice
              label={linesText().rule}
              hint={linesText().ruleHelp}
              disabled={action.busy()}
              onChange={(event) => void action.run(set.bind(null, now().rule, madeOf(event.currentTarget.value)), portalRefused)}
            >
              {/* Options are new with each answer, and a select forgets then which was chosen. */}
              <option value="none" selected={now().rule.creates === 'none'}>
                {linesText().ruleNone}
              </option>
              <Show when={now().hasLeads}>
                <option value="lead" selected={now().rule.creates === 'lead'}>
                  {linesText().ruleLead}
                </option>
              </Show>
              <For each={now().pipelines}>
                {({ id, name }) => (
                  <option value={`deal:${id}`} selected={now().rule.creates === 'deal' && now().rule.pipeline === id}>
                    {linesText().ruleDeal(name)}
                  </option>
                )}
              </For>
            </Choice>
            <Choice
              class="mt-3"
              label={linesText().turns}
              disabled={action.busy()}
              value={now().rule.turns}
              onChange={(event) => {
                const turns = TURNS.find((one) => one === event.currentTarget.value)
                if (turns) void action.run(set.bind(null, now().rule, { turns }), portalRefused)
              }}
            >
              <For each={TURNS}>{(one) => <option value={one}>{linesText().turnsOf[one]}</option>}</For>
            </Choice>
          </>
        )}
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </div>
  )
}
