/** The words of the administration, in one file: fetched by whoever opens a part of it. */
export { backupsEs } from './backups.es.ts'
export { channelEs } from './channel.es.ts'
export { nodesEs } from './nodes.es.ts'
export { portalsEs } from './portals.es.ts'
export { quickEs } from './quick.es.ts'
export { rulesEs } from './rules.es.ts'
export { teamEs } from './team.es.ts'
export { uptimeEs } from './uptime.es.ts'
