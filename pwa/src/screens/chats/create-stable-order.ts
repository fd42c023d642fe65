import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import { heldOrder } from './stable-order.rules.ts'

/** A finger or pointer counts as "in the list" for this long after it last moved. */
const TOUCHED_MS = 700

/**
 * Ids in an order that never moves under a finger: free at the top of a list that nobody touches, held otherwise.
 * `key` names the list; another list starts afresh. While `isHeld`, nothing moves however long it takes.
 */
export function createStableOrder(wanted: Accessor<readonly string[]>, key: Accessor<string>, isHeld: Accessor<boolean>) {
  const [shown, setShown] = createSignal<readonly string[]>(wanted())
  const [isBehind, setIsBehind] = createSignal(false)
  let isScrolled = false
  let isTouched = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function settle(force = false) {
    if (force || (!isScrolled && !isTouched && !untrack(isHeld))) {
      setShown(wanted())
      setIsBehind(false)
      return
    }
    const held = heldOrder(shown(), wanted())
    setShown(held.ids)
    setIsBehind(held.isBehind)
  }

  createEffect(on([wanted, key], ([, name], before) => settle(before?.[1] !== name)))
  createEffect(on(isHeld, (held) => !held && settle(), { defer: true }))
  onCleanup(() => clearTimeout(timer))

  return {
    ids: shown,
    isBehind,
    /** The list was scrolled to this offset, in pixels. */
    scrolled(offset: number) {
      isScrolled = offset > 8
      if (!isScrolled) settle()
    },
    /** Somebody is touching the list. */
    touched() {
      isTouched = true
      clearTimeout(timer)
      timer = setTimeout(() => {
        isTouched = false
        settle()
      }, TOUCHED_MS)
    },
    catchUp: () => settle(true),
  }
}
