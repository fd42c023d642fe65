import { createResource } from 'solid-js'
import type { QuickReply } from '#contract/quick-replies.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { quickText } from '../../text/quick.ts'
import { t } from '../../text/text.ts'
import { Boxes } from '../../ui/boxes.tsx'

export type Scoped = Pick<QuickReply, 'roles' | 'departments' | 'channels'>

/** For whom a quick reply is. Nothing chosen is everybody; what the caller cannot list stays as it is. */
export function Scope(props: { scoped: Scoped; change: (more: Partial<Scoped>) => void }) {
  const { desk } = useDesk()
  const [team] = createResource(async () => {
    if (!desk.may('people.read')) return null
    try {
      const [roles, departments] = await Promise.all([call(api.listRoles, {}), call(api.listDepartments, {})])
      return { roles: roles.items, departments: departments.items }
    } catch {
      return null
    }
  })
  const roles = () =>
    (team.latest?.roles ?? [])
      .filter(({ id, archived }) => !archived || props.scoped.roles.includes(id))
      .map(({ id, name, base }) => ({ id, name: name ?? t().settings.roleNames[base] }))
  const departments = () =>
    (team.latest?.departments ?? []).filter(({ id, archived }) => !archived || props.scoped.departments.includes(id))
  return (
    <section class="flex flex-col gap-4">
      <div>
        <h3 class="text-small font-semibold">{quickText().forWhom}</h3>
        <p class="text-meta text-ink-3">{quickText().forWhomHelp}</p>
      </div>
      <Boxes
        label={quickText().roles}
        options={roles()}
        chosen={props.scoped.roles}
        choose={(ids) => props.change({ roles: ids })}
      />
      <Boxes
        label={quickText().departments}
        options={departments()}
        chosen={props.scoped.departments}
        choose={(ids) => props.change({ departments: ids })}
      />
      <Boxes
        label={quickText().channels}
        options={desk.channels()}
        chosen={props.scoped.channels}
        choose={(ids) => props.change({ channels: ids })}
      />
    </section>
  )
}
