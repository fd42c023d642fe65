/** Sends a message or a note: for the app, and for the service worker when somebody answers in a notification. */
import type { Message } from '#contract/inbox.ts'
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import type { Outgoing } from './outbox.rules.ts'

/** Its file, if it has one, is at the server already. Throws ApiProblem. */
export function post({
  id,
  chatId,
  what,
  text,
  kind,
  mediaId,
  forward,
  replyTo,
  template,
  mentions,
}: Outgoing): Promise<Message> {
  if (what === 'note') {
    const named = mentions && mentions.length > 0 ? { mentions: mentions.map((person) => person.id) } : {}
    return call(api.addNote, { chatId, id, text: text ?? '', ...named })
  }
  if (template) {
    const { shown: _shown, ...given } = template
    const file = mediaId ? { headerMediaId: mediaId } : {}
    return call(api.sendMessage, { chatId, id, kind: 'template', template: { ...given, ...file } })
  }
  return call(api.sendMessage, {
    chatId,
    id,
    kind,
    ...(text ? { text } : {}),
    ...(mediaId ? { mediaId } : {}),
    ...(location ? { location } : {}),
    ...(contacts ? { contacts } : {}),
    ...(forward ? { forwardOf: forward.of } : {}),
    ...(replyTo?.id ? { replyTo: replyTo.id } : {}),
  })
}
