import { onCleanup } from 'solid-js'

/**
 * Looks again and again while this part of the screen is there and somebody sees it, so long after the answer before: on a slow
 * network answers would else overtake each other, and the last asked is all that counts.
 */
export function lookAgain(look: () => Promise<unknown>, everyMs: number): void {
  let isGone = false
  let timer = setTimeout(turn, everyMs)
  async function turn() {
    try {
      if (!document.hidden) await look()
    } finally {
      if (!isGone) timer = setTimeout(turn, everyMs)
    }
  }
  onCleanup(() => {
    isGone = true
    clearTimeout(timer)
  })
}
