/** Where several numbers belong, and who works them. */
import { createSignal, For, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import type { DepartmentId, PersonId } from '#contract/ids.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { care } from '../../text/care.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Boxes } from '../../ui/boxes.tsx'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { NumbersWork } from './numbers-work.ts'

type PlaceProps = { numbers: readonly Channel[]; work: NumbersWork; close: () => void }

/** Moves them to a department with one tap. */
export function MoveSheet(props: PlaceProps) {
  const departments = createAsked(async () => (await call(api.listDepartments, {})).items)
  const places = (): { id: DepartmentId | null; name: string }[] => [
    { id: null, name: care().noDepartment },
    ...(departments.items() ?? []).filter(({ archived }) => !archived),
  ]
  return (
    <Sheet title={care().moveTitle(props.numbers.length)} closeLabel={t().app.close} close={props.close}>
      <p class="px-5 pt-3 text-small text-ink-2">{care().moveHelp}</p>
      <Problem of={departments} />
      <ul class="p-2" aria-busy={departments.loading() && !departments.items()}>
        <For each={places()}>
          {(place) => (
            <li>
              <button
                type="button"
                class="row flex min-h-14 w-full items-center rounded-button px-3 text-left"
                disabled={props.work.busy()}
                onClick={() => void props.work.move(props.numbers, place.id, place.name)}
              >
                {place.name}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Sheet>
  )
}

/** Adds people to all of them. */
export function StaffSheet(props: PlaceProps) {
  const people = createAsked(async () => (await call(api.listPeople, {})).items)
  const [chosen, setChosen] = createSignal<PersonId[]>([])
  return (
    <Sheet title={care().staffTitle(props.numbers.length)} closeLabel={t().app.close} close={props.close}>
      <Problem of={people} />
      <div class="flex flex-col gap-4 p-5">
        <Boxes
          label={care().staffHelp}
          options={(people.items() ?? []).filter(({ state }) => state !== 'deactivated')}
          chosen={chosen()}
          choose={setChosen}
        />
        <Button
          kind="primary"
          busy={props.work.busy()}
          disabled={chosen().length === 0}
          onClick={() => void props.work.staff(props.numbers, chosen())}
        >
          {care().staff}
        </Button>
      </div>
    </Sheet>
  )
}

function Problem(props: { of: { problem: () => Parameters<typeof sentenceOf>[0] | null } }) {
  return (
    <p role="alert" class="px-5 text-small text-cochinilla empty:hidden">
      <Show when={props.of.problem()}>{(problem) => sentenceOf(problem())}</Show>
    </p>
  )
}
