import { onCleanup } from 'solid-js'
import { problemOf } from '../../api/problem.rules.ts'
import { pulledOf, SYNC_PX } from '../../lib/pull.rules.ts'
import { deskWork, loadDeskWorkText } from '../../text/desk-work.ts'
import { sentenceOf } from '../../text/text.ts'
import { say } from '../../ui/toast.tsx'

const IS_STILL = '(prefers-reduced-motion: reduce)'

/**
 * A list that is pulled down beyond its beginning asks for what is new. The stream tells that by itself: this is for whoever
 * wants to be sure. Nothing is reloaded, and nothing moves but the sign over the list.
 */
export function createPull(box: HTMLElement, sync: () => Promise<unknown>): void {
  let start: { x: number; y: number } | null = null
  let pulled = 0
  let isBusy = false
  const sign = document.createElement('div')
  sign.className = 'pull-sign'
  sign.setAttribute('aria-hidden', 'true')
  sign.innerHTML = '<span class="busy"><i></i><i></i><i></i></span>'

  function draw(px: number, isFollowing: boolean) {
    const isStill = matchMedia(IS_STILL).matches
    sign.style.transition = isFollowing && !isStill ? 'none' : ''
    sign.style.opacity = String(isStill ? Number(px >= SYNC_PX) : Math.min(1, px / SYNC_PX))
    sign.style.transform = `translateY(${isStill ? SYNC_PX : px}px)`
    sign.classList.toggle('is-far', px >= SYNC_PX)
  }

  function down(event: TouchEvent) {
    const [touch] = event.touches
    start = !isBusy && touch && event.touches.length === 1 && box.scrollTop <= 0 ? { x: touch.clientX, y: touch.clientY } : null
    pulled = 0
  }

  function move(event: TouchEvent) {
    const [touch] = event.touches
    if (!start || !touch) return
    // Once the list itself scrolls, the thumb is reading.
    if (box.scrollTop > 0) return stop()
    const before = pulled
    pulled = pulledOf(touch.clientX - start.x, touch.clientY - start.y)
    if (pulled >= SYNC_PX && before < SYNC_PX) navigator.vibrate?.(12)
    if (pulled > 0 || before > 0) {
      box.after(sign)
      draw(pulled, true)
    }
  }

  function stop() {
    start = null
    pulled = 0
    draw(0, false)
  }

  async function up(): Promise<void> {
    const isFar = start !== null && pulled >= SYNC_PX
    if (!isFar) return start ? stop() : undefined
    start = null
    isBusy = true
    draw(SYNC_PX, false)
    const words = loadDeskWorkText()
    try {
      await sync()
      await words
      say(deskWork().synced)
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    } finally {
      isBusy = false
      stop()
    }
  }

  const around = new AbortController()
  const heard = { passive: true, signal: around.signal }
  box.addEventListener('touchstart', down, heard)
  box.addEventListener('touchmove', move, heard)
  box.addEventListener('touchend', () => void up(), heard)
  box.addEventListener('touchcancel', stop, heard)
  onCleanup(() => {
    around.abort()
    sign.remove()
  })
}
