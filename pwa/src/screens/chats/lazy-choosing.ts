import { createSignal, getOwner, onCleanup, runWithOwner, type Accessor } from 'solid-js'
import { afterPaint } from '../../lib/after-paint.ts'
import { lazyPart, untilLoaded } from '../../lib/lazy-part.ts'
import type { createHands, Hands } from './hands.ts'

async function parts() {
  const found = await import('./choosing-parts.ts')
  await found.loadWords()
  return found
}

export const LazyChooseBar = lazyPart(async () => ({ default: (await parts()).ChooseBar }))
export const LazyChooseHead = lazyPart(async () => ({ default: (await parts()).ChooseHead }))
export const LazyLeftOut = lazyPart(async () => ({ default: (await parts()).LeftOut }))
export const LazyDragPanel = lazyPart(async () => ({ default: (await parts()).ChatDragPanel }))

/** How rows are held and dragged comes after the first of them are on the screen; null until then. */
export function createHandsLater(...given: Parameters<typeof createHands>): Accessor<Hands | null> {
  const [hands, setHands] = createSignal<Hands | null>(null)
  const owner = getOwner()
  let isGone = false
  onCleanup(() => (isGone = true))
  const load = untilLoaded(() => import('./choosing-parts.ts'))
  afterPaint(() => {
    load().then(
      (loaded) => isGone || runWithOwner(owner, () => setHands(loaded.createHands(...given))),
      // Taps still open chats; what needs hands is asked for again with the next start.
      () => undefined,
    )
  })
  return hands
}
