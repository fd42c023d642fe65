import { createSignal, For } from 'solid-js'
import type { listRules } from '#contract/rules.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { rules } from '../../text/rules.ts'
import { say } from '../../ui/toast.tsx'

type People = OutputOf<typeof listRules>['people']
const MOST = 1000

/** How many open chats rules give each person at most. */
export function Capacities(props: { people: People; isStale: boolean; changed: (people: People) => void }) {
  const action = createAction()
  const [problem, setProblem] = createSignal<string | null>(null)

  function save(person: People[number], value: string) {
    const capacity = Number(value)
    const isFine = value.trim() !== '' && Number.isInteger(capacity) && capacity >= 0 && capacity <= MOST
    setProblem(isFine ? null : rules().badNumber)
    if (!isFine || capacity === person.capacity) return
    void action.run(() => put({ ...person, capacity }))
  }
  async function put(person: People[number]) {
    await call(api.setCapacity, { personId: person.id, capacity: person.capacity })
    props.changed(props.people.map((one) => (one.id === person.id ? person : one)))
    say(rules().transfersSaved)
  }

  return (
    <section class="rounded-card border border-line bg-surface p-4">
      <h2 class="text-heading font-bold">{rules().capacity}</h2>
      <p class="text-small text-ink-2">{rules().capacityHelp}</p>
      <ul class="mt-2">
        <For each={props.people}>
          {(person) => (
            <li class="border-line py-1.5 [&+&]:border-t">
              <label class="flex items-center gap-3">
                <span class="min-w-0 flex-1 wrap-anywhere">{person.name}</span>
                <input
                  type="number"
                  inputmode="numeric"
                  min="0"
                  max={MOST}
                  class="field nums !w-24 text-right"
                  aria-label={`${rules().capacityOf}: ${person.name}`}
                  value={person.capacity}
                  disabled={props.isStale || action.busy()}
                  onChange={(event) => save(person, event.currentTarget.value)}
                />
              </label>
            </li>
          )}
        </For>
      </ul>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {problem() ?? action.error()}
      </p>
    </section>
  )
}
