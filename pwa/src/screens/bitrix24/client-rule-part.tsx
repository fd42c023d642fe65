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

const valueOf = ({ creates, pipeline }: ClientRule): string => (creates === 'deal' ? `deal:${pipeline}` : creates)

function ruleOf(value: string): ClientRule {
  if (value.startsWith('deal:')) return { creates: 'deal', pipeline: Number(value.slice(5)) }
  return { creates: value === 'lead' ? 'lead' : 'none', pipeline: 0 }
}

/** What the open line makes for a client whom the CRM does not know, with the pipelines as the CRM has them now. */
export function ClientRulePart(props: { portalLineId: PortalLine['id'] }) {
  const action = createAction()
  const asked = createAsked(() => call(api.readClientRule, { portalLineId: props.portalLineId }, { timeoutMs: PORTAL_MS }))
  async function set(value: string) {
    const rule = { portalLineId: props.portalLineId, ...ruleOf(value) }
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
          <Choice
            label={linesText().rule}
            hint={linesText().ruleHelp}
            disabled={action.busy()}
            value={valueOf(now().rule)}
            onChange={(event) => void action.run(set.bind(null, event.currentTarget.value), portalRefused)}
          >
            <option value="none">{linesText().ruleNone}</option>
            <Show when={now().hasLeads}>
              <option value="lead">{linesText().ruleLead}</option>
            </Show>
            <For each={now().pipelines}>
              {({ id, name }) => <option value={`deal:${id}`}>{linesText().ruleDeal(name)}</option>}
            </For>
          </Choice>
        )}
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </div>
  )
}
