/** The words of the administration, in one file: fetched by whoever opens a part of it. */
export { backupsPt } from './backups.pt.ts'
export { channelPt } from './channel.pt.ts'
export { nodesPt } from './nodes.pt.ts'
export { portalsPt } from './portals.pt.ts'
export { quickPt } from './quick.pt.ts'
export { rulesPt } from './rules.pt.ts'
export { teamPt } from './team.pt.ts'
export { uptimePt } from './uptime.pt.ts'
