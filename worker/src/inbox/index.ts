export { ChatObject } from './chat-object.ts'
export { deliver } from './deliver.ts'
export { inboxRoutes } from './routes.ts'
export { decide } from './decide.ts'
