/** The rows of the contract that the first load calls (endpoints.ts has the others): each row here is paid for at every first start. */
import type * as channels from '#contract/channels.ts'
import type * as drafts from '#contract/drafts.ts'
import type * as inbox from '#contract/inbox.ts'
import type * as labels from '#contract/labels.ts'
import type * as mentions from '#contract/mentions.ts'
import type * as push from '#contract/push.ts'
import type * as quickReplies from '#contract/quick-replies.ts'
import type * as session from '#contract/session.ts'
import type * as templates from '#contract/templates.ts'
import type * as views from '#contract/views.ts'
import { row } from './row.ts'

export const getMe = row<typeof session.getMe>('GET', '/session')
export const signIn = row<typeof session.signIn>('POST', '/session')
export const signOut = row<typeof session.signOut>('DELETE', '/session')
export const addNote = row<typeof inbox.addNote>('POST', '/chats/:chatId/notes')
export const sendMessage = row<typeof inbox.sendMessage>('POST', '/chats/:chatId/messages')
export const listChats = row<typeof inbox.listChats>('GET', '/chats')
export const getChat = row<typeof inbox.getChat>('GET', '/chats/:chatId')
export const listMessages = row<typeof inbox.listMessages>('GET', '/chats/:chatId/messages')
export const listChannels = row<typeof channels.listChannels>('GET', '/channels')
export const countChats = row<typeof inbox.countChats>('GET', '/chat-counts')
export const listLabels = row<typeof labels.listLabels>('GET', '/labels')
export const saveDraft = row<typeof drafts.saveDraft>('PUT', '/chats/:chatId/draft')
export const listDrafts = row<typeof drafts.listDrafts>('GET', '/drafts')
export const getPushStanding = row<typeof push.getPushStanding>('GET', '/push/standing')
export const listMentions = row<typeof mentions.listMentions>('GET', '/mentions')
export const seeMentions = row<typeof mentions.seeMentions>('PUT', '/mentions/seen')
export const listQuickReplies = row<typeof quickReplies.listQuickReplies>('GET', '/quick-replies')
export const listTemplates = row<typeof templates.listTemplates>('GET', '/templates')
export const listViews = row<typeof views.listViews>('GET', '/views')
export const changeView = row<typeof views.changeView>('PATCH', '/views/:viewId')
export const addView = row<typeof views.addView>('POST', '/views')
