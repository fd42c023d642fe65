import { lazy } from 'solid-js'
import { loadOverviewText } from '../../text/overview.ts'

/** The bar comes with its words, when a filter is first used. */
export const LazyFilterBar = lazy(async () => {
  const [{ FilterBar }] = await Promise.all([import('./filter-bar.tsx'), loadOverviewText()])
  return { default: FilterBar }
})
