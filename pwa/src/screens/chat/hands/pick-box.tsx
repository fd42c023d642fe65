import { clockTime } from '../../../text/format.ts'
import { t } from '../../../text/text.ts'
import type { Hands } from '../create-hands.ts'
import type { Row } from '../create-rows.ts'

/** While one chooses, the whole row is a box to tick, drawn where its slip leaves room: no row moves. */
export function PickBox(props: { row: Row; hands: Hands; order: () => string[] }) {
  const message = () => props.row.facts().shown.message
  const isOn = () => props.hands.has(props.row.id)
  return (
    <label
      class="absolute -inset-y-0.5 -right-3.5 -left-[22px] z-2 flex px-3.5"
      classList={{
        'justify-end': message().direction !== 'out',
        'items-center': message().direction !== 'note',
        'items-start pt-2': message().direction === 'note',
        'bg-anil/15': isOn(),
      }}
      onClick={(event) => event.stopPropagation()}
    >
      <input
        type="checkbox"
        class="size-6 accent-anil"
        aria-label={`${clockTime(message().at)} ${message().text ?? t().kinds[message().kind]}`}
        checked={isOn()}
        onClick={(event) => {
          props.hands.pick(props.row.id, event.shiftKey ? props.order() : undefined)
          event.currentTarget.checked = isOn()
        }}
      />
    </label>
  )
}
