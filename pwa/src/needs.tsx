import { createEffect, Show, type Component } from 'solid-js'
import type { Permission } from '#contract/permissions.ts'
import { useDesk } from './live/context.ts'
import { PartPage } from './part-page.tsx'
import { t } from './text/first.ts'
import { Empty } from './ui/empty.tsx'

/** A screen for those who may: the others, and who may no longer, read why they do not see it. */
export function needs<Props extends object>(may: Permission, Screen: Component<Props>): Component<Props> {
  return (props) => {
    const { desk } = useDesk()
    // Not shown to anybody before it is known: a first visit without the permission is no loss.
    let hadIt = false
    createEffect(() => (hadIt ||= desk.may(may)))
    return (
      <Show when={desk.may(may)} fallback={<NoPermission isLost={hadIt} />}>
        <Screen {...props} />
      </Show>
    )
  }
}

function NoPermission(props: { isLost: boolean }) {
  return (
    <PartPage title={t().app.noPermission}>
      <div role="status">
        <Empty title={props.isLost ? t().app.permissionLost : t().app.noPermissionHere} help={t().app.noPermissionHelp} />
      </div>
    </PartPage>
  )
}
