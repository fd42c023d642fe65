import type { UptimeText } from './uptime.es.ts'

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const uptimeEn: UptimeText = {
  title: 'Time connected',
  ranges: { day: '24 hours', week: '7 days', month: '30 days' },
  share: (percent) => `${percent}% connected`,
  none: 'There is no history in this period yet.',
  failed: 'The history of the connection could not be read.',
  states: {
    up: 'Connected',
    reconnecting: 'Reconnecting',
    away: 'Disconnected',
    logged_out: 'Logged out',
    blocked: 'Blocked',
    paused: 'Paused',
    off: 'Not linked',
    unknown: 'No data',
  },
  stateFor: (state, time) => `${state}: ${time}`,
  strip: (range, what) => `History of ${range}. ${what}`,
  ago: { day: '24 h ago', week: '7 days ago', month: '30 days ago' },
  now: 'now',
  outages: (count) => n(count, 'outage', 'outages'),
  noOutages: 'No outage.',
  blinks: (count) => `${n(count, 'brief reconnection', 'brief reconnections')}, of less than a minute.`,
  until: (from, to) => `${from} – ${to}`,
  goesOn: (from) => `Since ${from}, it goes on`,
  more: (count) => `And ${n(count, 'earlier outage', 'earlier outages')} in this period.`,
  beat: (when) => `Last sign of life: ${when}`,
  asked: (when) => `Last checked: ${when}`,
}
