import { createEffect, onCleanup } from 'solid-js'

const HOLD_MS = 450
/** A thumb that moves so far is scrolling, a mouse that does is dragging. */
const MOVES_PX = 8

export type Point = { x: number; y: number }

type Presses = {
  /** Names what lies here; null: nothing that can be held or dragged. */
  idOf: (element: Element) => string | null
  /** A thumb has stayed on it. */
  held: (id: string) => void
  mayDrag: () => boolean
  began: (id: string, at: Point) => void
  moved: (at: Point) => void
  /** Let go here; null: taken back. */
  ended: (at: Point | null) => void
}

type Press = { id: string; pointer: number; start: Point; isMouse: boolean; isHeld: boolean; isDragged: boolean }

/**
 * Rows that can be held and dragged. Touch: a thumb that stays holds, and drags when it moves on; one that moves at once
 * scrolls. Mouse: whatever is pulled is dragged. The click that would follow is swallowed. Gives the ref of their box.
 */
export function createPressDrag(on: Presses): (box: HTMLElement) => void {
  let press: Press | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let swallows = false
  let around = new AbortController()

  function stop(at: Point | null) {
    clearTimeout(timer)
    around.abort()
    const was = press
    press = null
    if (was?.isDragged) on.ended(at)
  }

  function hold() {
    if (!press) return
    press.isHeld = true
    swallows = true
    navigator.vibrate?.(12)
    on.held(press.id)
  }

  function move(event: PointerEvent) {
    if (!press || event.pointerId !== press.pointer) return
    const at = { x: event.clientX, y: event.clientY }
    if (press.isDragged) return on.moved(at)
    if (Math.hypot(at.x - press.start.x, at.y - press.start.y) <= MOVES_PX) return
    if ((!press.isMouse && !press.isHeld) || !on.mayDrag()) return press.isHeld ? undefined : stop(null)
    press.isDragged = true
    swallows = true
    on.began(press.id, at)
  }

  function down(event: PointerEvent) {
    swallows = false
    if (press || !event.isPrimary || event.button !== 0 || !(event.target instanceof Element)) return
    const id = on.idOf(event.target)
    if (id === null) return
    const isMouse = event.pointerType === 'mouse'
    press = {
      id,
      pointer: event.pointerId,
      start: { x: event.clientX, y: event.clientY },
      isMouse,
      isHeld: false,
      isDragged: false,
    }
    if (!isMouse) timer = setTimeout(hold, HOLD_MS)
    around = new AbortController()
    const { signal } = around
    window.addEventListener('pointermove', move, { signal })
    window.addEventListener('pointerup', (up) => up.pointerId === press?.pointer && stop({ x: up.clientX, y: up.clientY }), {
      signal,
    })
    window.addEventListener('pointercancel', () => stop(null), { signal })
    window.addEventListener('blur', () => stop(null), { signal })
    window.addEventListener('keydown', (key) => key.key === 'Escape' && press?.isDragged === true && takeBack(key), {
      signal,
      capture: true,
    })
  }

  function takeBack(key: KeyboardEvent) {
    key.stopPropagation()
    stop(null)
  }

  onCleanup(() => stop(null))

  return (box) => {
    box.addEventListener('pointerdown', down)
    // From the moment a thumb holds a row the browser must not scroll with it, or it takes the pointer away. Only where
    // there is something to drag: whoever listens so makes scrolling wait for the main thread.
    createEffect(() => {
      if (!on.mayDrag()) return
      const stay = (event: TouchEvent) => press?.isHeld === true && event.cancelable && event.preventDefault()
      box.addEventListener('touchmove', stay, { passive: false })
      onCleanup(() => box.removeEventListener('touchmove', stay))
    })
    box.addEventListener('contextmenu', (event) => press !== null && !press.isMouse && event.preventDefault())
    // Links and pictures would be dragged by the browser itself.
    box.addEventListener('dragstart', (event) => on.mayDrag() && event.preventDefault())
    box.addEventListener(
      'click',
      (event) => {
        if (!swallows) return
        swallows = false
        event.preventDefault()
        event.stopPropagation()
      },
      { capture: true },
    )
  }
}
