import type { OutboxText } from './outbox.es.ts'

export const outboxEn: OutboxText = {
  title: 'To be sent',
  retryAll: 'Retry all',
  empty: 'Everything sent',
  emptyHelp: 'What you write without a connection waits here and leaves by itself when it is back.',
  help: 'It leaves by itself, once and in order, when there is a connection.',
  aChat: 'Chat',
  note: 'Internal note',
  insist: 'Do it anyway',
  laterMany: (count) => `${count} ${count === 1 ? 'chat' : 'chats'}: it will be done when there is a connection.`,
  deeds: {
    refused: 'Not done',
    notDone: (what, why) => `“${what}” was not done. ${why}`,
    overtaken: 'Meanwhile the customer wrote or somebody else took the chat.',
    overtakenContact: 'Somebody has changed the same details meanwhile. What you wrote is still here.',
    close: 'Close the chat',
    reopen: 'Reopen the chat',
    settle: 'No answer needed',
    queue: 'Give the chat back to the queue',
    assign: (name) => `Assign the chat to ${name}`,
    contact: (name) => `Save the contact ${name}`.trim(),
    ofChat: {
      putLabel: (name) => `Put the label “${name}”`,
      takeLabel: (name) => `Take off the label “${name}”`,
    },
    ofMessage: {
      putLabel: (name) => `Put the label “${name}” on a message`,
      takeLabel: (name) => `Take the label “${name}” off a message`,
    },
  },
}
