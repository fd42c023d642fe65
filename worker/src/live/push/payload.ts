/** The JSON of a push: who writes, what they say, what can be done at once. Pure. reference/pwa.md §8.4. */
import type { ChatId } from '#contract/ids.ts'
import type { PushJson, PushKind } from '#contract/push.ts'
import type { Facts, PushItem } from './push.store.ts'
import { wordsOf, type PushWords } from './words.ts'

/** Push services take more; longer texts are cut first, then the list of what to close. */
export const MAX_BYTES = 2_000
const BODY_MAX = 120

export type About = { id: string; kind: PushKind; tag: string; chatId: ChatId | null; transferId: string | null }

/** What a device is told of something. `size` is the largest that its push service took lately. */
export function payloadFor(
  about: About,
  item: Omit<PushItem, 'id' | 'endpoint' | 'p256dh' | 'auth' | 'sessionId'>,
  appUrl: string,
): PushJson {
  const words = wordsOf(item.language)
  const { title, body } = said(about.kind, item.facts, item.preview, words)
  const url = placeOf(about, item.facts)
  return shaped({
    ...{
      appUrl,
      url,
      title,
      body,
      language: item.language,
      silent: !item.sound || isBack(about.kind, item.facts),
      badge: item.badge,
      close: item.close,
    },
    ...{ tag: about.tag, actions: actionsOf(about.kind, item.facts, words) },
    data: {
      ...{ id: about.id, kind: about.kind, personId: item.personId, chatId: about.chatId, transferId: about.transferId },
      ...{ url, failed: words.failed },
    },
  })
}

/** What the test button shows. */
export function testPayload(
  { personId, language, badge }: Pick<PushItem, 'personId' | 'language' | 'badge'>,
  id: string,
  appUrl: string,
): PushJson {
  const words = wordsOf(language)
  const url = '/settings/notifications'
  return shaped({
    ...{
      appUrl,
      url,
      title: words.test,
      body: words.testHelp,
      language,
      silent: false,
      badge,
      close: [],
      tag: 'test',
      actions: [],
    },
    data: { id, kind: 'test', personId, chatId: null, transferId: null, url, failed: words.failed },
  })
}

type Shape = {
  appUrl: string
  url: string
  title: string
  body: string
  language: string
  silent: boolean
  badge: number
  close: string[]
  tag: string
  actions: PushJson['notification']['actions']
  data: PushJson['notification']['data']
}

function shaped({ appUrl, url, title, body, language, silent, badge, close, tag, actions, data }: Shape): PushJson {
  return {
    web_push: 8030,
    notification: {
      ...{ title: cut(title, 80), body: cut(body, BODY_MAX), navigate: `${appUrl}${url}`, tag, lang: language },
      // The draft moved the badge to the top: it stands in both places until phones agree.
      ...{
        silent,
        renotify: !silent,
        app_badge: badge,
        icon: '/icons/icon-192.png',
        badge: '/icons/badge-96.png',
        actions,
        data,
      },
    },
    mutable: true,
    app_badge: badge,
    close,
  }
}

/** A number that works again: good news wakes nobody. */
function isBack(kind: PushKind, { problem }: Facts): boolean {
  return kind === 'channel' && problem === null
}

function said(kind: PushKind, facts: Facts, preview: boolean, words: PushWords): { title: string; body: string } {
  const name = facts.contact ?? words.somebody
  const text = preview ? facts.text || null : null
  switch (kind) {
    case 'message':
      return { title: name, body: messageBody(facts, preview, words) }
    case 'queue':
      return { title: words.queue(name), body: messageBody(facts, preview, words) }
    case 'assignment': {
      const who = facts.by ? words.assignedBy(facts.by) : words.assigned
      return { title: name, body: text ? `${who}: ${text}` : who }
    }
    case 'transfer_asked':
      return { title: words.askedTitle(facts.contact), body: withReason(words.asked(facts.by, facts.to), text) }
    case 'transfer_answered':
      return { title: words.answeredTitle(facts.contact), body: withReason(words.answered[facts.state ?? 'expired'], text) }
    case 'mention':
      return { title: words.mention(facts.by), body: text ? `${name}: ${text}` : name }
    case 'channel':
      return isBack(kind, facts)
        ? { title: words.channelBack(name), body: words.channelBackHelp }
        : { title: words.channel(name), body: words.channelHelp }
    case 'alert':
      return { title: words.alert, body: alertBody(facts, words) }
  }
}

