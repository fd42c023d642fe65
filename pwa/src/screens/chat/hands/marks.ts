import { createEffect, onCleanup, type Accessor } from 'solid-js'
import { spotsIn } from './found.rules.ts'

const NAME = 'found'

/**
 * Marks words in the messages that are drawn, without touching them (CSS highlights; a browser without them shows the
 * outline of the found message alone).
 */
export function createMarks(box: HTMLElement, words: Accessor<readonly string[]>): void {
  if (!('highlights' in CSS)) return
  let frame = 0

  function mark() {
    const ranges: Range[] = []
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (!node.parentElement?.closest('[data-message] article p:not(.text-meta)')) continue
      for (const [start, end] of spotsIn(node.textContent ?? '', words())) {
        const range = document.createRange()
        range.setStart(node, start)
        range.setEnd(node, end)
        ranges.push(range)
      }
    }
    CSS.highlights.set(NAME, new Highlight(...ranges))
  }

  function soon() {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(mark)
  }

  createEffect(() => {
    words()
    soon()
  })
  // Rows come and go as one scrolls.
  const observer = new MutationObserver(soon)
  observer.observe(box, { childList: true, subtree: true, characterData: true })
  onCleanup(() => {
    observer.disconnect()
    cancelAnimationFrame(frame)
    CSS.highlights.delete(NAME)
  })
}
