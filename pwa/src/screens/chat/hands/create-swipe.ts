import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { ANSWER_PX, beginsAt, followOf, wayOf } from './swipe.rules.ts'

type Swipe = { id: string; pointer: number; x: number; y: number; row: HTMLElement; isOn: boolean; isFar: boolean }
/** Where the sign of an answer stands: its height in the box, and whether letting go answers. */
export type SwipeSign = { top: number; isFar: boolean; part: number }

const IS_STILL = '(prefers-reduced-motion: reduce)'
/** What is dragged by itself, or writes. */
const OWN_HANDS = 'input, textarea, video, [role="slider"]'

/**
 * A message that is pulled to the right is answered. It follows the thumb and springs back; who wants no movement sees the
 * sign alone. Rows are `[data-message]`, and what moves in them is `[data-swipe]`.
 */
export function createSwipe(
  box: HTMLElement,
  on: { mayAnswer: (id: string) => boolean; answer: (id: string) => void },
): Accessor<SwipeSign | null> {
  const [sign, setSign] = createSignal<SwipeSign | null>(null)
  let swipe: Swipe | null = null

  function down(event: PointerEvent) {
    if (swipe) return stop()
    if (event.pointerType !== 'touch' || !event.isPrimary || !beginsAt(event.clientX)) return
    if (!(event.target instanceof Element) || event.target.closest(OWN_HANDS)) return
    const row = event.target.closest<HTMLElement>('[data-swipe]')
    const id = row?.closest<HTMLElement>('[data-message]')?.dataset['message']
    if (!row || !id || !on.mayAnswer(id)) return
    swipe = { id, row, pointer: event.pointerId, x: event.clientX, y: event.clientY, isOn: false, isFar: false }
  }

  function move(event: PointerEvent) {
    if (!swipe || event.pointerId !== swipe.pointer) return
    const [dx, dy] = [event.clientX - swipe.x, event.clientY - swipe.y]
    if (!swipe.isOn) {
      const way = wayOf(dx, dy)
      if (way === 'away') return stop()
      if (way === 'wait') return
      swipe.isOn = true
      // The long press is of the same element: it goes on hearing that the thumb moves.
      swipe.row.setPointerCapture(event.pointerId)
    }
    follow(swipe, dx)
  }

  function follow(now: Swipe, dx: number) {
    const isFar = dx >= ANSWER_PX
    if (isFar && !now.isFar) navigator.vibrate?.(12)
    now.isFar = isFar
    if (!matchMedia(IS_STILL).matches) {
      now.row.style.transition = 'none'
      now.row.style.transform = `translateX(${followOf(dx)}px)`
    }
    const { top, height } = now.row.getBoundingClientRect()
    setSign({ top: top + height / 2 - box.getBoundingClientRect().top, isFar, part: Math.min(1, Math.max(0, dx) / ANSWER_PX) })
  }

  function stop() {
    const was = swipe
    swipe = null
    setSign(null)
    if (!was?.isOn) return
    was.row.style.transition = 'transform 160ms var(--ease-paper)'
    was.row.style.transform = ''
  }

  function up(event: PointerEvent) {
    if (!swipe || event.pointerId !== swipe.pointer) return
    const { isOn, isFar, id } = swipe
    stop()
    if (isOn && isFar) on.answer(id)
  }

  const around = new AbortController()
  onCleanup(() => {
    around.abort()
    stop()
  })
  const { signal } = around
  box.addEventListener('pointerdown', down, { signal })
  box.addEventListener('pointermove', move, { signal })
  box.addEventListener('pointerup', up, { signal })
  box.addEventListener('pointercancel', stop, { signal })
  return sign
}
