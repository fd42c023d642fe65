import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { For } from 'solid-js'
import type { ReconDay } from '#contract/reconciliation.ts'
import { calendarDay } from '../../text/format.ts'
import { reconciliationText } from '../../text/reconciliation.ts'
import { Icon } from '../../ui/icon.tsx'
import { stateOf, type DayState } from './reconciliation.rules.ts'
import { StateLine, type Mood } from './state-line.tsx'

const MOODS: Readonly<Record<DayState, Mood>> = { even: 'good', late: 'waits', open: 'wrong', unread: 'unread', waits: 'waits' }

function sentenceOf(day: ReconDay): string {
  const words = reconciliationText()
  const sentences: Record<DayState, string> = {
    even: words.dayEven(day.matched + day.decided),
    late: words.dayLate(day.late),
    open: words.dayOpen(day.open),
    unread: words.dayUnread(day.problem ?? ''),
    waits: words.dayWaits,
  }
  return sentences[stateOf(day)]
}

/** Days with each gateway, and how each stands; a day leads to its movements. */
export function Days(props: { days: readonly ReconDay[] }) {
  const words = () => reconciliationText()
  return (
    <ul class="overflow-hidden rounded-card border border-line bg-surface">
      <For each={props.days} fallback={<li class="p-4 text-small text-ink-2">{words().noDays}</li>}>
        {(day) => (
          <li class="border-line [&+&]:border-t">
            <A
              href={`/settings/operator/reconciliation?day=${day.day}&gateway=${day.gateway}`}
              class="row flex min-h-16 items-center gap-3 px-4 py-2"
            >
              <span class="grid min-w-0 flex-1 gap-0.5">
                <span>{words().dayTitle(words().gateways[day.gateway], calendarDay(day.day))}</span>
                <StateLine mood={MOODS[stateOf(day)]} words={sentenceOf(day)} class="text-meta" />
              </span>
              <Icon of={ChevronRight} class="text-ink-3" />
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}
