/** Our own papers, a receipt for what was paid and a credit note for what went back: who they are from, and to whom they are made out. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant, Language } from './ids.ts'
import { LATIN } from './latin.ts'

const written = (least: number, most: number) => z.string().check(z.trim(), z.minLength(least), z.maxLength(most), z.regex(LATIN))

/** As its tax authority knows it. */
export const Party = z.object({
  name: written(2, 120),
  taxNumber: written(3, 40),
  address: written(0, 200),
  email: z.union([z.literal(''), z.email().check(z.maxLength(200), z.regex(LATIN))]),
})
export type Party = z.infer<typeof Party>

export const PaperKind = z.enum(['receipt', 'credit_note'])
/** A paper as lists show it. `number`: null for the minute until it has one; asked for, it is made at once. */
export const PaperTold = z.object({ kind: PaperKind, number: z.nullable(z.string()) })
export type PaperTold = z.infer<typeof PaperTold>

/** Of a movement of the balance, or of a payment for a subscription. */
export const MovementId = z.uuid().brand<'Movement'>()

export const downloadPaper = endpoint({
  method: 'GET',
  path: '/billing/movements/:movementId/paper',
  summary:
    'The receipt or credit note of a movement, as a PDF file. It says for ever what it said first, in the language that is asked for',
  may: 'billing.read',
  input: z.object({ movementId: MovementId, language: z._default(Language, 'es') }),
  returns: z.string(),
})

const Fiscal = z.object({
  /** What stands on receipts while nothing else was said: the company’s name alone. */
  company: z.string(),
  fiscal: z.nullable(Party),
})

export const getFiscal = endpoint({
  method: 'GET',
  path: '/billing/fiscal',
  summary: 'To whom the company’s receipts are made out',
  may: 'billing.read',
  input: z.object({}),
  returns: Fiscal,
})

export const setFiscal = endpoint({
  method: 'PUT',
  path: '/billing/fiscal',
  summary: 'To whom receipts are made out from now on. Those that there are stay as they are',
  may: 'billing.manage',
  input: Party,
  returns: Fiscal,
})

const Seller = z.extend(Party, {
  id: z.uuid(),
  validFrom: Instant,
  createdAt: Instant,
  /** Who wrote it; null: it came with the demo. */
  by: z.nullable(z.string()),
  isNow: z.boolean(),
  /** How many papers it stands on. */
  papers: z.number(),
})
export type Seller = z.infer<typeof Seller>

const Sellers = z.object({
  /** The latest first. */
  items: z.array(Seller),
  /** Payments that have no receipt, because nobody is named yet. */
  waiting: z.number(),
})

export const listSellers = endpoint({
  method: 'GET',
  path: '/operator/sellers',
  summary: 'Who sells, as it stands on receipts: what was, what is and what will be',
  may: 'signed-in',
  input: z.object({}),
  returns: Sellers,
})

export const setSeller = endpoint({
  method: 'PUT',
  path: '/operator/sellers',
  summary: 'Who sells from a moment on; another tax number is counted anew. What was valid never changes',
  may: 'signed-in',
  input: z.extend(Party, {
    /** Null: at once. */
    validFrom: z.nullable(Instant),
  }),
  returns: Sellers,
})
