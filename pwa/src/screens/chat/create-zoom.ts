import { createSignal } from 'solid-js'
import { FIT, held, swept, tapped, zoomedAt, type Zoom } from './zoom.rules.ts'

const DOUBLE_TAP_MS = 300
const DOUBLE_TAP_PX = 30

/** Fingers, wheel and keys on a picture. `turn` goes to the picture before or after. */
export function createZoom(turn: (by: -1 | 1) => void) {
  const [zoom, setZoom] = createSignal<Zoom>(FIT)
  const fingers = new Map<number, { x: number; y: number }>()
  let start: { x: number; y: number } | null = null
  let lastTap = { at: 0, x: 0, y: 0 }
  let wasPinched = false

  const frameOf = (element: HTMLElement) => ({ width: element.clientWidth, height: element.clientHeight })
  /** A point of the screen, from the middle of the frame. */
  function pointIn(element: HTMLElement, event: { clientX: number; clientY: number }) {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
  }
  const spread = () => {
    const [a, b] = [...fingers.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }
  const middle = () => {
    const all = [...fingers.values()]
    return { x: all.reduce((sum, { x }) => sum + x, 0) / all.length, y: all.reduce((sum, { y }) => sum + y, 0) / all.length }
  }

  type On<E> = E & { currentTarget: HTMLElement }

  function onPointerDown(event: On<PointerEvent>) {
    event.currentTarget.setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, pointIn(event.currentTarget, event))
    if (fingers.size === 1) {
      start = pointIn(event.currentTarget, event)
      wasPinched = false
    }
  }

  function onPointerMove(event: On<PointerEvent>) {
    if (!fingers.has(event.pointerId)) return
    const frame = frameOf(event.currentTarget)
    const [wide, from] = [spread(), middle()]
    fingers.set(event.pointerId, pointIn(event.currentTarget, event))
    const to = middle()
    if (fingers.size > 1) {
      wasPinched = true
      if (wide > 0) setZoom((now) => zoomedAt(now, spread() / wide, to, frame))
    }
    if (fingers.size > 1 || zoom().scale > 1) {
      setZoom((now) => held({ ...now, x: now.x + to.x - from.x, y: now.y + to.y - from.y }, frame))
    }
  }

  function onPointerUp(event: On<PointerEvent>) {
    if (!fingers.delete(event.pointerId) || fingers.size > 0 || !start || wasPinched) return
    const at = pointIn(event.currentTarget, event)
    const [dx, dy] = [at.x - start.x, at.y - start.y]
    const way = zoom().scale === 1 ? swept(dx, dy) : 0
    if (way !== 0) return turn(way)
    if (Math.hypot(dx, dy) > DOUBLE_TAP_PX) return
    const isSecond =
      event.timeStamp - lastTap.at < DOUBLE_TAP_MS && Math.hypot(at.x - lastTap.x, at.y - lastTap.y) < DOUBLE_TAP_PX
    if (isSecond) setZoom((now) => tapped(now, at, frameOf(event.currentTarget)))
    lastTap = isSecond ? { at: 0, x: 0, y: 0 } : { at: event.timeStamp, ...at }
  }

  return {
    zoom,
    fit: () => setZoom(FIT),
    /** The same without fingers. */
    by(factor: number, frame: HTMLElement): void {
      setZoom((now) => zoomedAt(now, factor, { x: 0, y: 0 }, frameOf(frame)))
    },
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: (event: PointerEvent) => void fingers.delete(event.pointerId),
      onWheel(event: On<WheelEvent>) {
        event.preventDefault()
        const at = pointIn(event.currentTarget, event)
        const frame = frameOf(event.currentTarget)
        setZoom((now) => zoomedAt(now, event.deltaY < 0 ? 1.2 : 1 / 1.2, at, frame))
      },
    },
  }
}
