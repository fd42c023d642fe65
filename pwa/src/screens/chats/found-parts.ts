/** What looks for chats and messages beyond the trays, and opens new ones, in one piece. */
export { loadOverviewText as loadWords } from '../../text/overview.ts'
export { FilterBar } from './filter-bar.tsx'
export { FilterSheet } from './filter-sheet.tsx'
export { FoundMessages } from './found-messages.tsx'
export { NewChat } from './new-chat.tsx'
export { SearchWithin } from './search-within.tsx'
export { TrayProblem } from './tray-problem.tsx'
