import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import { createMemo, createSignal, Show, untrack } from 'solid-js'
import type { Department, Person } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { ConfirmSheet } from './confirm-sheet.tsx'
import { createAction } from '../../api/create-action.ts'
import { Picker } from './picker.tsx'

type DepartmentSheetProps = {
  /** Absent: a new one. */
  department: Department | undefined
  people: readonly Person[]
  isStale: boolean
  changed: (department: Department) => void
  close: () => void
}

/** A department's name and people, and the archive. */
export function DepartmentSheet(props: DepartmentSheetProps) {
  const action = createAction()
  const archiving = createAction()
  const [isSure, setIsSure] = createSignal(false)
  const [name, setName] = createSignal(untrack(() => props.department?.name ?? ''))
  const [chosen, setChosen] = createSignal<readonly Person['id'][]>(untrack(() => props.department?.people ?? []))
  const options = createMemo(() => props.people.filter(({ state, id }) => state !== 'deactivated' || chosen().includes(id)))

  async function save() {
    const given = { name: name().trim(), people: [...chosen()] }
    const { department } = props
    props.changed(
      department
        ? await call(api.changeDepartment, { departmentId: department.id, ...given })
        : await call(api.addDepartment, given),
    )
    say(team().common.saved)
    props.close()
  }

  /** Puts it away, or takes it back. */
  async function archive() {
    const { department } = props
    if (!department) return
    props.changed(await call(api.changeDepartment, { departmentId: department.id, archived: !department.archived }))
    setIsSure(false)
    props.close()
  }

  return (
    <Sheet
      title={props.department ? team().departments.editTitle : team().departments.addTitle}
      closeLabel={t().app.close}
      close={props.close}
    >
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <fieldset class="contents" disabled={props.isStale}>
          <Field
            label={team().common.name}
            minlength={2}
            maxlength={80}
            autocomplete="off"
            required
            value={name()}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <Picker
            label={team().departments.people}
            options={options().map((person) => ({ id: person.id, name: person.name, help: person.email }))}
            chosen={chosen()}
            choose={(ids) => setChosen(props.people.map(({ id }) => id).filter((id) => ids.includes(id)))}
          />
          <p role="alert" class="text-small text-cochinilla empty:hidden">
            {action.error() ?? (isSure() ? null : archiving.error())}
          </p>
          <Button kind="primary" type="submit" busy={action.busy()}>
            {team().common.save}
          </Button>
          <Show when={props.department}>
            {(department) => (
              <Show
                when={department().archived}
                fallback={
                  <Button kind="danger" icon={Archive} onClick={() => setIsSure(true)}>
                    {team().common.archive}
                  </Button>
                }
              >
                <Button icon={ArchiveRestore} busy={archiving.busy()} onClick={() => void archiving.run(archive)}>
                  {team().common.restore}
                </Button>
              </Show>
            )}
          </Show>
        </fieldset>
      </form>
      <Show when={isSure() && props.department}>
        {(department) => (
          <ConfirmSheet
            title={team().departments.archiveSure(department().name)}
            sure={team().common.archive}
            action={archiving}
            confirm={() => void archiving.run(archive)}
            close={() => setIsSure(false)}
          >
            <p class="text-small">{team().departments.archiveHelp}</p>
          </ConfirmSheet>
        )}
      </Show>
    </Sheet>
  )
}
