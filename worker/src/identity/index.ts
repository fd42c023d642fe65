export { newToken } from './begin.ts'
export { call, meOf, Sight, SOCKET_BEARER, tokenHash, type Caller } from './caller.ts'
export { identityRoutes } from './routes.ts'
export { sessionsNow, type SessionNow } from './sessions-now.store.ts'
