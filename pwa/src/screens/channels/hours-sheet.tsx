import CopyPlus from 'lucide-solid/icons/copy-plus'
import X from 'lucide-solid/icons/x'
import { createMemo, createSignal, For, Index, Show, untrack } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import type { ChannelHours, ChannelOwn } from '#contract/channel-settings.ts'
import { COUNTRIES, holidaysOf, isDate } from '#contract/holidays.ts'
import { attentionAt, dateAt, hoursProblem } from '#contract/hours.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { timeZones } from '../../lib/places.ts'
import { channelText } from '../../text/channel.ts'
import { language, problemText, t } from '../../text/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { DayFields, type Ranges } from './day-fields.tsx'
import { attentionText, whenIn } from './attention-text.ts'

type HoursSheetProps = { channelId: string; own: ChannelOwn; changed: (own: ChannelOwn) => void; close: () => void }

/** The hours of one number: week, holidays, special dates, and what they come to right now. */
export function HoursSheet(props: HoursSheetProps) {
  const action = createAction()
  const [hours, setHours] = createStore<ChannelHours>(structuredClone(untrack(() => unwrap(props.own.hours))))
  const kept = untrack(() => hours.timeZone)
  const problem = createMemo(() => hoursProblem(hours))
  const now = createMemo(() => {
    if (problem()) return ''
    return attentionText(attentionAt(hours, minuteNow()), channelText(), (at) => whenIn(language(), hours.timeZone, at))
  })
  const setDay = (day: number, ranges: Ranges) => setHours('week', day, ranges)

  async function save() {
    const given = { channelId: props.channelId, rev: props.own.rev, hours: structuredClone(unwrap(hours)) }
    props.changed(await call(api.changeChannelHours, given))
    say(channelText().saved)
    props.close()
  }

  return (
    <Sheet title={channelText().hours} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <p class="text-small text-ink-2">{channelText().hoursHelp}</p>
        <p role="status" class="rounded-segment bg-anil-tint px-3 py-2">
          <span class="block text-meta text-ink-2">{channelText().preview}</span>
          <span class="font-semibold">{now() || problemText(problem() ?? 'hours_invalid').cause}</span>
        </p>
        <Choice label={channelText().timeZone} onChange={(event) => setHours('timeZone', event.currentTarget.value)}>
          <For each={timeZones(kept)}>
            {(zone) => (
              <option value={zone} selected={zone === hours.timeZone}>
                {zone.replaceAll('_', ' ')}
              </option>
            )}
          </For>
        </Choice>
        <div>
          <Index each={channelText().days}>
            {(name, day) => (
              <DayFields
                name={name()}
                ranges={hours.week[day] ?? []}
                change={(ranges) => setDay(day, ranges)}
                actions={
                  <IconButton
                    label={channelText().copyDay(name())}
                    icon={CopyPlus}
                    onClick={() => {
                      const ranges = structuredClone(unwrap(hours.week[day] ?? []))
                      setHours('week', (week) => week.map(() => structuredClone(ranges)))
                    }}
                  />
                }
              />
            )}
          </Index>
        </div>
        <Holidays hours={hours} choose={(more) => setHours(more)} />
        <Exceptions hours={hours} put={(dates) => setHours('exceptions', reconcile(dates))} />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()} disabled={problem() !== null}>
          {channelText().save}
        </Button>
      </form>
    </Sheet>
  )
}

type Choose = (more: Pick<ChannelHours, 'holidays' | 'worked'>) => void

/** Whose holidays are closed, and which of them are worked all the same. */
function Holidays(props: { hours: ChannelHours; choose: Choose }) {
  const country = () => props.hours.holidays
  const names = createMemo(() => new Intl.DisplayNames([language()], { type: 'region' }))
  const year = () => Number(dateAt(props.hours.timeZone, minuteNow()).slice(0, 4))
  const day = createMemo(
    () => new Intl.DateTimeFormat(language(), { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }),
  )
  const isClosed = (name: string) => !props.hours.worked.includes(name)
  const toggle = (name: string, closed: boolean) =>
    props.choose({
      holidays: country(),
      worked: closed ? props.hours.worked.filter((other) => other !== name) : [...props.hours.worked, name],
    })
  return (
    <div>
      <Choice
        label={channelText().holidays}
        onChange={(event) =>
          props.choose({ holidays: COUNTRIES.find((code) => code === event.currentTarget.value) ?? null, worked: [] })
        }
      >
        <option value="" selected={country() === null}>
          {channelText().holidaysNone}
        </option>
        <For each={COUNTRIES}>
          {(code) => (
            <option value={code} selected={code === country()}>
              {names().of(code)}
            </option>
          )}
        </For>
      </Choice>
      <Show when={country()}>
        {(code) => (
          <fieldset class="mt-3">
            <legend class="text-small font-semibold">{channelText().holidaysList(year())}</legend>
            <p class="text-meta text-ink-3">{channelText().holidaysHelp}</p>
            <ul class="scroll-thin mt-1 max-h-72 overflow-y-auto rounded-slip border border-line bg-paper">
              <For each={holidaysOf(code(), year())}>
                {({ date, name }) => (
                  <li class="border-line [&+&]:border-t">
                    <label class="row flex min-h-12 items-center gap-3 px-4 py-1.5">
                      <input
                        type="checkbox"
                        class="size-5 flex-none accent-anil"
                        checked={isClosed(name)}
                        onChange={(event) => toggle(name, event.currentTarget.checked)}
                      />
                      <span class="min-w-0 flex-1">{name}</span>
                      <span class="nums text-meta text-ink-3">{day().format(new Date(`${date}T00:00:00Z`))}</span>
                    </label>
                  </li>
                )}
              </For>
            </ul>
          </fieldset>
        )}
      </Show>
    </div>
  )
}

/** Dates with hours of their own, or closed. */
function Exceptions(props: { hours: ChannelHours; put: (dates: ChannelHours['exceptions']) => void }) {
  const [date, setDate] = createSignal('')
  const dates = () => Object.keys(props.hours.exceptions).toSorted()
  const day = createMemo(
    () =>
      new Intl.DateTimeFormat(language(), { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  )
  const all = () => structuredClone(unwrap(props.hours.exceptions))
  return (
    <fieldset>
      <legend class="text-small font-semibold">{channelText().exceptions}</legend>
      <p class="text-meta text-ink-3">{channelText().exceptionsHelp}</p>
      <For each={dates()}>
        {(one) => (
          <DayFields
            name={day().format(new Date(`${one}T00:00:00Z`))}
            ranges={props.hours.exceptions[one] ?? []}
            change={(ranges) => props.put({ ...all(), [one]: ranges })}
            actions={
              <IconButton
                label={`${channelText().removeDate}: ${one}`}
                icon={X}
                onClick={() => props.put(Object.fromEntries(Object.entries(all()).filter(([other]) => other !== one)))}
              />
            }
          />
        )}
      </For>
      <div class="mt-2 flex flex-wrap items-end gap-2">
        <Field
          class="min-w-44 flex-1"
          label={channelText().date}
          type="date"
          value={date()}
          onInput={(event) => setDate(event.currentTarget.value)}
        />
        <Button
          disabled={!isDate(date()) || props.hours.exceptions[date()] !== undefined}
          onClick={() => {
            props.put({ ...all(), [date()]: [] })
            setDate('')
          }}
        >
          {channelText().addDate}
        </Button>
      </div>
    </fieldset>
  )
}
