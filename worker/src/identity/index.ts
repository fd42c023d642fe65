export { newToken } from './begin.ts'
export {
  call,
  callFor,
  callKnown,
  meOf,
  rawFor,
  refuseForeignOrigin,
  Sight,
  SOCKET_BEARER,
  tokenHash,
  type Caller,
} from './caller.ts'
export { identityRoutes } from './routes.ts'
export { keepSession } from './session-routes.ts'
export { sessionsNow, type SessionNow } from './sessions-now.store.ts'
export { nodeTriesOf } from './tries.ts'
