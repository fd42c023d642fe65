export { causeOf, explain, type HopData } from './explain.ts'
export { traceRoutes } from './routes.ts'
