export { linesJob } from './keep-lines.ts'
export { PortalObject } from './portal-object.ts'
export { bitrix24Routes } from './routes.ts'
export { portalsDue, wakePortal } from './outgoing/portal-drain.ts'
