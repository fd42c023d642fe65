import { createSignal, For, Show } from 'solid-js'
import type { addApiKey, ApiKey } from '#contract/audit.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import type { Grants, Permission } from '#contract/permissions.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { createAction } from '../../api/create-action.ts'
import { channelOption } from './names.ts'
import { Picker } from './picker.tsx'
import { GROUPS, permissionsOf } from './roles-matrix.tsx'
import { ShownOnce } from '../../shown-once.tsx'

const DAYS = ['30', '90', '365', 'never'] as const

/** Makes a key, then shows its secret this once. */
export function AddKey(props: { added: (key: ApiKey) => void; close: () => void }) {
  const { desk } = useDesk()
  const action = createAction()
  const [made, setMade] = createSignal<OutputOf<typeof addApiKey> | null>(null)
  const [name, setName] = createSignal('')
  const [chosen, setChosen] = createSignal<readonly Permission[]>([])
  const [channels, setChannels] = createSignal<readonly string[]>([])
  const [days, setDays] = createSignal<(typeof DAYS)[number]>('90')
  const [missing, setMissing] = createSignal(false)

  async function make() {
    // As far as its maker reaches, never further.
    const grants: Grants = Object.fromEntries(chosen().map((permission) => [permission, desk.me.grants[permission] ?? 'own']))
    const answer = await call(api.addApiKey, {
      name: name(),
      grants,
      ...(channels().length > 0 ? { channels: [...channels()] } : {}),
      ...(days() === 'never' ? {} : { days: Number(days()) }),
    })
    props.added(answer.key)
    setMade(answer)
  }

  function submit(event: SubmitEvent) {
    event.preventDefault()
    setMissing(chosen().length === 0)
    if (!missing()) void action.run(make)
  }

  return (
    <Sheet title={made() ? team().keys.secretTitle : team().keys.addTitle} closeLabel={t().app.close} close={props.close}>
      <Show
        when={made()}
        fallback={
          <form class="flex flex-col gap-5 p-5" onSubmit={submit}>
            <Field
              label={team().common.name}
              hint={team().keys.nameHint}
              minlength={2}
              maxlength={60}
              autocomplete="off"
              required
              value={name()}
              onInput={(event) => setName(event.currentTarget.value)}
            />
            <PermissionBoxes chosen={chosen()} choose={setChosen} />
            <Show when={desk.channels().length > 0}>
              <Picker
                label={team().keys.numbers}
                help={team().keys.numbersHelp}
                options={desk.channels().map(channelOption)}
                chosen={channels()}
                choose={setChannels}
              />
            </Show>
            <Choice
              label={team().keys.ends}
              onChange={(event) => setDays(DAYS.find((term) => term === event.currentTarget.value) ?? '90')}
            >
              <For each={DAYS}>
                {(term) => (
                  <option value={term} selected={term === days()}>
                    {team().keys.days[term]}
                  </option>
                )}
              </For>
            </Choice>
            <p role="alert" class="text-small text-cochinilla empty:hidden">
              {missing() ? team().keys.atLeastOne : action.error()}
            </p>
            <Button kind="primary" type="submit" busy={action.busy()}>
              {team().keys.make}
            </Button>
          </form>
        }
      >
        {(answer) => (
          <div class="flex flex-col gap-4 p-5">
            <p class="text-small text-ink-2">{team().keys.secretHelp}</p>
            <ShownOnce label={team().keys.secret} copyLabel={team().keys.copySecret} value={answer().secret} />
            <Button kind="primary" onClick={() => props.close()}>
              {team().common.done}
            </Button>
          </div>
        )}
      </Show>
    </Sheet>
  )
}

/** What the key may do, by group: only what its maker may do. */
function PermissionBoxes(props: { chosen: readonly Permission[]; choose: (next: readonly Permission[]) => void }) {
  const { desk } = useDesk()
  const toggle = (permission: Permission, on: boolean) =>
    props.choose(on ? [...props.chosen, permission] : props.chosen.filter((other) => other !== permission))
  return (
    <fieldset class="min-w-0">
      <legend class="text-small font-semibold">{team().keys.permissions}</legend>
      <p class="mb-2 text-meta text-ink-3">{team().keys.permissionsHelp}</p>
      <div class="scroll-thin max-h-80 overflow-y-auto rounded-slip border border-line bg-paper">
        <For each={GROUPS}>
          {(group) => (
            <Show when={permissionsOf(group).some(desk.may)}>
              <p class="px-4 pt-3 pb-1 font-display text-small font-bold">{team().groups[group]}</p>
              <For each={permissionsOf(group).filter(desk.may)}>
                {(permission) => (
                  <label class="row flex min-h-12 items-center gap-3 px-4 py-1.5">
                    <input
                      type="checkbox"
                      class="size-5 flex-none accent-anil"
                      checked={props.chosen.includes(permission)}
                      onChange={(event) => toggle(permission, event.currentTarget.checked)}
                    />
                    <span class="min-w-0 flex-1">
                      <span class="block">{team().permissions[permission].name}</span>
                      <span class="block text-meta text-ink-3">{team().permissions[permission].help}</span>
                    </span>
                  </label>
                )}
              </For>
            </Show>
          )}
        </For>
      </div>
    </fieldset>
  )
}
