const HOLD_MS = 450
const MOVES_PX = 10

/** Letting go would be a tap on whatever has opened under the thumb, and close it. The next touch is heard again. */
function swallowClick(): void {
  const over = new AbortController()
  const swallow = (event: MouseEvent) => {
    event.preventDefault()
    event.stopPropagation()
    over.abort()
  }
  window.addEventListener('click', swallow, { capture: true, signal: over.signal })
  window.addEventListener('pointerdown', () => over.abort(), { capture: true, signal: over.signal })
}

/** Handlers for a thumb that stays: also the right button of a mouse. A thumb that moves is scrolling. */
export function createLongPress(held: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start: { x: number; y: number } | null = null
  const stop = () => {
    clearTimeout(timer)
    start = null
  }
  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType === 'mouse') return
      start = { x: event.clientX, y: event.clientY }
      timer = setTimeout(() => {
        start = null
        navigator.vibrate?.(12)
        swallowClick()
        held()
      }, HOLD_MS)
    },
    onPointerMove(event: PointerEvent) {
      if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > MOVES_PX) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu(event: MouseEvent) {
      if (event.target instanceof HTMLElement && event.target.closest('a, img')) return
      event.preventDefault()
      if (event instanceof PointerEvent && event.pointerType === 'mouse') held()
    },
  }
}
