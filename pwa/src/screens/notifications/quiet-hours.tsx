import { For, Show } from 'solid-js'
import type { Quiet } from '#contract/push.ts'
import { useDesk } from '../../live/context.ts'
import { notices } from '../../text/notices.ts'
import { Field } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { Card } from './card.tsx'
import type { Choice } from './create-choice.ts'

const FIRST: Quiet = { from: '20:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] }

/** When nothing comes. The hours are of where the person is. */
export function QuietHours(props: { choice: Choice }) {
  const { desk } = useDesk()
  const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || desk.me.account.timeZone
  const zone = () => props.choice.now().timeZone ?? desk.me.account.timeZone
  const change = (quiet: Quiet | null) => props.choice.change({ quiet, timeZone: here() })
  return (
    <Card title={notices().quiet}>
      <Switch
        name={notices().quiet}
        help={notices().quietHelp}
        on={props.choice.now().quiet !== null}
        change={(on) => change(on ? FIRST : null)}
      />
      <Show when={props.choice.now().quiet}>
        {(quiet) => (
          <>
            <div class="grid grid-cols-2 gap-3">
              <Field
                label={notices().from}
                type="time"
                required
                value={quiet().from}
                onChange={(event) => event.currentTarget.value && change({ ...quiet(), from: event.currentTarget.value })}
              />
              <Field
                label={notices().to}
                type="time"
                required
                value={quiet().to}
                onChange={(event) => event.currentTarget.value && change({ ...quiet(), to: event.currentTarget.value })}
              />
            </div>
            <Days chosen={quiet().days} choose={(days) => change({ ...quiet(), days })} />
            <p class="text-meta text-ink-3">{notices().zone(zone().replaceAll('_', ' '))}</p>
          </>
        )}
      </Show>
    </Card>
  )
}

/** At least one: quiet on no day is not quiet. */
function Days(props: { chosen: readonly number[]; choose: (days: number[]) => void }) {
  const toggle = (day: number) => {
    const days = [1, 2, 3, 4, 5, 6, 7].filter((one) => props.chosen.includes(one) !== (one === day))
    if (days.length > 0) props.choose(days)
  }
  return (
    <fieldset class="min-w-0">
      <legend class="mb-1 text-small font-semibold">{notices().days}</legend>
      <div class="grid grid-cols-7 gap-1">
        <For each={[1, 2, 3, 4, 5, 6, 7]}>
          {(day) => (
            <button
              type="button"
              class="flex min-h-11 items-center justify-center rounded-slip border-[1.5px] text-small"
              classList={{
                'border-ink bg-ink text-paper': props.chosen.includes(day),
                'border-line bg-surface text-ink-2': !props.chosen.includes(day),
              }}
              aria-pressed={props.chosen.includes(day)}
              aria-label={notices().dayNames[day - 1]}
              onClick={() => toggle(day)}
            >
              {notices().dayShort[day - 1]}
            </button>
          )}
        </For>
      </div>
    </fieldset>
  )
}
