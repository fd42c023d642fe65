import { createEffect, createMemo, createSignal, on, untrack } from 'solid-js'
import {
  ACCESS_WORDS,
  changesOf,
  rebased,
  stage,
  stageAll,
  stageExample,
  type Box,
  type Conflict,
  type Example,
  type Staged,
} from './employees.rules.ts'
import type { Access, Employee, Employees } from '#contract/employees.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import type { Asked } from '../../live/create-asked.ts'
import { employeesText } from '../../text/employees.ts'
import { say } from '../../ui/toast.tsx'

/** Two thousand people take the server a moment. */
const APPLY_MS = 60_000

const isAccess = (word: unknown): word is Staged[string]['to'] => ACCESS_WORDS.some((known) => known === word)

/** What was kept of an earlier visit; whatever is not of our making is nothing. */
function keptIn(place: string): Staged {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const staged: Record<string, Staged[string]> = {}
    for (const [userId, change] of Object.entries(kept)) {
      if (typeof change !== 'object' || change === null || !('from' in change) || !('to' in change)) continue
      const { from, to } = change
      if (isAccess(from) && isAccess(to)) staged[userId] = { from, to }
    }
    return staged
  } catch {
    return {}
  }
}

/** What was chosen and is not applied yet: it outlives a reload and a refusal. `place`: of this person and portal. */
export function createEmployeeStaging(asked: Asked<Employees>, portalId: () => Employees['portalId'], place: () => string) {
  const [staged, setStaged] = createSignal<Staged>(untrack(() => keptIn(place())))
  const [conflicts, setConflicts] = createSignal<readonly Conflict[]>([])
  const action = createAction()
  const changes = createMemo(() => {
    const list = asked.items()
    return list ? changesOf(staged(), list) : []
  })
  const count = createMemo(() => changes().reduce((sum, { employees }) => sum + employees.length, 0))

  createEffect(() => {
    const now = staged()
    if (Object.keys(now).length > 0) localStorage.setItem(place(), JSON.stringify(now))
    else localStorage.removeItem(place())
  })

  /** What is staged, on top of what the list says now. */
  function settle(list: Employees): void {
    const next = rebased(staged(), list)
    setStaged(next.staged)
    if (next.conflicts.length > 0) setConflicts((before) => [...before, ...next.conflicts])
  }
  createEffect(on(asked.items, (list) => list && settle(list)))

  async function send(): Promise<void> {
    const sent = staged()
    const list = Object.entries(sent).map(([userId, { from, to }]) => ({ userId, from, to }))
    try {
      const answer = await call(api.applyEmployeeRoles, { portalId: portalId(), changes: list }, { timeoutMs: APPLY_MS })
      setStaged({})
      setConflicts([])
      asked.put(answer.list)
      say(employeesText().applied(answer.requeued))
    } catch (error) {
      // What the other one did is shown, and what is still to be done on top of it.
      if (problemOf(error).code === 'changed_meanwhile') await asked.again()
      throw error
    }
  }

  return {
    staged,
    changes,
    count,
    conflicts,
    action,
    apply: () => action.run(send),
    choose: (employee: Employee, to: Access) => void setStaged((now) => stage(now, employee, to)),
    chooseAll: (employees: readonly Employee[], box: Box, isOn: boolean) =>
      void setStaged((now) => stageAll(now, employees, box, isOn)),
    /** Gives how many more are staged with it. */
    example(list: Employees, example: Example): number {
      const before = Object.keys(staged()).length
      setStaged((now) => stageExample(now, list, example))
      return Object.keys(staged()).length - before
    },
    understood: () => void setConflicts([]),
    discard() {
      const before = staged()
      setStaged({})
      say(employeesText().cancelled, { name: employeesText().undo, run: () => void setStaged(before) })
    },
  }
}

export type EmployeeStaging = ReturnType<typeof createEmployeeStaging>
export const isChanged = (staging: EmployeeStaging, { userId }: Employee): boolean => staging.staged()[userId] !== undefined
