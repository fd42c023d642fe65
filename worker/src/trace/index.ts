export { causeOf, explain } from './explain.ts'
export { traceRoutes } from './routes.ts'
