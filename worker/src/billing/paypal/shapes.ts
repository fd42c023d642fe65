/** The fields of PayPal's answers that we use, as its public descriptions name them (sim/paypal/contract). Others come and go. */
import * as z from 'zod'

const text = z.string()
const maybe = z.optional(text)

export const Token = z.object({ access_token: text, expires_in: z.number() })
export const Refused = z.object({
  name: maybe,
  message: maybe,
  debug_id: maybe,
  details: z.optional(z.array(z.object({ issue: maybe }))),
})

/** v2 and the newer v1; a total with its currency is the oldest v1. */
export const Amount = z.object({ currency_code: text, value: text })
export const Total = z.object({ total: text, currency: text })
export type Amount = z.infer<typeof Amount>

const Link = z.object({ href: text, rel: text })
export const Links = z.optional(z.array(Link))
export type Links = z.infer<typeof Links>

export const Capture = z.object({
  id: text,
  status: text,
  status_details: z.optional(z.object({ reason: maybe })),
  amount: Amount,
  custom_id: maybe,
  seller_receivable_breakdown: z.optional(z.object({ paypal_fee: z.optional(Amount) })),
  supplementary_data: z.optional(z.object({ related_ids: z.optional(z.object({ order_id: maybe })) })),
  links: Links,
  create_time: maybe,
  update_time: maybe,
})
export type Capture = z.infer<typeof Capture>

export const Refund = z.object({ id: text, status: maybe, amount: z.optional(Amount), invoice_id: maybe })

export const Order = z.object({
  id: text,
  status: text,
  update_time: maybe,
  links: Links,
  purchase_units: z.optional(
    z.array(
      z.object({
        custom_id: maybe,
        payments: z.optional(z.object({ captures: z.optional(z.array(Capture)), refunds: z.optional(z.array(Refund)) })),
      }),
    ),
  ),
})
export type Order = z.infer<typeof Order>

export const Sale = z.object({
  id: text,
  state: text,
  amount: Total,
  transaction_fee: z.optional(z.object({ value: text, currency: text })),
  billing_agreement_id: maybe,
  custom: maybe,
  create_time: text,
})
export type Sale = z.infer<typeof Sale>
export const Made = z.object({ id: text })

export const Disputes = z.object({ items: z.optional(z.array(z.object({ dispute_id: text }))) })
export const Dispute = z.object({
  dispute_id: text,
  reason: maybe,
  status: text,
  dispute_amount: z.optional(Amount),
  dispute_life_cycle_stage: maybe,
  dispute_outcome: z.optional(z.object({ outcome_code: maybe, amount_refunded: z.optional(Amount) })),
  seller_response_due_date: maybe,
  money_movements: z.optional(
    z.array(z.object({ affected_party: maybe, amount: z.optional(Amount), type: maybe, reason: maybe })),
  ),
})
export type Dispute = z.infer<typeof Dispute>

const Reported = z.object({
  transaction_info: z.object({
    transaction_id: text,
    transaction_event_code: text,
    transaction_status: maybe,
    transaction_initiation_date: text,
    paypal_reference_id: maybe,
    paypal_reference_id_type: maybe,
    transaction_amount: Amount,
    fee_amount: z.optional(Amount),
    invoice_id: maybe,
  }),
})
export type Reported = z.infer<typeof Reported>
export const Report = z.object({ total_pages: z.optional(z.number()), transaction_details: z.optional(z.array(Reported)) })
export const Holdings = z.object({
  balances: z.optional(z.array(z.object({ currency: text, total_balance: Amount, withheld_balance: z.optional(Amount) }))),
})

export const Event = z.object({ id: text, event_type: text, resource: z.optional(z.record(text, z.unknown())) })
export const Events = z.object({ events: z.optional(z.array(z.unknown())), links: Links })
export const Verdict = z.object({ verification_status: text })

const Cycle = z.object({
  tenure_type: text,
  total_cycles: z.optional(z.number()),
  frequency: z.object({ interval_unit: text, interval_count: z.optional(z.number()) }),
  pricing_scheme: z.optional(z.object({ fixed_price: z.optional(Amount) })),
})
export const Plan = z.object({ id: text, status: maybe, billing_cycles: z.array(Cycle) })
export type Plan = z.infer<typeof Plan>
export const Plans = z.object({
  plans: z.optional(z.array(z.object({ id: text, status: maybe, description: maybe }))),
})

export const Subscription = z.object({
  id: text,
  plan_id: text,
  status: text,
  status_change_note: maybe,
  status_update_time: maybe,
  custom_id: maybe,
  start_time: maybe,
  links: Links,
  billing_info: z.optional(
    z.object({
      outstanding_balance: z.optional(Amount),
      cycle_executions: z.optional(z.array(z.object({ tenure_type: text, cycles_completed: z.number() }))),
      last_payment: z.optional(z.object({ amount: Amount, time: text })),
      next_billing_time: maybe,
      failed_payments_count: z.optional(z.number()),
      last_failed_payment: z.optional(z.object({ time: text, reason_code: maybe })),
    }),
  ),
})
export type Subscription = z.infer<typeof Subscription>
export const Transactions = z.object({
  transactions: z.optional(
    z.array(
      z.object({
        id: text,
        status: maybe,
        time: text,
        amount_with_breakdown: z.object({ gross_amount: Amount, fee_amount: z.optional(Amount) }),
      }),
    ),
  ),
})
/** What a change of plan answers. */
export const Linked = z.object({ links: Links })

/** The address of a link, by any of its names. */
export function linkOf(links: Links, ...rels: string[]): string | null {
  return links?.find(({ rel }) => rels.includes(rel))?.href ?? null
}

/** The last part of an address: the id of what it names. */
export function idIn(href: string | null): string | null {
  return href === null ? null : (/([\w-]+)\/?$/.exec(href)?.[1] ?? null)
}
