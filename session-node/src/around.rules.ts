/** What hangs on a message, whatever part it is: quotation, forwarding, when it disappears, the advertisement that brought the customer. */
import type { Extra, MessageKind } from '#contract/channel-event.ts'
import { fieldsOf, numberOf, textOf } from './untrusted.rules.ts'
import type { Fields } from './untrusted.rules.ts'

/** Of an unwrapped message. */
export function aroundOf(content: Fields): { quoted?: string; extra: Extra } {
  for (const part of Object.values(content)) {
    const context = fieldsOf(fieldsOf(part).contextInfo)
    if (Object.keys(context).length === 0) continue
    const quoted = textOf(context.stanzaId, 200)
    const score = numberOf(context.forwardingScore) ?? 0
    const isForwarded = context.isForwarded === true || score > 0
    const referral = referralOf(fieldsOf(context.externalAdReply), context)
    const ephemeral = numberOf(context.expiration)
    return {
      ...(quoted && { quoted }),
      extra: {
        ...(isForwarded && { forwarded: true }),
        ...(score >= MANY && { forwardedOften: true }),
        ...(ephemeral && ephemeral > 0 && { ephemeral }),
        ...(referral && { referral }),
        ...(quoted && quotedWords(fieldsOf(context.quotedMessage))),
      },
    }
  }
  return { extra: {} }
}

/** From so many hands on, WhatsApp marks what is sent on as sent on often. */
const MANY = 4

const QUOTED: Readonly<Record<string, MessageKind>> = {
  ...{ imageMessage: 'image', videoMessage: 'video', audioMessage: 'audio', stickerMessage: 'sticker' },
  ...{ documentMessage: 'document', documentWithCaptionMessage: 'document', locationMessage: 'location' },
  ...{ liveLocationMessage: 'location', contactMessage: 'contacts', contactsArrayMessage: 'contacts' },
}

/** What is answered to, as it stands in the answer: the message itself may be from before this number was linked. */
function quotedWords(message: Fields): Pick<Extra, 'quoted'> {
  const text = textOf(message.conversation, 200) ?? textOf(fieldsOf(message.extendedTextMessage).text, 200)
  if (text) return { quoted: { kind: 'text', text } }
  const name = Object.keys(message).find((each) => QUOTED[each] !== undefined && message[each])
  const kind = name === undefined ? undefined : QUOTED[name]
  if (name === undefined || kind === undefined) return {}
  const caption = textOf(fieldsOf(message[name]).caption, 200)
  return { quoted: { kind, ...(caption && { text: caption }) } }
}

function referralOf(ad: Fields, context: Fields): Extra['referral'] | undefined {
  const [headline, body, sourceUrl] = [textOf(ad.title, 1_000), textOf(ad.body, 4_000), textOf(ad.sourceUrl, 2_000)]
  const source = textOf(context.entryPointConversionSource, 100)
  // A preview of a link has the same shape: only an advertisement says where it came from.
  if (!source && !textOf(ad.sourceId, 200)) return undefined
  const [sourceId, clickId] = [textOf(ad.sourceId, 200), textOf(ad.ctwaClid, 400)]
  return {
    sourceType: textOf(ad.sourceType, 50) ?? source ?? 'ad',
    ...(sourceId && { sourceId }),
    ...(sourceUrl && { sourceUrl }),
    ...(headline && { headline }),
    ...(body && { body }),
    ...(clickId && { clickId }),
  }
}
