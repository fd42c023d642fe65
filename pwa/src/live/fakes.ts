/** Ready things for tests of the app: messages, chats, a person. */
import type { Contact } from '#contract/contacts.ts'
import type { Chat, Media, Message } from '#contract/inbox.ts'
import type { Permission } from '#contract/permissions.ts'
import type { Me } from '#contract/session.ts'
import type { Channel } from '#contract/channels.ts'
import type { ManagedLabel } from '#contract/labels.ts'
import type { Person, Role } from '#contract/people.ts'
import type { QuickReply } from '#contract/quick-replies.ts'

const START = Date.UTC(2026, 10, 20, 15, 0, 0)
const pad = (n: number) => n.toString(16).padStart(12, '0')

type Brand<T> = T & string
const id = <T>(kind: string, n: number) => `0193${kind}-0000-7000-8000-${pad(n)}` as Brand<T>

/** A file that has arrived. */
export function aFile(mime: string, more: Partial<Media> = {}): Media {
  return { id: id<Media['id']>('ffaa', 1), mime, name: 'a', size: 10, state: 'ready', reason: null, ...more }
}

/** The n-th message of a chat, one a minute. */
export function aMessage(n: number, more: Partial<Message> = {}): Message {
  return {
    id: id<Message['id']>('aaaa', n),
    chatId: id<Message['chatId']>('cccc', 1),
    direction: 'in',
    kind: 'text',
    text: `mensaje ${n}`,
    media: null,
    status: null,
    error: null,
    author: { kind: 'contact', id: null, name: 'Rosa Huamán' },
    at: new Date(START + n * 60_000).toISOString(),
    replyTo: null,
    reactions: [],
    editedAt: null,
    deletedAt: null,
    labels: [],
    extra: null,
    rev: 1,
    ...more,
  }
}

export function aChat(n: number, more: Partial<Chat> = {}): Chat {
  return {
    id: id<Chat['id']>('cccc', n),
    channelId: id<Chat['channelId']>('dddd', 1),
    contact: { id: id<Chat['contact']['id']>('eeee', n), name: `Cliente ${n}`, phone: `59398765${1000 + n}` },
    lastMessage: null,
    unanswered: 0,
    waitingSince: null,
    windowUntil: null,
    assignee: null,
    departmentId: null,
    labels: [],
    state: 'waiting',
    rev: 1,
    ...more,
  }
}

export function aChannel(more: Partial<Channel> = {}): Channel {
  return {
    id: id<Channel['id']>('dddd', 1),
    name: 'Loja',
    kind: 'meta',
    phone: '593981112233',
    state: 'active',
    problem: null,
    sendingPaused: false,
    receivingPaused: false,
    settings: { allowVideo: false, allowLinks: false },
    capabilities: ['template', 'reaction', 'quote', 'read', 'typing', 'voice'],
    hookUrl: 'https://desk.example/hooks/meta/k',
    lastHookAt: null,
    stateAt: '2026-11-20T08:00:00.000Z',
    department: null,
    ...more,
  }
}

/** `may` are the permissions, each of which reaches everything. */
export function aMe(
  may: Permission[] = [
    'chats.read',
    'messages.send',
    'messages.resend',
    'notes.write',
    'media.upload',
    'trace.read',
    'channels.read',
  ],
): Me {
  return {
    person: {
      id: id<Me['person']['id']>('bbbb', 1),
      name: 'Jorge Álvarez',
      email: 'jorge@andinas.example',
      role: 'administrator',
      roleName: null,
      language: 'es',
      isAway: false,
    },
    account: { id: id<Me['account']['id']>('9999', 1), name: 'Cobranzas Andinas', timeZone: 'America/Guayaquil', country: 'EC' },
    permissions: may,
    grants: Object.fromEntries(may.map((permission) => [permission, 'all'])),
  }
}

export function aRole(n: number, more: Partial<Role> = {}): Role {
  return {
    id: id<Role['id']>('ffff', n),
    name: null,
    base: 'agent',
    isOwn: false,
    grants: { 'chats.read': 'own', 'messages.send': 'own' },
    defaults: { 'chats.read': 'own', 'messages.send': 'own' },
    people: 2,
    archived: false,
    rev: 1,
    ...more,
  }
}

export function aPerson(n: number, more: Partial<Person> = {}): Person {
  return {
    id: id<Person['id']>('b0b0', n),
    name: `Persona ${n}`,
    email: `persona${n}@andinas.example`,
    language: 'es',
    role: { id: aRole(3).id, name: null, base: 'agent' },
    state: 'active',
    departments: [],
    channels: [],
    hasSecondFactor: false,
    devices: 1,
    lastSeenAt: new Date(START).toISOString(),
    openChats: 0,
    createdAt: new Date(START).toISOString(),
    ...more,
  }
}

export function aQuickReply(n: number, more: Partial<QuickReply> = {}): QuickReply {
  return {
    id: id<QuickReply['id']>('a0a0', n),
    shortcut: `atajo${n}`,
    name: `Respuesta ${n}`,
    folder: '',
    text: `texto ${n}`,
    media: null,
    roles: [],
    departments: [],
    channels: [],
    archived: false,
    rev: 1,
    ...more,
  }
}

export function aLabel(n: number, more: Partial<ManagedLabel> = {}): ManagedLabel {
  return {
    id: id<ManagedLabel['id']>('1abe', n),
    name: `Etiqueta ${n}`,
    color: 'mora',
    description: '',
    archived: false,
    roles: [],
    chats: 0,
    messages: 0,
    rev: 1,
    ...more,
  }
}

export function aContact(n: number, more: Partial<Contact> = {}): Contact {
  return {
    id: id<Contact['id']>('eeee', n),
    name: `Cliente ${n}`,
    profileName: null,
    phone: `59398765${1000 + n}`,
    document: null,
    email: null,
    agent: null,
    state: 'new',
    chatId: id<Chat['id']>('cccc', n),
    archived: false,
    createdAt: new Date(START).toISOString(),
    rev: 1,
    ...more,
  }
}
