/** The words of what a number's phone remembers, in English. */
import type { PastText } from './past.es.ts'

const n = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`

export const pastEn: PastText = {
  title: 'History of the phone',
  help: 'The chats from before the link. They come as read: nobody is told and nothing answers by itself.',
  reach: 'How far back?',
  reaches: { month: 'The last 30 days', all: 'All that the phone hands over' },
  start: 'Import history',
  pause: 'Pause',
  resume: 'Go on',
  further: 'Import all',
  waiting: 'The phone has not handed over anything yet. Leave it on and online.',
  found: (pieces) => n(pieces, 'part ready to be imported', 'parts ready to be imported'),
  running: (percent) => `Importing: ${percent}%`,
  paused: (percent) => `Paused: ${percent}%`,
  done: 'All that came is imported',
  totals: (chats, messages) => `${n(messages, 'message', 'messages')} in ${n(chats, 'chat', 'chats')}`,
  known: (count) => n(count, 'message was here already', 'messages were here already'),
  left: 'Not imported',
  skipped: {
    groups: (count) => n(count, 'message of groups', 'messages of groups'),
    lists: (count) => n(count, 'message of status and broadcasts', 'messages of status and broadcasts'),
    channels: (count) => n(count, 'message of channels', 'messages of channels'),
    own: (count) => n(count, 'message of the number to itself', 'messages of the number to itself'),
    older: (count) => n(count, 'older message', 'older messages'),
    notices: (count) => n(count, 'notice of WhatsApp', 'notices of WhatsApp'),
    changes: (count) => n(count, 'stray change', 'stray changes'),
    deleted: (count) => n(count, 'deleted message', 'deleted messages'),
    unsent: (count) => n(count, 'message that never left', 'messages that never left'),
    broken: (count) => n(count, 'unreadable message', 'unreadable messages'),
  },
  lost: (pieces) => `${n(pieces, 'part could not be read', 'parts could not be read')}: WhatsApp keeps them for about a month.`,
  gaps: 'Look for missing messages',
  gapsHelp: 'Asks the phone about the recent chats, one by one.',
  gapsAsking: (done, all) => `Asking the phone: ${done} of ${all} chats`,
  gapsDone: (found, chats) =>
    found === 0
      ? `${n(chats, 'chat was', 'chats were')} looked at: nothing was missing.`
      : `${n(chats, 'chat was', 'chats were')} looked at: ${n(found, 'message recovered', 'messages recovered')}.`,
  gapsSilent: (chats) => `The phone did not answer about ${n(chats, 'chat', 'chats')}: see that it is on and online.`,
  fetch: 'Fetch the file',
}
