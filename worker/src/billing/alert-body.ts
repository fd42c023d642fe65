/** The JSON of an alert: what was noted of it, for machines, and the same as a mail. The same alert is the same JSON at every try. */
import { ALERT_KINDS, type AlertBody, type AlertKind } from '#contract/alerts.ts'
import { Language } from '#contract/ids.ts'
import { toMicro, writeMicro } from '#contract/money.ts'
import * as z from 'zod'
import { ALERT_WORDS, type Shown } from './alert-words.ts'

const Micro = z.optional(z.nullable(z.string()))
const Text = z.optional(z.nullable(z.string()))

/** What `alert_note` keeps: sums in micro-units. */
const Facts = z.object({
  currency: Text,
  ...{ available: Micro, lowLevel: Micro, veryLowLevel: Micro },
  ...{ asked: Micro, ceiling: Micro, spent: Micro, stoppedFor: Text, problem: Text },
  /** In the currency's smallest units, as plans are kept. */
  priceMinor: Text,
  ...{ plan: Text, numberId: Text, number: Text, phone: Text, paidUntil: Text, graceUntil: Text },
})
type Facts = z.infer<typeof Facts>

/** What `alert_take` gives. */
export const TakenAlert = z.object({
  id: z.string(),
  kind: z.enum(ALERT_KINDS),
  facts: Facts,
  tries: z.number(),
  at: z.string(),
  url: z.string(),
  language: Language,
  sealed: z.string(),
  sealedBefore: z.nullable(z.string()),
  company: z.object({ id: z.string(), name: z.string(), country: z.string(), timeZone: z.string() }),
})
export type TakenAlert = z.infer<typeof TakenAlert>

/** Two digits after the point, and as many more as there are. */
function decimal(micro: string): string {
  const value = BigInt(micro)
  const [whole = '', part = ''] = writeMicro(value < 0n ? -value : value).split('.')
  return `${value < 0n ? '-' : ''}${whole}.${part.padEnd(2, '0')}`
}

function amountsOf(kind: AlertKind, facts: Facts): AlertBody['amounts'] {
  const { currency } = facts
  const isBalance = !kind.startsWith('subscription.')
  const isFill = kind.startsWith('topup.')
  const level = kind === 'balance.low' ? facts.lowLevel : kind === 'balance.very_low' ? facts.veryLowLevel : null
  const told: Record<keyof AlertBody['amounts'], string | null | undefined> = {
    available: isBalance ? facts.available : null,
    level,
    asked: kind === 'topup.failed' ? facts.asked : null,
    ceiling: isFill ? facts.ceiling : null,
    spent: isFill ? facts.spent : null,
    price: !isBalance && facts.priceMinor && currency ? String(toMicro({ minor: BigInt(facts.priceMinor), currency })) : null,
  }
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, micro]) => (micro && currency ? [[name, { amount: decimal(micro), currency }]] : [])),
  )
}

/** Which reason is told: why they have stopped, else why this charge failed. */
const reasonOf = (kind: AlertKind, facts: Facts): string | null =>
  (kind === 'topup.stopped' ? facts.stoppedFor : kind === 'topup.failed' ? facts.problem : null) ?? null

function placeOf(kind: AlertKind, { numberId }: Facts): string {
  if (kind === 'test') return '/settings/alerts'
  return kind.startsWith('subscription.') && numberId ? `/settings/subscriptions?number=${numberId}` : '/settings/balance'
}

function shownOf({ language, company, facts }: TakenAlert, amounts: AlertBody['amounts'], reason: string | null): Shown {
  const locale = `${language}-${company.country}`
  const sum = (told: { amount: string; currency: string } | undefined) =>
    told ? new Intl.NumberFormat(locale, { style: 'currency', currency: told.currency }).format(Number(told.amount)) : ''
  const day = (at: string | null | undefined) =>
    at ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: company.timeZone }).format(new Date(at)) : ''
  const { reasons } = ALERT_WORDS[language]
  return {
    company: company.name,
    ...{ available: sum(amounts.available), level: sum(amounts.level), asked: sum(amounts.asked) },
    ...{ ceiling: sum(amounts.ceiling), spent: sum(amounts.spent), price: sum(amounts.price) },
    ...{ number: facts.number ?? '', plan: facts.plan ?? '' },
    ...{ paidUntil: day(facts.paidUntil), graceUntil: day(facts.graceUntil) },
    reason: Object.entries(reasons).find(([code]) => code === reason)?.[1] ?? reasons.other,
  }
}

/** `appUrl`: where the app is. */
export function bodyOf(alert: TakenAlert, appUrl: string): Omit<AlertBody, 'id'> & { id: string } {
  const { id, kind, at, company, language, facts } = alert
  const amounts = amountsOf(kind, facts)
  const reason = reasonOf(kind, facts)
  const mail = ALERT_WORDS[language].mails[kind](shownOf(alert, amounts, reason))
  const url = `${appUrl}${placeOf(kind, facts)}`
  const { numberId, number, phone, plan, paidUntil, graceUntil } = facts
  return {
    ...{ id, version: 1, kind, at, company: { id: company.id, name: company.name }, language },
    ...{ subject: mail.subject, text: `${mail.text}\n\n${url}`, url, amounts },
    ...(reason === null ? {} : { reason }),
    ...(numberId && number && plan
      ? {
          subscription: {
            plan,
            number: { id: numberId, name: number, phone: phone || null },
            ...{ paidUntil: paidUntil ?? null, graceUntil: graceUntil ?? null },
          },
        }
      : {}),
  }
}
