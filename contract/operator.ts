/** Who runs the service: plans, and the companies that buy them. For everybody else these doors are not there. */
import * as z from 'zod/mini'
import { Figures } from './billing.ts'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant } from './ids.ts'
import { Cursor, page } from './pages.ts'
import { Plan, PlanPrice, Subscription } from './subscriptions.ts'

const PlanId = z.uuid().brand<'Plan'>()
export const CustomerId = z.uuid().brand<'Customer'>()

export const OperatorPlan = z.extend(Plan, {
  id: PlanId,
  rev: z.number(),
  retiredAt: z.nullable(Instant),
  /** The newest first, with how many numbers have each. */
  versions: z.array(z.extend(PlanPrice, { subscribers: z.number(), createdAt: Instant, replacedAt: z.nullable(Instant) })),
})
export type OperatorPlan = z.infer<typeof OperatorPlan>

const Setting = z.object({ sells: z.boolean(), graceDays: z.number().check(z.int(), z.minimum(0), z.maximum(60)) })

export const isOperator = endpoint({
  method: 'GET',
  path: '/operator',
  summary: 'Whether the caller runs the service',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ isOperator: z.boolean() }),
})

export const listPlans = endpoint({
  method: 'GET',
  path: '/operator/plans',
  summary: 'All plans with their versions, and how the service is sold',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ items: z.array(OperatorPlan), setting: Setting }),
})

const Minor = z.number().check(z.int(), z.minimum(0), z.maximum(100_000_000))

export const savePlan = endpoint({
  method: 'PUT',
  path: '/operator/plans',
  summary: 'Makes a plan, or changes one: other terms are a new version, and who has an older one keeps it',
  may: 'signed-in',
  input: z.object({
    planId: z.optional(PlanId),
    /** The plan as it was when its edit began: `changed_meanwhile` when somebody was faster. */
    rev: z.optional(z.number()),
    code: z.string().check(z.regex(/^[a-z][a-z0-9_]{1,30}$/)),
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
    about: z.string().check(z.trim(), z.maxLength(300)),
    price: z.object({
      minor: Minor,
      currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
      every: z.enum(['month', 'year']),
      trialDays: z.number().check(z.int(), z.minimum(0), z.maximum(365)),
      includedMessages: z.number().check(z.int(), z.minimum(0), z.maximum(10_000_000)),
      promo: z.nullable(z.object({ listMinor: Minor, until: Instant })),
    }),
  }),
  returns: OperatorPlan,
})

export const retirePlan = endpoint({
  method: 'PUT',
  path: '/operator/plans/:planId/retired',
  summary: 'Sells a plan no more, or again. Who has it keeps it',
  may: 'signed-in',
  input: z.object({ planId: PlanId, isRetired: z.boolean() }),
  returns: OperatorPlan,
})

export const setSetting = endpoint({
  method: 'PUT',
  path: '/operator/setting',
  summary: 'Whether new companies need a subscription for each number, and how long an unpaid one goes on sending',
  may: 'signed-in',
  input: Setting,
  returns: Setting,
})

export const Customer = z.object({
  id: CustomerId,
  name: z.string(),
  country: z.string(),
  since: Instant,
  /** It is not with us any more. */
  leftAt: z.nullable(Instant),
  /** Its numbers need subscriptions. */
  buys: z.boolean(),
  /** One for each currency that it has paid in. */
  balances: z.array(Figures),
  numbers: z.array(
    z.object({
      id: ChannelId,
      kind: z.string(),
      /** Whose account at the provider pays for its messages: the company's own, or ours, which charges its balance. */
      whoPays: z.enum(['client', 'us']),
      name: z.string(),
      phone: z.nullable(z.string()),
      subscription: z.nullable(Subscription),
    }),
  ),
})
export type Customer = z.infer<typeof Customer>

export const listCustomers = endpoint({
  method: 'GET',
  path: '/operator/customers',
  summary: 'The companies with their balances and the subscription of each of their numbers',
  may: 'signed-in',
  input: z.object({
    q: z.optional(z.string().check(z.trim(), z.maxLength(60))),
    /** Those that owe us, whose balance is frozen, or of which a number was not paid in time. */
    only: z.optional(z.enum(['owing', 'frozen', 'late'])),
    cursor: z.optional(Cursor),
  }),
  returns: page(Customer),
})

export const setCustomer = endpoint({
  method: 'PUT',
  path: '/operator/customers/:customerId/buys',
  summary: 'Whether a company’s numbers need subscriptions. When that begins, each has the days of grace to get one',
  may: 'signed-in',
  input: z.object({ customerId: CustomerId, buys: z.boolean() }),
  returns: Customer,
})

export const setNumberPayer = endpoint({
  method: 'PUT',
  path: '/operator/numbers/:channelId/payer',
  summary:
    'Whose account pays the provider for a number’s messages: the company’s own, or ours, which charges its balance. `price_missing` where there are no rates',
  may: 'signed-in',
  input: z.object({ channelId: ChannelId, whoPays: z.enum(['client', 'us']) }),
  returns: Customer,
})
