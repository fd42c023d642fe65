/** Test cards and how they behave; the numbers are Stripe's own. */
import { blank } from '../contract.ts'
import { fieldsOf } from '../../lib/fields.ts'
import type { Method } from '../model.ts'
import { makeId, missing } from '../service.ts'
import type { Stripe } from '../service.ts'

export type CardName = keyof typeof CARDS

type Card = {
  /** As the hosted page calls it. */
  label: string
  number: string | null
  brand?: string
  /** The public name of a payment method like this. */
  publicId?: string
  /** Declined with this code: always, or where its owner is not there. */
  declines?: 'always' | 'off_session'
  code?: string
  declineCode?: string
  /** The bank asks its owner: each time, or until he has once said yes for later. */
  asks?: 'always' | 'once'
  /** Money that comes days later, or does not. */
  isDelayed?: boolean
  /** What comes after the payment. */
  follows?: 'dispute' | 'inquiry'
  refund?: 'pending' | 'fails'
}

const declined = { declines: 'always', code: 'card_declined' } as const

export const CARDS = {
  ok: { label: 'Aprobada', number: '4242424242424242', publicId: 'pm_card_visa' },
  mastercard: { label: 'Aprobada (Mastercard)', number: '5555555555554444', brand: 'mastercard', publicId: 'pm_card_mastercard' },
  declined: {
    ...{ label: 'Rechazada por el banco', number: '4000000000000002', declineCode: 'generic_decline' },
    ...{ ...declined, publicId: 'pm_card_visa_chargeDeclined' },
  },
  insufficient: {
    ...{ label: 'Sin fondos', number: '4000000000009995', ...declined, declineCode: 'insufficient_funds' },
    publicId: 'pm_card_visa_chargeDeclinedInsufficientFunds',
  },
  expired: {
    ...{ label: 'Vencida', number: '4000000000000069', declines: 'always', code: 'expired_card', declineCode: 'expired_card' },
    publicId: 'pm_card_chargeDeclinedExpiredCard',
  },
  auth: {
    ...{ label: 'El banco pide autenticación', number: '4000002500003155', asks: 'once' },
    publicId: 'pm_card_authenticationRequiredOnSetup',
  },
  auth_always: {
    ...{ label: 'El banco pide autenticación cada vez', number: '4000002760003184', asks: 'always' },
    publicId: 'pm_card_authenticationRequired',
  },
  renewal_fails: {
    ...{ label: 'Paga hoy, falla al renovar', number: '4000000000000341', declines: 'off_session', code: 'card_declined' },
    ...{ declineCode: 'insufficient_funds', publicId: 'pm_card_chargeCustomerFail' },
  },
  delayed: { label: 'Débito bancario: se confirma en días', number: null, isDelayed: true, publicId: 'pm_usBankAccount_success' },
  dispute: {
    ...{ label: 'Paga y después reclama', number: '4000000000000259', follows: 'dispute' },
    publicId: 'pm_card_createDispute',
  },
  inquiry: {
    label: 'Paga y después pregunta',
    number: '4000000000001976',
    follows: 'inquiry',
    publicId: 'pm_card_createDisputeInquiry',
  },
  refund_pending: {
    label: 'Su reembolso tarda',
    number: '4000000000007726',
    refund: 'pending',
    publicId: 'pm_card_pendingRefund',
  },
  refund_fails: { label: 'Su reembolso falla', number: '4000000000005126', refund: 'fails', publicId: 'pm_card_refundFail' },
} as const satisfies Readonly<Record<string, Card>>

export function isCard(name: string): name is CardName {
  return Object.hasOwn(CARDS, name)
}

/** How the card behind a payment method behaves. */
export function cardOf(s: Stripe, methodId: string): Card & { isAuthenticated: boolean } {
  const secret = s.tables.secrets.get(methodId)
  const card = secret?.card ?? 'ok'
  return { ...CARDS[isCard(card) ? card : 'ok'], isAuthenticated: secret?.authenticated ?? false }
}

/** The owner said yes to his bank, for later payments too. */
export function rememberAuthenticated(s: Stripe, methodId: string): void {
  s.tables.secrets.change(methodId, { authenticated: true })
}

/** Somebody types in a card. */
export function newMethod(s: Stripe, name: CardName, customer: string | null, email: string | null = null): Method {
  const card: Card = CARDS[name]
  const type = card.number === null ? 'us_bank_account' : 'card'
  const method: Method = {
    ...blank('payment_method'),
    ...{ id: makeId('pm'), object: 'payment_method', created: s.now(), livemode: false, type, customer, metadata: {} },
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    allow_redisplay: 'unspecified',
    ...(card.number === null
      ? { us_bank_account: { ...blank('PaymentMethod.UsBankAccount'), last4: '6789', bank_name: 'STRIPE TEST BANK' } }
      : { card: { ...blank('PaymentMethod.Card'), ...cardFace(s, card) } }),
  }
  s.tables.secrets.put({ id: method.id, card: name, authenticated: false })
  return s.tables.methods.put(method)
}

/** What is written on a card. */
function cardFace(s: Stripe, { number, brand = 'visa' }: Card) {
  const year = new Date(s.now() * 1000).getUTCFullYear()
  return {
    ...{ brand, display_brand: brand, exp_month: 12, exp_year: year + 4, funding: 'credit', country: 'US' },
    last4: number?.slice(-4) ?? '',
  }
}

/** A payment method by its id; a public one (`pm_card_visa`) is made anew each time, as in life. */
export function methodOf(s: Stripe, id: string, customer: string | null): Method {
  const own = s.tables.methods.get(id)
  if (own) return own
  for (const name of Object.keys(CARDS)) if (isCard(name) && CARDS[name].publicId === id) return newMethod(s, name, customer)
  throw missing('PaymentMethod', id, 'payment_method')
}

/** The card as a charge tells it. */
export function methodDetails(method: Method) {
  if (method.type !== 'card') return { type: method.type }
  const { brand, exp_month, exp_year, funding, last4, country } = fieldsOf(method.card)
  const card = {
    ...blank('Charge.PaymentMethodDetails.Card'),
    brand,
    exp_month,
    exp_year,
    funding,
    last4,
    country,
    network: brand,
  }
  return { type: 'card', card }
}
