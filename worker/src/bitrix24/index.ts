export { linesJob } from './keep-lines.ts'
export { PortalObject } from './portal-object.ts'
export { bitrix24Routes } from './routes.ts'
export { reloaded } from './install.ts'
