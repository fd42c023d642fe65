/** The words of the administration, in one file: fetched by whoever opens a part of it. */
export { channelEn } from './channel.en.ts'
export { portalsEn } from './portals.en.ts'
export { quickEn } from './quick.en.ts'
export { rulesEn } from './rules.en.ts'
export { teamEn } from './team.en.ts'
