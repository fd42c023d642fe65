/**
 * Messages that a desk can read and not answer in kind: polls, events, invitations, what other programs of businesses send.
 * They show as what they say; whatever has no words of its own keeps its name, so that nobody thinks that nothing came.
 */
import type { Extra, InboundMessage } from '#contract/channel-event.ts'
import { fieldsOf, listOf, numberOf, textOf } from './untrusted.rules.ts'
import type { Fields } from './untrusted.rules.ts'

type Readable = Pick<InboundMessage, 'kind' | 'text' | 'extra'>

/** What is never shown to anybody: keys, votes, covers of what follows, and what only programs read. */
const SILENT: ReadonlySet<string> = new Set([
  ...['senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage', 'messageContextInfo', 'chat', 'call'],
  ...['encReactionMessage', 'encCommentMessage', 'encEventResponseMessage', 'secretEncryptedMessage', 'pollUpdateMessage'],
  ...['keepInChatMessage', 'pinInChatMessage', 'stickerSyncRmrMessage', 'messageHistoryBundle', 'messageHistoryNotice'],
  // An album announces its pictures, and these come as messages of their own; calls are told by their signals.
  ...[
    'albumMessage',
    'eventCoverImage',
    'callLogMesssage',
    'statusMentionMessage',
    'groupStatusMentionMessage',
    'statusNotificationMessage',
  ],
])
const LINES_MAX = 30

/** What can be read of it; null when there is nothing in it for people. */
export function readableIn(content: Fields): Readable | null {
  if (content.viewOnce === true) return strange('view_once')
  if (content.placeholder === true) return strange('waiting_for_phone')
  return (
    pollIn(content) ?? eventIn(content) ?? invitationIn(content) ?? offerIn(content) ?? businessIn(content) ?? strangeIn(content)
  )
}

function strange(unsupported: string, text?: string, lines: readonly (string | undefined)[] = [], at?: number): Readable {
  const said = lines.filter((line) => line !== undefined && line !== '').slice(0, LINES_MAX)
  const card = { lines: said.map((line) => String(line).slice(0, 300)), ...(at !== undefined && { at }) }
  const extra: Extra = { unsupported, ...((card.lines.length > 0 || at !== undefined) && { card }) }
  return { kind: 'unsupported', ...(text !== undefined && { text }), extra }
}

const POLLS = ['pollCreationMessage', 'pollCreationMessageV2', 'pollCreationMessageV3', 'pollCreationMessageV5'] as const

function pollIn(content: Fields): Readable | null {
  const asked = POLLS.map((name) => fieldsOf(content[name])).find((poll) => listOf(poll.options).length > 0)
  if (!asked) return null
  return strange(
    'poll',
    textOf(asked.name, 1_000),
    listOf(asked.options).map((option) => textOf(fieldsOf(option).optionName, 300)),
  )
}

function eventIn({ eventMessage, scheduledCallCreationMessage }: Fields): Readable | null {
  const [event, call] = [fieldsOf(eventMessage), fieldsOf(scheduledCallCreationMessage)]
  if (scheduledCallCreationMessage) return strange('event', textOf(call.title, 500), [], numberOf(call.scheduledTimestampMs))
  if (!eventMessage) return null
  const place = fieldsOf(event.location)
  const seconds = numberOf(event.startTime)
  return strange(
    event.isCanceled === true ? 'event_canceled' : 'event',
    textOf(event.name, 500),
    [textOf(event.description, 1_000), textOf(place.name, 300), textOf(place.address, 300)],
    seconds === undefined ? undefined : seconds * 1000,
  )
}

function invitationIn({
  groupInviteMessage,
  newsletterAdminInviteMessage,
  newsletterFollowerInviteMessageV2,
}: Fields): Readable | null {
  const group = fieldsOf(groupInviteMessage)
  if (groupInviteMessage) return strange('group_invite', textOf(group.caption, 1_000), [textOf(group.groupName, 300)])
  const channel = newsletterAdminInviteMessage ?? newsletterFollowerInviteMessageV2
  if (!channel) return null
  return strange('channel_invite', textOf(fieldsOf(channel).caption, 1_000), [textOf(fieldsOf(channel).newsletterName, 300)])
}

