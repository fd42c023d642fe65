export { call, meOf, Sight, type Caller } from './caller.ts'
export { identityRoutes } from './routes.ts'
export { sessionsNow, type SessionNow } from './sessions-now.store.ts'
export { nodeTriesOf } from './tries.ts'
