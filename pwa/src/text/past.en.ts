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
  fetchAgain: 'Fetch again',
  fetch: 'Fetch the file',
  contacts: {
    title: 'Contacts of the phone',
    help: "The address book of the number's phone.",
    way: 'What becomes of it?',
    ways: {
      propose: 'Propose: you decide which',
      direct: 'Add and name contacts at once',
      off: 'Do not use it',
    },
    toClients: 'In the client database, too',
    toClientsHelp: "What is accepted is added to your company's database where it is missing.",
    waiting: (count) => n(count, 'proposal to review', 'proposals to review'),
    nothing: 'Nothing to review',
    conflicts: (count) => `${n(count, 'name differs', 'names differ')} from yours: they stay unless you say so.`,
    settled: (taken, left) => `${taken} accepted · ${left} discarded`,
    clients: (counts) =>
      `Client database: ${[
        counts.due && `${counts.due} to be sent`,
        counts.added && `${counts.added} added`,
        counts.changed && `${counts.changed} updated`,
        counts.same && `${counts.same} there already`,
        counts.conflict && `${counts.conflict} by another name there`,
        counts.failed && `${counts.failed} could not be written`,
      ]
        .filter(Boolean)
        .join(' · ')}`,
    review: 'Review',
    read: 'Read again',
    reading: 'Address book read.',
    away: 'The number is not connected. Try when it is.',
    kinds: { new: 'New', fill: 'Without a name here', conflict: 'By another name' },
    kindHelp: {
      new: 'People who are not among your contacts yet.',
      fill: 'They have written, and have no name here.',
      conflict: "They have another name here. If you accept, it becomes the phone's.",
    },
    here: (name) => `Here: ${name}`,
    take: 'Accept',
    takeSome: (count) => `Accept ${count}`,
    leave: 'Discard',
    takeAll: (count) => `Accept all ${count}`,
    sure: (count) => `Accept ${n(count, 'proposal', 'proposals')}?`,
    taken: (count) => n(count, 'contact accepted', 'contacts accepted'),
    leftOut: (count) => n(count, 'proposal discarded', 'proposals discarded'),
    failed: 'The address book could not be read',
  },
}
