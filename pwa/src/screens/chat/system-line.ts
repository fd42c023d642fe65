import type { Message } from '#contract/inbox.ts'
import { t } from '../../text/text.ts'

/** What somebody did with a chat, in words; what WhatsApp itself says stays as it came. */
export function systemLine({ text, extra, author }: Message): string {
  const words = t().system
  const who = author.name ?? words.rule
  const to = extra?.to ?? extra?.department
  switch (extra?.system) {
    case 'assigned':
      return to ? words.assigned(who, to) : words.queued(who)
    case 'assigned_by_rule':
      return words.byRule(to ?? '')
    case 'moved_on':
      return words.movedOn(to ?? '')
    case 'transferred':
      return words.transferred(who, to ?? '')
    case 'closed':
      return words.closed(who)
    case 'reopened':
      return words.reopened(who)
    case 'settled':
      return words.settled(who)
    case 'consent_out':
      return words.consentOut(extra.how ?? '')
    case 'consent_in':
      return words.consentIn(extra.how ?? '')
    case 'consent_out_marketing':
      return words.consentOutMarketing
    case 'consent_in_marketing':
      return words.consentInMarketing
    case 'privacy_sent':
      return words.privacySent(extra.how ?? '')
    case 'ephemeral':
      return extra.ephemeral ? words.ephemeral(Math.floor(extra.ephemeral / 86_400)) : words.ephemeralOff
    case 'missed_call':
      return words.missedCall
    case 'missed_video_call':
      return words.missedVideoCall
    default:
      return text ?? t().kinds.system
  }
}
