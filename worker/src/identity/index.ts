export { call, type Caller } from './caller.ts'
export { sessionAlive } from './identity.store.ts'
export { identityRoutes } from './routes.ts'
