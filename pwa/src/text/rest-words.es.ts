/** What every part but the first screen says, and what can go wrong. */
export { es as rest } from './es.ts'
export { problemsEs as problems } from './problems.es.ts'
