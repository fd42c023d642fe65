import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { createSignal, Show, untrack } from 'solid-js'
import type { Role } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import type { ApiProblem } from '../../api/problem.rules.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { ConfirmSheet } from './confirm-sheet.tsx'
import { createAction } from '../../api/create-action.ts'
import { roleName } from '../../text/role-name.ts'

type RoleSheetProps = { role: Role; changed: (role: Role) => void; backToDefaults: () => void; close: () => void }

/** One role: its name, its way back to the standard, and the archive. */
export function RoleSheet(props: RoleSheetProps) {
  const renaming = createAction()
  const archiving = createAction()
  const [name, setName] = createSignal(untrack(() => props.role.name ?? ''))
  const [isSure, setIsSure] = createSignal(false)
  const isUsed = () => props.role.people > 0 && !props.role.archived

  async function rename() {
    if (name().trim() !== props.role.name) {
      const change = { roleId: props.role.id, rev: props.role.rev, name: name().trim() }
      const { items } = await call(api.applyRoles, { changes: [change] })
      for (const role of items) props.changed(role)
    }
    props.close()
  }

  /** Puts it away, or takes it back. */
  async function archive() {
    props.changed(await call(api.archiveRole, { roleId: props.role.id, archived: !props.role.archived }))
    setIsSure(false)
    props.close()
  }

  const inUse = ({ code }: ApiProblem) => (code === 'role_in_use' ? team().roles.inUse(Math.max(1, props.role.people)) : null)

  return (
    <Sheet title={roleName(props.role)} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-5 p-5">
        <p class="text-small text-ink-2">
          {[
            props.role.isOwn && team().roles.base(t().settings.roleNames[props.role.base]),
            team().roles.usedBy(props.role.people),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Show when={props.role.isOwn && !props.role.archived}>
          <form
            class="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              void renaming.run(rename)
            }}
          >
            <Field
              label={team().common.name}
              minlength={2}
              maxlength={80}
              autocomplete="off"
              required
              value={name()}
              onInput={(event) => setName(event.currentTarget.value)}
              error={renaming.error()}
            />
            <Button type="submit" busy={renaming.busy()}>
              {team().roles.rename}
            </Button>
          </form>
        </Show>
        <Show when={!props.role.archived}>
          <Button
            icon={RotateCcw}
            onClick={() => {
              props.backToDefaults()
              props.close()
            }}
          >
            {team().roles.backToDefaults}
          </Button>
        </Show>
        <Show when={props.role.isOwn}>
          <Show
            when={props.role.archived}
            fallback={
              <>
                <Button kind="danger" icon={Archive} disabled={isUsed()} onClick={() => setIsSure(true)}>
                  {team().roles.archive}
                </Button>
                <Show when={isUsed()}>
                  <p class="text-small text-ink-2">{team().roles.inUse(props.role.people)}</p>
                </Show>
              </>
            }
          >
            <Button icon={ArchiveRestore} busy={archiving.busy()} onClick={() => void archiving.run(archive)}>
              {team().roles.restore}
            </Button>
            <p role="alert" class="text-small text-cochinilla empty:hidden">
              {archiving.error()}
            </p>
          </Show>
        </Show>
      </div>
      <Show when={isSure()}>
        <ConfirmSheet
          title={team().roles.archiveSure(roleName(props.role))}
          sure={team().common.archive}
          action={archiving}
          confirm={() => void archiving.run(archive, inUse)}
          close={() => setIsSure(false)}
        >
          <p class="text-small">{team().roles.archiveHelp}</p>
        </ConfirmSheet>
      </Show>
    </Sheet>
  )
}
