import { createMemo, createSignal } from 'solid-js'
import type { Role } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import { team } from '../../text/team.ts'
import { say } from '../../ui/toast.tsx'
import { createAction } from '../../api/create-action.ts'
import { withItem, type TeamList } from './create-team-list.ts'
import { changesFor, diffOf, stage, stageDefaults, stillApplies, type Cell, type Diff, type Staged } from './roles.rules.ts'

/** What was chosen in the matrix and is not applied yet. */
export function createStaging(roles: TeamList<Role[]>) {
  const [staged, setStaged] = createSignal<Staged>({})
  const action = createAction()
  const diffs = createMemo(() => diffOf(roles.items() ?? [], staged()))

  /** Sends exactly what the review shows. When somebody was faster: what they did, and what is still to be done on top of it. */
  async function send(): Promise<void> {
    try {
      const { items } = await call(api.applyRoles, { changes: changesFor(roles.items() ?? [], staged()) })
      roles.change((list) => items.reduce<Role[]>(withItem, list))
      setStaged({})
      say(team().roles.applied)
    } catch (error) {
      if (problemOf(error).code === 'changed_meanwhile') {
        const fresh = await roles.again()
        if (fresh) setStaged((now) => stillApplies(fresh, now))
      }
      throw error
    }
  }

  const meanwhile = ({ code }: ApiProblem) =>
    code === 'changed_meanwhile' ? team().roles.changedMeanwhile(diffs().length) : null

  return {
    staged,
    diffs,
    action,
    apply: () => action.run(send, meanwhile),
    choose: (role: Role, permission: Diff['permission'], cell: Cell) => setStaged((now) => stage(now, role, permission, cell)),
    undo: ({ role, permission, before }: Diff) => setStaged((now) => stage(now, role, permission, before)),
    backToDefaults: (role: Role) => setStaged((now) => stageDefaults(now, role)),
    discard: () => setStaged({}),
  }
}
