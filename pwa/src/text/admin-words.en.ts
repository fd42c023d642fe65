/** The words of the administration, in one file: fetched by whoever opens a part of it. */
export { backupsEn } from './backups.en.ts'
export { channelEn } from './channel.en.ts'
export { nodesEn } from './nodes.en.ts'
export { portalsEn } from './portals.en.ts'
export { quickEn } from './quick.en.ts'
export { rulesEn } from './rules.en.ts'
export { teamEn } from './team.en.ts'
export { uptimeEn } from './uptime.en.ts'
