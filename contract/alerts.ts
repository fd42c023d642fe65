/** Alerts of money that are posted to an address of the company's own: to whatever writes its mails. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant, Language } from './ids.ts'

export const AlertDeliveryId = z.uuid().brand<'AlertDelivery'>()

export const ALERT_KINDS = [
  'balance.low',
  'balance.very_low',
  'balance.empty',
  /** An automatic top-up was refused, and is tried again. */
  'topup.failed',
  /** Automatic top-ups stand still until a person goes on. */
  'topup.stopped',
  'topup.ceiling',
  'subscription.trial_ends',
  'subscription.payment_failed',
  'subscription.stopped',
  'test',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/** Why a delivery was not taken. */
export const ALERT_PROBLEMS = [
  'unreachable',
  'timeout',
  'redirected',
  'refused',
  /** The address leads to no public place any more. */
  'address_refused',
  'turned_off',
  'internal',
] as const

/** Sums are decimal text; what a kind of alert says nothing of is absent. */
const AmountTold = z.object({ amount: z.string().check(z.regex(/^-?\d+\.\d{2,6}$/)), currency: z.string() })

/** The JSON that is posted. Fields may be added; none changes its meaning. */
export const AlertBody = z.object({
  /** The same each time this alert is posted. */
  id: AlertDeliveryId,
  version: z.literal(1),
  kind: z.enum(ALERT_KINDS),
  at: Instant,
  company: z.object({ id: z.string(), name: z.string() }),
  language: Language,
  /** Ready to be sent as a mail. */
  subject: z.string(),
  text: z.string(),
  /** Where it is put right, in the app. */
  url: z.string(),
  amounts: z.object({
    available: z.optional(AmountTold),
    level: z.optional(AmountTold),
    /** What an automatic top-up would have charged. */
    asked: z.optional(AmountTold),
    /** Of automatic top-ups: the month's ceiling, and what of it is used. */
    ceiling: z.optional(AmountTold),
    spent: z.optional(AmountTold),
    /** Of a subscription, for each period. */
    price: z.optional(AmountTold),
  }),
  /** Why a charge failed, or why charges have stopped: the gateway’s code, or ours. */
  reason: z.optional(z.string()),
  subscription: z.optional(
    z.object({
      plan: z.string(),
      number: z.object({ id: z.string(), name: z.string(), phone: z.nullable(z.string()) }),
      paidUntil: z.nullable(Instant),
      /** Until then it sends although it is not paid. */
      graceUntil: z.nullable(Instant),
    }),
  ),
})
export type AlertBody = z.infer<typeof AlertBody>

export const AlertDelivery = z.object({
  id: AlertDeliveryId,
  kind: z.enum(ALERT_KINDS),
  /** `due`: on its way, or tried again at `nextTry`. `dead`: given up. */
  state: z.enum(['due', 'delivered', 'dead']),
  tries: z.int(),
  problem: z.nullable(z.enum(ALERT_PROBLEMS)),
  /** Their status, the beginning of their answer, and how long it took. */
  status: z.nullable(z.int()),
  answer: z.nullable(z.string()),
  tookMs: z.nullable(z.int()),
  at: Instant,
  nextTry: z.nullable(Instant),
  doneAt: z.nullable(Instant),
})
export type AlertDelivery = z.infer<typeof AlertDelivery>

export const AlertHook = z.object({
  url: z.string(),
  language: Language,
  isOn: z.boolean(),
  /** The secret was changed: until then deliveries are signed with the one before, too. */
  bothUntil: z.nullable(Instant),
})
export type AlertHook = z.infer<typeof AlertHook>

export const getAlertHook = endpoint({
  method: 'GET',
  path: '/billing/alert-hook',
  summary: 'The address that alerts of money are posted to, and the latest deliveries',
  may: 'billing.manage',
  input: z.object({}),
  returns: z.object({ hook: z.nullable(AlertHook), deliveries: z.array(AlertDelivery) }),
})

/** Shown once: nobody reads it again. */
const Secret = z.nullable(z.string())

export const changeAlertHook = endpoint({
  method: 'PUT',
  path: '/billing/alert-hook',
  summary: 'Gives or changes the address for alerts of money. The first time it answers with the secret that signs them',
  may: 'billing.manage',
  input: z.object({
    url: z.string().check(z.minLength(1), z.maxLength(1_000)),
    language: Language,
    /** Off: nothing is posted, and what waits is given up. */
    isOn: z.boolean(),
  }),
  returns: z.object({ secret: Secret }),
})

export const changeAlertSecret = endpoint({
  method: 'POST',
  path: '/billing/alert-hook/secret',
  summary: 'Another secret for alerts of money. For a day deliveries are signed with both',
  may: 'billing.manage',
  input: z.object({}),
  returns: z.object({ secret: z.string() }),
})

export const testAlertHook = endpoint({
  method: 'POST',
  path: '/billing/alert-hook/test',
  summary: 'Posts a test alert now, once, and says what came of it',
  may: 'billing.manage',
  input: z.object({}),
  returns: AlertDelivery,
})

export const resendAlert = endpoint({
  method: 'POST',
  path: '/billing/alert-hook/deliveries/:deliveryId/send',
  summary: 'Posts an alert once more, now, under the same id',
  may: 'billing.manage',
  input: z.object({ deliveryId: AlertDeliveryId }),
  returns: AlertDelivery,
})
