import { onCleanup } from 'solid-js'

/** Less than this is a bar of the browser, not a keyboard. */
const KEYBOARD_PX = 120
/** Somebody looks closer with two fingers: nothing is covered then. */
const IS_ZOOMED = 1.01

type Viewport = Pick<VisualViewport, 'height' | 'scale' | 'addEventListener' | 'removeEventListener'>

/** What a keyboard covers of a page that does not become smaller for it. */
export function coveredBy(view: Pick<Viewport, 'height' | 'scale'>, pageHeight: number): number {
  const covered = Math.round(pageHeight - view.height)
  return view.scale < IS_ZOOMED && covered >= KEYBOARD_PX ? covered : 0
}

/**
 * iPhones lay the keyboard over the page and push the page up. The app takes the room that is left instead (`--kb` in
 * base.css): what is written and the last message stay in sight, and the head stays where it is.
 */
export function createKeyboardRoom(view: Viewport | null = window.visualViewport): void {
  if (!view) return
  const room = view
  function fit() {
    const covered = coveredBy(room, window.innerHeight)
    document.documentElement.style.setProperty('--kb', `${covered}px`)
    if (covered > 0) window.scrollTo(0, 0)
  }
  fit()
  for (const name of ['resize', 'scroll'] as const) room.addEventListener(name, fit)
  onCleanup(() => {
    for (const name of ['resize', 'scroll'] as const) room.removeEventListener(name, fit)
  })
}