function alertBody({ problem, count, contact }: Facts, { alertHelp }: PushWords): string {
  switch (problem) {
    case 'send':
      return alertHelp.send
    case 'audit_broken':
      return alertHelp.audit_broken
    case 'backlog_old':
      return alertHelp.backlog_old(count)
    case 'dead_letters_growing':
      return alertHelp.dead_letters_growing(count)
    case 'portal_queue_old':
      return alertHelp.portal_queue_old(count)
    case 'portal_disconnected':
      return alertHelp.portal_disconnected
    case 'balance_low':
    case 'balance_very_low':
      return alertHelp.balance_low(count)
    case 'balance_empty':
      return alertHelp.balance_empty
    case 'operator_work':
      return alertHelp.operator_work(count)
    case 'balance_fill_stopped':
      return alertHelp.balance_fill_stopped
    case 'balance_fill_ceiling':
      return alertHelp.balance_fill_ceiling(count)
    case 'subscription_trial':
    case 'subscription_grace':
      return alertHelp[problem](contact ?? '', count)
    case 'subscription_stopped':
      return alertHelp.subscription_stopped(contact ?? '')
    default:
      return alertHelp.other
  }
}

/** Who hides the words hides what kind of thing was sent, too. */
function messageBody({ count, text, media }: Facts, preview: boolean, words: PushWords): string {
  const kind = Object.entries(words.media).find(([name]) => name === media)?.[1]
  const last = preview ? text || kind || null : null
  if (count > 1) return last ? `${words.messages(count)}: ${last}` : words.messages(count)
  return last ?? words.message
}

const withReason = (what: string, reason: string | null): string => (reason ? `${what}: ${reason}` : what)

function actionsOf(kind: PushKind, { actions, problem }: Facts, words: PushWords): Shape['actions'] {
  if (kind === 'channel') return problem === null ? [] : [{ action: 'ack', title: words.ack }]
  if (kind === 'transfer_asked')
    return [
      { action: 'approve', title: words.approve },
      { action: 'deny', title: words.deny },
    ]
  const offered: Shape['actions'] = []
  if (actions?.reply === true) offered.push({ action: 'reply', title: words.reply, type: 'text', placeholder: words.replyHere })
  if (actions?.settle === true) offered.push({ action: 'settle', title: words.settle })
  return offered
}

function placeOf({ kind, chatId }: About, { messageId, problem, channelId }: Facts): string {
  if (kind === 'transfer_asked' || kind === 'transfer_answered') return '/transfers'
  if (kind === 'channel') return '/settings/channels'
  if (kind === 'alert' && problem === 'audit_broken') return '/settings/audit'
  if (kind === 'alert' && problem === 'backlog_old') return '/settings/log'
  if (kind === 'alert' && (problem === 'portal_disconnected' || problem === 'portal_queue_old')) return '/settings/bitrix24'
  if (kind === 'alert' && problem === 'operator_work') return '/settings/operator'
  if (kind === 'alert' && problem?.startsWith('balance_')) return '/settings/balance'
  if (kind === 'alert' && problem?.startsWith('subscription_')) return `/settings/subscriptions?number=${channelId}`
  if (kind === 'alert') return '/settings/dead-letters'
  if (chatId === null) return '/chats'
  return messageId ? `/chats/${chatId}?message=${messageId}` : `/chats/${chatId}`
}

/** A text is cut between letters that belong together, not within one. */
function cut(text: string, max: number): string {
  const letters = [...text]
  return letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : text
}

/** The same in fewer bytes: for a push service that found it too large, or when it is more than {@link MAX_BYTES}. */
export function shrunk(json: PushJson): PushJson {
  return { ...json, close: [], notification: { ...json.notification, body: cut(json.notification.body, 40) } }
}
