import { useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, For, onMount, Show } from 'solid-js'
import type { AuditAction } from '#contract/audit.ts'
import type { Person } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { minuteNow } from '../../lib/clock.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { dayKey, dayName } from '../../text/format.ts'
import { team } from '../../text/team.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { AuditLine } from './audit-line.tsx'
import { byDay } from './audit.rules.ts'
import { AuditTools, type AuditFilter } from './audit-tools.tsx'
import { dayEnd, dayStart } from './day.rules.ts'
import { Rows } from './loaded.tsx'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

/** Who did what, by day. The filters are in the address: a view can be handed on. */
export default function AuditScreen() {
  const { desk } = useDesk()
  const [params, setParams] = useSearchParams()
  const [people, setPeople] = createSignal<readonly Person[]>([])
  const actions = createMemo(() => {
    const words = team().actions
    return Object.keys(words).filter((name): name is AuditAction => name in words)
  })
  const wanted = (): AuditFilter => {
    const zone = desk.me.account.timeZone
    const person = one(params['person'])
    const action = actions().find((name) => name === one(params['action']))
    const [from, to] = [dayStart(one(params['from']), zone), dayEnd(one(params['to']), zone)]
    return {
      ...(UUID.test(person) ? { person } : {}),
      ...(action ? { action } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    }
  }
  // The same words are the same question: what else changes in the address asks for nothing.
  const filter = createMemo(wanted, {}, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) })
  const isFiltered = () => Object.keys(filter()).length > 0
  const pages = createPages(filter, (asked, cursor) => call(api.listAudit, { ...asked, ...(cursor ? { cursor } : {}) }))
  const days = createMemo(() => byDay(pages.items(), dayKey))

  onMount(() => {
    if (!desk.may('people.read')) return
    call(api.listPeople, {}).then(
      ({ items }) => setPeople(items.toSorted((a, b) => a.name.localeCompare(b.name))),
      () => undefined,
    )
  })

  return (
    <PartPage title={team().audit.title}>
      <AuditTools filter={filter()} />
      <section aria-label={team().audit.filters} class="mt-4 grid grid-cols-2 gap-3">
        <Show when={people().length > 0}>
          <Choice label={team().audit.person} onChange={(event) => setParams({ person: event.currentTarget.value || undefined })}>
            <option value="">{team().audit.everybody}</option>
            <For each={people()}>
              {(person) => (
                <option value={person.id} selected={person.id === one(params['person'])}>
                  {person.name}
                </option>
              )}
            </For>
          </Choice>
        </Show>
        <Choice label={team().audit.action} onChange={(event) => setParams({ action: event.currentTarget.value || undefined })}>
          <option value="">{team().audit.everything}</option>
          <For each={actions()}>
            {(action) => (
              <option value={action} selected={action === one(params['action'])}>
                {team().actions[action]}
              </option>
            )}
          </For>
        </Choice>
        <Field
          type="date"
          label={team().audit.from}
          value={one(params['from'])}
          onChange={(event) => setParams({ from: event.currentTarget.value || undefined })}
        />
        <Field
          type="date"
          label={team().audit.to}
          value={one(params['to'])}
          onChange={(event) => setParams({ to: event.currentTarget.value || undefined })}
        />
        <Show when={isFiltered()}>
          <Button
            kind="quiet"
            class="justify-self-start"
            onClick={() => setParams({ person: undefined, action: undefined, from: undefined, to: undefined })}
          >
            {team().audit.clear}
          </Button>
        </Show>
      </section>
      <LoadProblem of={pages} title={team().audit.loadFailed} offline={team().common.needsNetwork} />
      <div class="mt-4 grid gap-5" role="region" aria-label={team().audit.list} aria-busy={pages.loading()}>
        <For each={days()}>
          {({ entries }) => (
            <section class="grid gap-2">
              <h2 class="text-small font-bold text-ink-2 first-letter:uppercase">{dayName(entries[0]?.at ?? '', minuteNow())}</h2>
              <ol class="grid gap-2">
                <For each={entries}>{(entry) => <AuditLine entry={entry} />}</For>
              </ol>
            </section>
          )}
        </For>
        <Show when={pages.loading() && pages.items().length === 0}>
          <Rows count={6} />
        </Show>
      </div>
      <Show when={pages.items().length === 0 && !pages.loading() && !pages.problem()}>
        <Empty title={team().audit.empty} help={team().audit.emptyHelp} />
      </Show>
      <Show when={pages.next()}>
        <Button class="mt-4 w-full" busy={pages.loading()} onClick={() => void pages.more()}>
          {team().audit.more}
        </Button>
      </Show>
    </PartPage>
  )
}
