import Plus from 'lucide-solid/icons/plus'
import X from 'lucide-solid/icons/x'
import { Index, Show, type JSX } from 'solid-js'
import { DAY_MINUTES, isDayValid, minutesOf, rangeOf, timeOf } from '#contract/hours.ts'
import { channelText } from '../../text/channel.ts'
import { Button, IconButton } from '../../ui/button.tsx'

export type Ranges = [from: number, to: number][]
const MORNING: Ranges = [[480, 1080]]

type DayFieldsProps = { name: string; ranges: Ranges; change: (ranges: Ranges) => void; actions?: JSX.Element }

/** The ranges of one day: closed, one, or several with a pause between. */
export function DayFields(props: DayFieldsProps) {
  const put = (i: number, from: number, to: number) =>
    props.change(props.ranges.map((range, at) => (at === i ? toRange(from, to) : range)))
  /** Another range two hours after the last one, where the day has room for it. */
  const next = (): Ranges[number] | null => {
    const end = props.ranges.at(-1)?.[1] ?? 0
    return end + 120 < DAY_MINUTES ? [end + 60, Math.min(end + 240, DAY_MINUTES)] : null
  }
  return (
    <fieldset class="min-w-0 border-b border-line py-3 last:border-b-0">
      <legend class="contents">
        <span class="flex min-h-11 items-center gap-3">
          <span class="min-w-0 flex-1 font-semibold wrap-anywhere">{props.name}</span>
          <label class="flex min-h-11 items-center gap-2 text-small text-ink-2">
            {props.ranges.length > 0 ? channelText().opens : channelText().closed}
            <input
              type="checkbox"
              role="switch"
              class="switch"
              aria-label={`${channelText().opens}: ${props.name}`}
              checked={props.ranges.length > 0}
              onChange={(event) => props.change(event.currentTarget.checked ? MORNING : [])}
            />
          </label>
          {props.actions}
        </span>
      </legend>
      <Index each={props.ranges}>
        {(range, i) => (
          <div class="mt-1 flex flex-wrap items-center gap-2">
            <Time
              label={`${channelText().from}: ${props.name} ${i + 1}`}
              minutes={range()[0]}
              change={(from) => put(i, from, range()[1] % DAY_MINUTES)}
            />
            <span aria-hidden="true">–</span>
            <Time
              label={`${channelText().to}: ${props.name} ${i + 1}`}
              minutes={range()[1]}
              change={(to) => put(i, range()[0], to)}
            />
            <IconButton
              label={`${channelText().removeRange}: ${props.name} ${i + 1}`}
              icon={X}
              onClick={() => props.change(props.ranges.filter((_, at) => at !== i))}
            />
            <span class="text-meta text-ink-3 empty:hidden">{spanOf(range())}</span>
          </div>
        )}
      </Index>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {isDayValid(props.ranges) ? null : channelText().dayInvalid}
      </p>
      <Show when={props.ranges.length > 0 && next()}>
        {(range) => (
          <Button
            kind="quiet"
            class="!text-anil"
            icon={Plus}
            aria-label={`${channelText().addRange}: ${props.name}`}
            onClick={() => props.change([...props.ranges, range()])}
          >
            {channelText().addRange}
          </Button>
        )}
      </Show>
    </fieldset>
  )
}

function toRange(from: number, to: number): Ranges[number] {
  const [start, end] = rangeOf(from, to)
  return [start, end]
}

function spanOf([from, to]: Ranges[number]): string {
  if (to - from === DAY_MINUTES) return channelText().allDay
  return to > DAY_MINUTES ? channelText().nextDay : ''
}

function Time(props: { label: string; minutes: number; change: (minutes: number) => void }) {
  return (
    <input
      type="time"
      class="field nums min-w-26 flex-1 !px-3"
      aria-label={props.label}
      required
      value={timeOf(props.minutes)}
      onChange={(event) => {
        const minutes = minutesOf(event.currentTarget.value)
        if (minutes !== null) props.change(minutes)
      }}
    />
  )
}
