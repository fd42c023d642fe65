import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import { For, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { addLabel, ManagedLabel } from '#contract/labels.ts'
import type { InputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { choosable, createPlaces } from '../../create-places.ts'
import { labelsText } from '../../text/labels.ts'
import { t } from '../../text/text.ts'
import { LabelChip } from '../../ui/badge.tsx'
import { Boxes } from '../../ui/boxes.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

type Color = InputOf<typeof addLabel>['color']
type Fields = Pick<ManagedLabel, 'name' | 'description' | 'roles'> & { color: Color }
const BLANK: Fields = { name: '', color: 'anil', description: '', roles: [] }

type LabelFormProps = {
  /** null: a new one. */
  label: ManagedLabel | null
  isStale: boolean
  changed: (label: ManagedLabel) => void
  close: () => void
}

/** One label: what it is called, its colour, what it means, and who sees it. */
export function LabelForm(props: LabelFormProps) {
  const action = createAction()
  const archiving = createAction()
  const [fields, setFields] = createStore<Fields>(untrack(() => fieldsOf(props.label)))

  async function save() {
    const { label } = props
    const given = { ...fields, roles: [...fields.roles] }
    props.changed(
      label ? await call(api.changeLabel, { labelId: label.id, rev: label.rev, ...given }) : await call(api.addLabel, given),
    )
    say(labelsText().saved)
    props.close()
  }

  /** Makes it inactive, or active again. */
  async function archive() {
    const { label } = props
    if (!label) return
    props.changed(await call(api.changeLabel, { labelId: label.id, rev: label.rev, archived: !label.archived }))
    props.close()
  }

  return (
    <Sheet title={props.label ? labelsText().editTitle : labelsText().addTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <fieldset class="contents" disabled={props.isStale}>
          <Field
            label={labelsText().name}
            required
            maxlength={40}
            autocomplete="off"
            value={fields.name}
            onInput={(event) => setFields('name', event.currentTarget.value)}
          />
          <Colors chosen={fields.color} name={fields.name} choose={(color) => setFields('color', color)} />
          <Field
            label={labelsText().description}
            hint={labelsText().descriptionHint}
            maxlength={200}
            autocomplete="off"
            value={fields.description}
            onInput={(event) => setFields('description', event.currentTarget.value)}
          />
          <Roles chosen={fields.roles} choose={(roles) => setFields('roles', roles)} />
          <p role="alert" class="text-small text-cochinilla empty:hidden">
            {action.error() ?? archiving.error()}
          </p>
          <Button kind="primary" type="submit" busy={action.busy()}>
            {labelsText().save}
          </Button>
          <Show when={props.label}>
            {(label) => (
              <Button
                kind={label().archived ? 'outlined' : 'danger'}
                icon={label().archived ? ArchiveRestore : Archive}
                busy={archiving.busy()}
                onClick={() => void archiving.run(archive)}
              >
                {label().archived ? labelsText().restore : labelsText().archive}
              </Button>
            )}
          </Show>
        </fieldset>
      </form>
    </Sheet>
  )
}

function fieldsOf(label: ManagedLabel | null): Fields {
  if (!label) return { ...BLANK }
  const { name, description, roles } = label
  return { name, description, roles: [...roles], color: colorNames().find((color) => color === label.color) ?? 'piedra' }
}

/** The palette, in the order of its words. */
function colorNames(): Color[] {
  const words: Record<Color, string> = labelsText().colors
  return Object.keys(words).filter((name): name is Color => name in words)
}

/** Eight colours that can be read in both themes, each shown as the label will be. */
function Colors(props: { chosen: Color; name: string; choose: (color: Color) => void }) {
  return (
    <fieldset class="min-w-0">
      <legend class="mb-1 text-small font-semibold">{labelsText().color}</legend>
      <div class="grid grid-cols-2 gap-x-2">
        <For each={colorNames()}>
          {(color) => (
            <label class="row flex min-h-11 min-w-0 items-center gap-2 rounded-button px-2">
              <input
                type="radio"
                name="color"
                class="size-5 flex-none accent-anil"
                aria-label={labelsText().colors[color]}
                checked={props.chosen === color}
                onChange={() => props.choose(color)}
              />
              <LabelChip name={props.name.trim() || labelsText().colors[color]} color={color} class="min-w-0" />
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}

/** Who sees it. Whoever may not list roles leaves them as they are. */
function Roles(props: { chosen: ManagedLabel['roles']; choose: (roles: ManagedLabel['roles']) => void }) {
  const places = createPlaces()
  const options = () => choosable(places()?.roles, props.chosen)
  return (
    <Show when={options().length > 0}>
      <div>
        <p class="mb-1 text-meta text-ink-3">{labelsText().rolesHelp}</p>
        <Boxes label={labelsText().roles} options={options()} chosen={props.chosen} choose={props.choose} />
      </div>
    </Show>
  )
}
