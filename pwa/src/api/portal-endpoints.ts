/** Rows of endpoints.ts that only the screens of Bitrix24 call: no chat waits for them. */
import type * as bitrix24 from '#contract/bitrix24.ts'
import type * as employees from '#contract/employees.ts'
import type * as portalHealth from '#contract/portal-health.ts'
import type * as portalLines from '#contract/portal-lines.ts'
import { row } from './row.ts'

export const listPortals = row<typeof bitrix24.listPortals>('GET', '/portals')
export const checkPortal = row<typeof bitrix24.checkPortal>('POST', '/portals/:portalId/check')
export const changePortal = row<typeof bitrix24.changePortal>('PATCH', '/portals/:portalId')
export const makePortalCode = row<typeof bitrix24.makePortalCode>('POST', '/portal-code')
export const listEmployees = row<typeof employees.listEmployees>('GET', '/portals/:portalId/employees')
export const readEmployees = row<typeof employees.readEmployees>('POST', '/portals/:portalId/employees/reading')
export const applyEmployeeRoles = row<typeof employees.applyEmployeeRoles>('PUT', '/portals/:portalId/employees/roles')
export const stageEmployeeRoles = row<typeof employees.stageEmployeeRoles>('PUT', '/portals/:portalId/employees/staged')
export const getPortalHealth = row<typeof portalHealth.getPortalHealth>('GET', '/portals/:portalId/health')
export const listPortalQueue = row<typeof portalHealth.listPortalQueue>('GET', '/portals/:portalId/queue')
export const exportPortalQueue = row<typeof portalHealth.exportPortalQueue>('GET', '/portals/:portalId/queue/export')
export const decidePortalQueue = row<typeof portalHealth.decidePortalQueue>('POST', '/portals/:portalId/queue/decisions')
export const addPortalApp = row<typeof bitrix24.addPortalApp>('POST', '/portal-apps')
export const listPortalLines = row<typeof portalLines.listPortalLines>('GET', '/portal-lines')
export const readOpenLines = row<typeof portalLines.readOpenLines>('GET', '/portals/:portalId/open-lines')
export const readColleagues = row<typeof portalLines.readColleagues>('GET', '/portals/:portalId/colleagues')
export const addOpenLine = row<typeof portalLines.addOpenLine>('POST', '/portals/:portalId/open-lines')
export const bindPortalLine = row<typeof portalLines.bindPortalLine>('PUT', '/channels/:channelId/portal-line')
export const changePortalLine = row<typeof portalLines.changePortalLine>('PATCH', '/portal-lines/:portalLineId')
export const readClientRule = row<typeof portalLines.readClientRule>('GET', '/portal-lines/:portalLineId/client-rule')
export const setClientRule = row<typeof portalLines.setClientRule>('PUT', '/portal-lines/:portalLineId/client-rule')
export const unbindPortalLine = row<typeof portalLines.unbindPortalLine>('DELETE', '/portal-lines/:portalLineId')
export const testPortalLine = row<typeof portalLines.testPortalLine>('POST', '/portal-lines/:portalLineId/test')
