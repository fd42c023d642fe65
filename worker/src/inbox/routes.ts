/** Chats and messages over HTTP. Reads are one SQL function each; whatever is written goes through the Chat object. */
import * as changes from '#contract/changes.ts'
import * as inbox from '#contract/inbox.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callKnown } from '../identity/index.ts'
import { dashboardRoutes } from './dashboard.ts'
import { decide } from './decide.ts'
import { markRead } from './mark-read.ts'
import { draftRoutes } from './drafts.ts'
import { mentionRoutes } from './mentions.ts'
import { openChat } from './open-chat.ts'
import { editMessage, revokeMessage } from './change-message.ts'
import { react } from './react.ts'
import { reroute } from './reroute.ts'
import { deskWorkRoutes } from './desk-work.ts'
import { labelRoutes } from './labels.ts'
import { quickReplyRoutes } from './quick-replies.ts'
import { ruleRoutes } from './rules.ts'
import { addNote, sendMessage } from './send-message.ts'

/** Runs a read and hands its JSON on; nothing to see is not found. */
async function read(c: Request, fn: string, input: unknown): Promise<RawJson> {
  const { result } = await callKnown(c, 'chats.read', fn, input)
  return new RawJson(result)
}

export function inboxRoutes(app: App): void {
  deskWorkRoutes(app)
  dashboardRoutes(app)
  quickReplyRoutes(app)
  mentionRoutes(app)
  draftRoutes(app)
  ruleRoutes(app)
  labelRoutes(app)
  serve(app, inbox.listChats, (c, input) => read(c, 'api_chats', input))
  serve(app, inbox.countChats, (c, input) => read(c, 'api_chat_counts', input))
  serve(app, inbox.getChat, (c, input) => read(c, 'api_chat', input))
  serve(app, inbox.listMessages, (c, input) => read(c, 'api_messages', input))
  serve(app, inbox.searchMessages, (c, input) => read(c, 'api_messages_found', input))
  serve(app, inbox.openChat, openChat)
  serve(app, inbox.sendMessage, sendMessage)
  serve(app, inbox.addNote, addNote)
  serve(app, inbox.reactToMessage, react)
  serve(app, changes.editMessage, editMessage)
  serve(app, changes.revokeMessage, revokeMessage)
  serve(app, inbox.retryMessage, (c, { messageId }) => decide(c, messageId, 'requeue'))
  serve(app, inbox.discardMessage, (c, { messageId }) => decide(c, messageId, 'discard'))
  serve(app, inbox.rerouteMessage, reroute)
  serve(app, inbox.markRead, markRead)
}
