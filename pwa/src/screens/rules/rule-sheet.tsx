import FlaskConical from 'lucide-solid/icons/flask-conical'
import Trash from 'lucide-solid/icons/trash'
import { createSignal, For, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { AssignmentRule } from '#contract/rules.ts'
import { WAYS } from '#contract/rule-ways.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { choosable, type Places } from '../../create-places.ts'
import { useDesk } from '../../live/context.ts'
import { rules } from '../../text/rules.ts'
import { t } from '../../text/text.ts'
import { Boxes } from '../../ui/boxes.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Switch } from '../../ui/switch.tsx'
import { say } from '../../ui/toast.tsx'
import { TrialSheet } from './trial-sheet.tsx'

type Fields = Omit<AssignmentRule, 'id' | 'rev'>
const BLANK: Fields = { channelId: null, departmentId: null, way: 'least_loaded', roles: [], moveOnMinutes: 15, isActive: true }
const MINUTES = [5, 10, 15, 30, 60, 120, 240, 480]

/** One rule: which chats, who gets them, and after how long they go on. It can be tried before it is saved. */
export function RuleSheet(props: {
  /** null: a new one. */
  rule: AssignmentRule | null
  /** null until they are known. */
  places: Places | null
  isStale: boolean
  changed: (rule: AssignmentRule, isGone: boolean) => void
  close: () => void
}) {
  const { desk } = useDesk()
  const saving = createAction()
  const ending = createAction()
  const [isTrying, setIsTrying] = createSignal(false)
  const [fields, setFields] = createStore<Fields>({ ...BLANK, ...untrack(() => props.rule) })
  const minutes = () =>
    [...new Set([...MINUTES, ...(fields.moveOnMinutes === null ? [] : [fields.moveOnMinutes])])].toSorted((a, b) => a - b)
  const departments = () => choosable(props.places?.departments, [fields.departmentId ?? ''])
  const roles = () => choosable(props.places?.roles, fields.roles)
  const draft = () => {
    const { channelId, departmentId, way, moveOnMinutes, isActive } = fields
    const known = props.rule ? { ruleId: props.rule.id, rev: props.rule.rev } : {}
    return { ...known, channelId, departmentId, way, roles: [...fields.roles], moveOnMinutes, isActive }
  }

  async function save() {
    props.changed(await call(api.saveRule, draft()), false)
    say(rules().saved)
    props.close()
  }
  const endNow = () => ending.run(end)
  async function end() {
    if (!props.rule) return
    props.changed(await call(api.archiveRule, { ruleId: props.rule.id }), true)
    say(rules().ended)
    props.close()
  }

  return (
    <Sheet title={props.rule ? rules().editTitle : rules().newTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void saving.run(save)
        }}
      >
        <Choice
          label={rules().channel}
          onChange={(event) =>
            setFields('channelId', desk.channels().find(({ id }) => id === event.currentTarget.value)?.id ?? null)
          }
        >
          <option value="">{rules().anyChannel}</option>
          <For each={desk.channels()}>
            {(channel) => (
              <option value={channel.id} selected={channel.id === fields.channelId}>
                {channel.name}
              </option>
            )}
          </For>
        </Choice>
        <Choice
          label={rules().department}
          onChange={(event) =>
            setFields('departmentId', departments().find(({ id }) => id === event.currentTarget.value)?.id ?? null)
          }
        >
          <option value="">{rules().anyDepartment}</option>
          <For each={departments()}>
            {(department) => (
              <option value={department.id} selected={department.id === fields.departmentId}>
                {department.name}
              </option>
            )}
          </For>
        </Choice>
        <fieldset>
          <legend class="mb-1 text-small font-semibold">{rules().way}</legend>
          <For each={WAYS}>
            {(way) => (
              <label class="row flex min-h-14 items-center gap-3 rounded-slip px-2 py-1.5">
                <input
                  type="radio"
                  name="way"
                  class="size-5 flex-none accent-anil"
                  checked={fields.way === way}
                  onChange={() => setFields('way', way)}
                />
                <span class="min-w-0 flex-1">
                  <span class="block">{rules().ways[way].name}</span>
                  <span class="block text-meta text-ink-3">{rules().ways[way].help}</span>
                </span>
              </label>
            )}
          </For>
        </fieldset>
        <Choice
          label={rules().moveOn}
          onChange={(event) =>
            setFields('moveOnMinutes', event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
          }
        >
          <option value="" selected={fields.moveOnMinutes === null}>
            {rules().stays}
          </option>
          <For each={minutes()}>
            {(count) => (
              <option value={count} selected={count === fields.moveOnMinutes}>
                {rules().minutes(count)}
              </option>
            )}
          </For>
        </Choice>
        <div>
          <Boxes label={rules().roles} options={roles()} chosen={fields.roles} choose={(ids) => setFields('roles', ids)} />
          <p class="mt-1 text-meta text-ink-3">{rules().rolesHelp}</p>
        </div>
        <Switch name={rules().active} help={rules().activeHelp} on={fields.isActive} change={(on) => setFields('isActive', on)} />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {saving.error() ?? ending.error() ?? (props.isStale ? rules().needsNetwork : null)}
        </p>
        <div class="flex flex-wrap gap-2">
          <Button kind="primary" type="submit" disabled={props.isStale} busy={saving.busy()}>
            {rules().save}
          </Button>
          <Button kind="quiet" type="button" icon={FlaskConical} disabled={props.isStale} onClick={() => setIsTrying(true)}>
            {rules().tryNow}
          </Button>
        </div>
        <Show when={props.rule}>
          <div class="border-t border-line pt-4">
            <Button
              kind="quiet"
              type="button"
              class="!text-cochinilla"
              icon={Trash}
              disabled={props.isStale}
              busy={ending.busy()}
              onClick={() => void endNow()}
            >
              {rules().end}
            </Button>
            <p class="text-meta text-ink-3">{rules().endHelp}</p>
          </div>
        </Show>
      </form>
      <Show when={isTrying()}>
        <TrialSheet rule={draft()} close={() => setIsTrying(false)} />
      </Show>
    </Sheet>
  )
}
