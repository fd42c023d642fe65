import FlaskConical from 'lucide-solid/icons/flask-conical'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type { AssignmentRule, listRules } from '#contract/rules.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { createPlaces, type Places } from '../../create-places.ts'
import { useDesk } from '../../live/context.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { rules } from '../../text/rules.ts'
import { Button } from '../../ui/button.tsx'
import { Capacities } from './capacities.tsx'
import { RuleSheet } from './rule-sheet.tsx'
import { TransferRulesCard } from './transfer-rules.tsx'
import { TrialSheet } from './trial-sheet.tsx'

/** What happens to chats without anybody deciding it: who is given them, and what becomes of requests for transfer. */
export default function RulesScreen() {
  const list = createAsked(() => call(api.listRules, {}))
  const places = createPlaces()
  const [open, setOpen] = createSignal<AssignmentRule | 'new' | null>(null)
  const [isTrying, setIsTrying] = createSignal(false)
  const edited = () => {
    const now = open()
    return now === 'new' ? null : now
  }
  const put = (more: Partial<OutputOf<typeof listRules>>) => {
    const now = list.items()
    if (now) list.put({ ...now, ...more })
  }
  const changed = (rule: AssignmentRule, isGone: boolean) => {
    const others = (list.items()?.items ?? []).filter(({ id }) => id !== rule.id)
    put({ items: isGone ? others : [...others, rule] })
  }

  return (
    <PartPage title={rules().title}>
      <LoadProblem of={list} title={rules().loadFailed} />
      <Show when={list.items()}>
        {(all) => (
          <div class="flex flex-col gap-5">
            <section class="rounded-card border border-line bg-surface p-4">
              <h2 class="text-heading font-bold">{rules().assignment}</h2>
              <p class="text-small text-ink-2">{rules().assignmentHelp}</p>
              <ul class="mt-3 overflow-hidden rounded-slip border border-line">
                <For each={all().items} fallback={<li class="px-4 py-3 text-small text-ink-2">{rules().none}</li>}>
                  {(rule) => <RuleRow rule={rule} places={places()} open={() => setOpen(rule)} />}
                </For>
              </ul>
              <div class="mt-3 flex flex-wrap gap-2">
                <Button kind="outlined" icon={Plus} disabled={list.isStale()} onClick={() => setOpen('new')}>
                  {rules().add}
                </Button>
                <Button kind="quiet" icon={FlaskConical} disabled={list.isStale()} onClick={() => setIsTrying(true)}>
                  {rules().tryNow}
                </Button>
              </div>
            </section>
            <TransferRulesCard now={all().transfers} isStale={list.isStale()} changed={(transfers) => put({ transfers })} />
            <Capacities people={all().people} isStale={list.isStale()} changed={(people) => put({ people })} />
          </div>
        )}
      </Show>
      <Show when={open() !== null}>
        <RuleSheet rule={edited()} places={places()} isStale={list.isStale()} changed={changed} close={() => setOpen(null)} />
      </Show>
      <Show when={isTrying()}>
        <TrialSheet close={() => setIsTrying(false)} />
      </Show>
    </PartPage>
  )
}

function RuleRow(props: { rule: AssignmentRule; places: Places | null; open: () => void }) {
  const { desk } = useDesk()
  const where = () => {
    const { channelId, departmentId } = props.rule
    const channel = desk.channels().find(({ id }) => id === channelId)?.name ?? rules().anyChannel
    const department = props.places?.departments.find(({ id }) => id === departmentId)?.name
    return department ? `${channel} · ${department}` : channel
  }
  const how = () => {
    const { way, moveOnMinutes } = props.rule
    const moves = moveOnMinutes === null ? rules().stays : rules().minutes(moveOnMinutes)
    return `${rules().ways[way].name} · ${moves}`
  }
  return (
    <li class="border-line [&+&]:border-t">
      <button
        type="button"
        class="row flex min-h-16 w-full flex-col justify-center px-4 py-2 text-left"
        onClick={() => props.open()}
      >
        <span class="flex w-full items-baseline gap-2">
          <span class="min-w-0 flex-1 font-semibold wrap-anywhere">{where()}</span>
          <Show when={!props.rule.isActive}>
            <span class="flex-none text-meta text-ink-3">{rules().inactive}</span>
          </Show>
        </span>
        <span class="text-small text-ink-2">{how()}</span>
      </button>
    </li>
  )
}
