import { lazyPart } from '../../lib/lazy-part.ts'

const load = () => import('./found-parts.ts')

/** With its words: they are many, and nobody else's here. */
async function worded() {
  const parts = await load()
  await parts.loadWords()
  return parts
}

export const LazyFilterBar = lazyPart(async () => ({ default: (await worded()).FilterBar }))
export const LazyFilterSheet = lazyPart(async () => ({ default: (await worded()).FilterSheet }))
export const LazyFoundMessages = lazyPart(async () => ({ default: (await load()).FoundMessages }))
export const LazyNewChat = lazyPart(async () => ({ default: (await load()).NewChat }))
export const LazyTrayProblem = lazyPart(async () => ({ default: (await load()).TrayProblem }))
export const LazySearchWithin = lazyPart(async () => ({ default: (await worded()).SearchWithin }))
