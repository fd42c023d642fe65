/** What every part but the first screen says, and what can go wrong. */
export { en as rest } from './en.ts'
export { problemsEn as problems } from './problems.en.ts'
