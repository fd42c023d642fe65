/**
 * The rows of the contract that the app calls, without their schemas: the types come from #contract at compile time and
 * zod stays off the phone. endpoints.test.ts holds every row against the contract.
 */
import type * as channels from '#contract/channels.ts'
import type { InputOf, Method, OutputOf } from '#contract/endpoint.ts'
import type * as inbox from '#contract/inbox.ts'
import type * as session from '#contract/session.ts'
import type * as trace from '#contract/trace.ts'

/** A row as the phone needs it. `types` exists for the compiler only. */
export type Row<Input, Output> = { method: Method; path: string; types?: { input: Input; output: Output } }

function row<E>(method: Method, path: string): Row<InputOf<E>, OutputOf<E>> {
  return { method, path }
}

export const signIn = row<typeof session.signIn>('POST', '/session')
export const getMe = row<typeof session.getMe>('GET', '/session')
export const signOut = row<typeof session.signOut>('DELETE', '/session')
export const changeLanguage = row<typeof session.changeLanguage>('PUT', '/session/language')

export const listChats = row<typeof inbox.listChats>('GET', '/chats')
export const countChats = row<typeof inbox.countChats>('GET', '/chat-counts')
export const getChat = row<typeof inbox.getChat>('GET', '/chats/:chatId')
export const openChat = row<typeof inbox.openChat>('POST', '/chats')
export const listMessages = row<typeof inbox.listMessages>('GET', '/chats/:chatId/messages')
export const sendMessage = row<typeof inbox.sendMessage>('POST', '/chats/:chatId/messages')
export const addNote = row<typeof inbox.addNote>('POST', '/chats/:chatId/notes')
export const reactToMessage = row<typeof inbox.reactToMessage>('PUT', '/messages/:messageId/reaction')
export const retryMessage = row<typeof inbox.retryMessage>('POST', '/messages/:messageId/retry')
export const discardMessage = row<typeof inbox.discardMessage>('POST', '/messages/:messageId/discard')
export const markRead = row<typeof inbox.markRead>('POST', '/chats/:chatId/read')

export const listChannels = row<typeof channels.listChannels>('GET', '/channels')
export const addChannel = row<typeof channels.addChannel>('POST', '/channels')
export const changeChannel = row<typeof channels.changeChannel>('PATCH', '/channels/:channelId')
export const pauseChannel = row<typeof channels.pauseChannel>('PUT', '/channels/:channelId/pause')
export const checkChannel = row<typeof channels.checkChannel>('POST', '/channels/:channelId/check')

export const getTrace = row<typeof trace.getTrace>('GET', '/messages/:messageId/trace')
export const listLog = row<typeof trace.listLog>('GET', '/log')
export const listDeadLetters = row<typeof trace.listDeadLetters>('GET', '/dead-letters')
export const settleDeadLetter = row<typeof trace.settleDeadLetter>('POST', '/dead-letters/:deadLetterId/settle')