const PAYMENTS = [
  'sendPaymentMessage',
  'requestPaymentMessage',
  'declinePaymentRequestMessage',
  'cancelPaymentRequestMessage',
] as const

/** Goods, orders, payments, packs of stickers. */
function offerIn(content: Fields): Readable | null {
  const { productMessage, orderMessage, stickerPackMessage, paymentInviteMessage } = content
  if (productMessage) {
    const { product, body } = fieldsOf(productMessage)
    const { title, description } = fieldsOf(product)
    return strange('product', textOf(title, 500) ?? textOf(body, 1_000), [textOf(description, 1_000)])
  }
  if (orderMessage) {
    const order = fieldsOf(orderMessage)
    const text = textOf(order.message, 1_000) ?? textOf(order.orderTitle, 500)
    return { kind: 'order', ...(text && { text }) }
  }
  if (stickerPackMessage) return strange('sticker_pack', textOf(fieldsOf(stickerPackMessage).name, 300))
  const payment = PAYMENTS.find((name) => content[name])
  if (payment === undefined) return paymentInviteMessage ? strange('payment') : null
  const note = fieldsOf(fieldsOf(content[payment]).noteMessage)
  return strange('payment', textOf(note.conversation, 1_000) ?? textOf(fieldsOf(note.extendedTextMessage).text, 1_000))
}

/** Words with buttons or a list, as other programs of businesses send them. */
function businessIn(content: Fields): Readable | null {
  const hydrated = fieldsOf(fieldsOf(content.highlyStructuredMessage).hydratedHsm)
  const template = fieldsOf(content.templateMessage ?? (Object.keys(hydrated).length > 0 ? hydrated : undefined))
  const rows = fieldsOf(template.hydratedTemplate ?? template.hydratedFourRowTemplate)
  const [buttons, list] = [fieldsOf(content.buttonsMessage), fieldsOf(content.listMessage)]
  const interactive = fieldsOf(content.interactiveMessage ?? template.interactiveMessageTemplate)
  const text =
    textOf(rows.hydratedContentText) ??
    textOf(buttons.contentText) ??
    textOf(list.description) ??
    textOf(list.title) ??
    textOf(fieldsOf(interactive.body).text)
  if (text === undefined) return null
  const lines = [
    ...listOf(rows.hydratedButtons).map(nameOfButton),
    ...listOf(buttons.buttons).map((button) => textOf(fieldsOf(fieldsOf(button).buttonText).displayText, 100)),
    ...listOf(list.sections).flatMap((section) => listOf(fieldsOf(section).rows).map((row) => textOf(fieldsOf(row).title, 100))),
    ...listOf(fieldsOf(interactive.nativeFlowMessage).buttons).map((button) => titleIn(fieldsOf(button).buttonParamsJson)),
  ].flatMap((line) => line ?? [])
  return { kind: 'interactive', text, ...(lines.length > 0 && { extra: { card: { lines: lines.slice(0, LINES_MAX) } } }) }
}

function nameOfButton(button: unknown): string | undefined {
  const { quickReplyButton, urlButton, callButton } = fieldsOf(button)
  return textOf(fieldsOf(quickReplyButton ?? urlButton ?? callButton).displayText, 100)
}

function titleIn(json: unknown): string | undefined {
  return textOf(parsed(json).display_text, 100)
}

/** JSON of a stranger's: anything that is none reads as empty. */
export function parsed(json: unknown): Fields {
  try {
    return fieldsOf(JSON.parse(textOf(json, 20_000) ?? '{}'))
  } catch {
    return {}
  }
}

function strangeIn(content: Fields): Readable | null {
  const name = Object.keys(content).find(
    (each) => !SILENT.has(each) && content[each] !== null && content[each] !== undefined && content[each] !== '',
  )
  if (name === undefined) return null
  return name === 'placeholderMessage' ? strange('waiting_for_phone') : strange(wordsOf(name))
}

/** `requestPhoneNumberMessage` → `request_phone_number` */
function wordsOf(name: string): string {
  const plain = name.replace(/V\d+$/, '').replace(/Message$/, '')
  return plain.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).slice(0, 60) || 'unknown'
}
