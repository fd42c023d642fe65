import { For, Show, untrack } from 'solid-js'
import type { tryRules, Trial } from '#contract/rules.ts'
import type { InputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { shortWhen } from '../../text/format.ts'
import { rules } from '../../text/rules.ts'
import { t } from '../../text/text.ts'
import { Sheet } from '../../ui/sheet.tsx'

/** What rules would do with the chats that wait now: with a draft, or with those that stand. */
export function TrialSheet(props: { rule?: InputOf<typeof tryRules>['rule']; close: () => void }) {
  const rule = untrack(() => props.rule)
  const list = createAsked(async () => (await call(api.tryRules, rule ? { rule } : {})).items)
  return (
    <Sheet title={rules().tryTitle} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-3 p-5">
        <p class="text-small text-ink-2">{rules().tryHelp}</p>
        <LoadProblem of={list} title={rules().loadFailed} />
        <Show when={list.items()}>
          {(items) => (
            <ul class="overflow-hidden rounded-card border border-line">
              <For each={items()} fallback={<li class="px-4 py-3 text-small text-ink-2">{rules().tryNone}</li>}>
                {(trial) => <TrialRow trial={trial} />}
              </For>
            </ul>
          )}
        </Show>
      </div>
    </Sheet>
  )
}

function TrialRow(props: { trial: Trial }) {
  const outcome = () => {
    const { from, to, why } = props.trial
    if (to !== null) return from === null ? rules().goesTo(to) : rules().movesOn(from, to)
    return rules().why[why ?? 'nobody']
  }
  return (
    <li class="border-line px-4 py-2.5 [&+&]:border-t">
      <p class="flex items-baseline gap-2">
        <span class="min-w-0 flex-1 truncate font-semibold">{props.trial.contact}</span>
        <span class="nums flex-none text-meta text-ink-3">{shortWhen(props.trial.waitingSince, minuteNow())}</span>
      </p>
      <p class="text-small" classList={{ 'text-ink-2': props.trial.to === null }}>
        {outcome()}
      </p>
      <p class="text-meta text-ink-3">{props.trial.channel}</p>
    </li>
  )
}
