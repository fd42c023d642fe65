/** What a person may be allowed to do. Roles are sets of these; identity decides, nobody else. */
export const PERMISSIONS = [
  'chats.read',
  'chats.open',
  'messages.send',
  'messages.resend',
  'notes.write',
  'media.upload',
  'trace.read',
  'channels.read',
  'channels.manage',
  'channels.pause',
  'logs.read',
  'dead_letters.manage',
] as const

export type Permission = (typeof PERMISSIONS)[number]
