import { lazyPart } from '../../lib/lazy-part.ts'
import { loadOverviewText } from '../../text/overview.ts'

/** The bar comes with its words, when a filter is first used. */
export const LazyFilterBar = lazyPart(async () => {
  const [{ FilterBar }] = await Promise.all([import('./filter-bar.tsx'), loadOverviewText()])
  return { default: FilterBar }
})

/** And so does the sheet in which filters are chosen. */
export const LazyFilterSheet = lazyPart(async () => {
  const [{ FilterSheet }] = await Promise.all([import('./filter-sheet.tsx'), loadOverviewText()])
  return { default: FilterSheet }
})

export const LazyFoundMessages = lazyPart(async () => ({ default: (await import('./found-messages.tsx')).FoundMessages }))
