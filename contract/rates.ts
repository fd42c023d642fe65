/** What messages cost where they go out through our own account at a provider. Kept by who runs the service: for everybody else these doors are not there. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant } from './ids.ts'

export const RATE_PROVIDERS = ['meta', 'gupshup'] as const
export const RATE_CATEGORIES = ['marketing', 'utility', 'authentication', 'authentication_international', 'service'] as const
/** How many rates one list may hold. */
export const RATES_AT_ONCE = 2000

export const RateId = z.uuid().brand<'Rate'>()
/** Micro-units as text: 87900 is 0.0879 USD. */
const Micro = z.string().check(z.regex(/^\d{1,12}$/))

const Key = {
  provider: z.enum(RATE_PROVIDERS),
  /** The country of who receives it (ISO 3166); `*`: every one that has no rate of its own. */
  market: z.string().check(z.regex(/^([A-Z]{2}|[*])$/)),
  /** `service`: what is not a template. */
  category: z.enum(RATE_CATEGORIES),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
}

export const Rate = z.object({
  id: RateId,
  ...Key,
  /** What a company pays for one delivered message, and what the provider takes from us for it. */
  price: Micro,
  cost: Micro,
  validFrom: Instant,
  createdAt: Instant,
  /** Who made it; null: it came with the installation, and nobody has confirmed it. */
  by: z.nullable(z.string()),
  /** Taken back before it was valid. */
  retiredAt: z.nullable(Instant),
})
export type Rate = z.infer<typeof Rate>

export const RateRow = z.object({
  ...Key,
  price: Micro,
  cost: Micro,
  /** Null: at once. */
  validFrom: z.nullable(Instant),
})
export type RateRow = z.infer<typeof RateRow>

export const RateOutcome = z.object({
  /** `same`: it costs that already; `confirmed`: it does, and until now only the installation said so. `past` and `twice` (that day is in the list before) keep the whole list from being kept. */
  outcome: z.enum(['new', 'changed', 'confirmed', 'same', 'past', 'twice']),
  /** What is valid on that day until now. */
  before: z.nullable(z.object({ price: Micro, cost: Micro })),
})
export type RateOutcome = z.infer<typeof RateOutcome>

export const listRates = endpoint({
  method: 'GET',
  path: '/operator/rates',
  summary: 'What messages cost now and what they will cost, by market',
  may: 'signed-in',
  input: z.object({ provider: Key.provider }),
  returns: z.object({ items: z.array(Rate) }),
})

export const rateHistory = endpoint({
  method: 'GET',
  path: '/operator/rates/history',
  summary: 'All that one kind of message has ever cost there, the newest first',
  may: 'signed-in',
  input: z.object(Key),
  returns: z.object({ items: z.array(Rate) }),
})

export const setRates = endpoint({
  method: 'PUT',
  path: '/operator/rates',
  summary: 'Sets rates, all of a list or none. Another price is a new rate from its day on: what was valid never changes',
  may: 'signed-in',
  input: z.object({
    rows: z.array(RateRow).check(z.minLength(1), z.maxLength(RATES_AT_ONCE)),
    /** Says what would happen, and keeps nothing. */
    dryRun: z._default(z.boolean(), false),
  }),
  returns: z.object({
    /** One for each row, in that order. */
    items: z.array(RateOutcome),
    isKept: z.boolean(),
  }),
})

export const withdrawRate = endpoint({
  method: 'DELETE',
  path: '/operator/rates/:rateId',
  summary: 'Takes back a rate that is not valid yet; `changed_meanwhile` when it is',
  may: 'signed-in',
  input: z.object({ rateId: RateId }),
  returns: Rate,
})
