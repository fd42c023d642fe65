import type { HandsText } from './hands.es.ts'

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const handsEn: HandsText = {
  forward: 'Forward',
  pick: 'Choose several',
  picked: (count) => n(count, 'message chosen', 'messages chosen'),
  endPick: 'Stop choosing',
  withPicked: (count) => `With ${n(count, 'chosen message', 'chosen messages')}`,
  copy: 'Copy',
  copied: (count) => n(count, 'message copied', 'messages copied'),
  note: 'internal note',
  unread: (count, isMore) => (isMore ? `More than ${count} unread` : `${count} unread`),
  backToQuote: 'Back to the answer',
  search: {
    open: 'Search in this chat',
    field: 'Search in this chat',
    close: 'End the search',
    older: 'Previous result, older',
    newer: 'Next result, newer',
    place: (at, all, isMore) => `${at} of ${all}${isMore ? '+' : ''}`,
    none: 'No results',
    offline: 'No connection: only what this device keeps',
    busy: 'Searching…',
  },
  keys: {
    title: 'Keyboard shortcuts',
    on: 'Use shortcuts',
    onHelp: 'One letter is enough, outside of text fields.',
    groups: {
      list: 'List',
      chat: 'Open chat',
      app: 'Everywhere',
    },
    names: {
      next: 'Next chat',
      previous: 'Previous chat',
      search: 'Search for a chat',
      write: 'Write',
      answer: 'Reply to the customer’s last message',
      quick: 'Quick replies',
      note: 'Write an internal note',
      find: 'Search in the chat',
      assign: 'Assign',
      label: 'Label',
      close: 'Close or reopen the chat',
      help: 'See the shortcuts',
      leave: 'Leave what is open',
    },
  },
  forwardTo: {
    title: (count) => (count === 1 ? 'Forward the message' : `Forward ${count} messages`),
    search: 'Look for a chat by name or number',
    chats: 'Chats to forward to',
    most: (count) => `Up to ${count} chats at once.`,
    notes: (count) =>
      count === 1
        ? 'The internal note is not forwarded: it is for your team only.'
        : `${count} internal notes are not forwarded.`,
    stay: (count) =>
      count === 1 ? 'One message cannot be forwarded and stays here.' : `${count} messages cannot be forwarded and stay here.`,
    nothing: 'Nothing of what you chose can be forwarded.',
    none: 'No chat matches.',
    offline: 'No connection: only chats kept on this device are searched. What you forward leaves when it is back.',
    send: (count) => (count === 0 ? 'Forward' : `Forward to ${n(count, 'chat', 'chats')}`),
    sent: (count) => `Forwarded to ${n(count, 'chat', 'chats')}`,
    open: 'Open',
    failed: 'This device could not store what you forwarded. Free some space and try again.',
    why: {
      archived: 'Its number is archived.',
      video: 'This number sends no videos.',
      file: 'This number sends photos, PDFs and audio only.',
      link: 'This number sends no links.',
      'opted-out': 'Wants no messages.',
      window: '24 hours have passed since their last message.',
      never: 'Has not written to this number yet.',
    },
  },
}
