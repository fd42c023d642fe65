import { createEffect, createMemo, createSignal, on } from 'solid-js'
import {
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
import * as api from '../../api/portal-endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import type { Asked } from '../../live/create-asked.ts'
import { employeesText } from '../../text/employees.ts'
import { say } from '../../ui/toast.tsx'
import { asKept, asStaged, keepStaged, whenKept } from './keep-staged.ts'

/** Two thousand people take the server a moment. */
const APPLY_MS = 60_000

/** What was chosen and is not applied yet: it outlives a reload and a refusal. */
export function createEmployeeStaging(asked: Asked<Employees>, portalId: () => Employees['portalId']) {
  const { phase } = useDesk()
  const [staged, setStaged] = createSignal<Staged>({})
  /** What the server has of it; null: nothing has been read yet. */
  const [kept, setKept] = createSignal<Staged | null>(null)
  const [isUnkept, setIsUnkept] = createSignal(false)
  const [conflicts, setConflicts] = createSignal<readonly Conflict[]>([])
  const action = createAction()
  const changes = createMemo(() => {
    const list = asked.items()
    return list ? changesOf(staged(), list) : []
  })
  const count = createMemo(() => changes().reduce((sum, { employees }) => sum + employees.length, 0))

  async function keep(now: Staged): Promise<void> {
    setKept(now)
    setIsUnkept(!(await keepStaged(portalId(), now)))
  }
  createEffect(on(staged, (now) => kept() !== null && now !== kept() && void keep(now), { defer: true }))
  createEffect(on(phase, (now) => now === 'open' && isUnkept() && void keep(staged()), { defer: true }))

  /** What is staged, on top of what the list says now. */
  function settle(list: Employees): void {
    const chosen = kept() === null ? asStaged(list.staged) : staged()
    const next = rebased(chosen, list)
    if (kept() === null) setKept(chosen)
    // Most readings change nothing of it, and then nothing has to be kept again.
    setStaged(JSON.stringify(next.staged) === JSON.stringify(chosen) ? chosen : next.staged)
    if (next.conflicts.length > 0) setConflicts((before) => [...before, ...next.conflicts])
  }
  createEffect(on(asked.items, (list) => list && settle(list)))

  async function send(): Promise<void> {
    const list = asKept(staged())
    try {
      // What is on its way to be kept would come after what is applied.
      await whenKept(portalId())
      const answer = await call(api.applyEmployeeRoles, { portalId: portalId(), changes: list }, { timeoutMs: APPLY_MS })
      const none = {}
      setKept(none)
      setStaged(none)
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
    /** The server does not have it: it lives as long as this page. */
    isUnkept,
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
