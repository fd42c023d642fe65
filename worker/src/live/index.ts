export { changeEvents, Facts, type CommitResult } from './commit.ts'
export { deskOf } from './desk.ts'
export { DeskObject } from './desk-object.ts'
export { liveRoutes } from './routes.ts'
