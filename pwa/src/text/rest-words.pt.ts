/** What every part but the first screen says, and what can go wrong. */
export { pt as rest } from './pt.ts'
export { problemsPt as problems } from './problems.pt.ts'
