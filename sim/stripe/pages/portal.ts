/** Where a customer looks after his subscriptions, card and invoices: `/stripe/portal/:visit`. */
import { fieldsOf } from '../../lib/fields.ts'
import { bodyForm, fieldOf, json } from '../../lib/http.ts'
import type { Asked, Reply } from '../../lib/http.ts'
import { updateSubscription } from '../billing/update.ts'
import { endIt } from '../billing/subscriptions.ts'
import { isCard, newMethod } from '../money/cards.ts'
import { attach } from '../money/pay.ts'
import type { Invoice, Portal, Subscription } from '../model.ts'
import type { Stripe } from '../service.ts'
import { cardChoice } from './checkout.ts'
import { dayText, escaped, goTo, moneyText, page } from './layout.ts'

const STATES: Readonly<Record<string, string>> = {
  trialing: 'En prueba',
  active: 'Activa',
  past_due: 'Pago pendiente',
  unpaid: 'Sin pagar',
  paused: 'En pausa',
  incomplete: 'Por pagar',
}

const VISIT_S = 3600

export async function portalPage(s: Stripe, asked: Asked, id: string): Promise<Reply> {
  const visit = s.tables.portals.get(id)
  if (!visit || visit.created + VISIT_S < s.now())
    return page('Página vencida', '<h1>Esta página venció</h1><p>Vuelva y pida una nueva.</p>', 410)
  if (asked.method === 'GET') return shownPortal(s, visit)
  if (asked.method !== 'POST') return json(405, { error: 'GET or POST' })
  const form = await bodyForm(asked)
  act(s, visit, fieldOf(form, 'do'), fieldOf(form, 'subscription'), fieldOf(form, 'card'))
  return goTo(`/stripe/portal/${id}`)
}

function allows(s: Stripe, visit: Portal, feature: string): boolean {
  return fieldsOf(s.tables.portalConfigurations.get(visit.configuration)?.features[feature]).enabled === true
}

function act(s: Stripe, visit: Portal, what: string, id: string, card: string): void {
  const sub = s.tables.subscriptions.get(id)
  const isHis = sub?.customer === visit.customer && sub.ended_at === null
  if (isHis && what === 'cancel' && allows(s, visit, 'subscription_cancel')) {
    const { mode } = fieldsOf(s.tables.portalConfigurations.get(visit.configuration)?.features.subscription_cancel)
    if (mode === 'immediately') endIt(s, sub, 'cancellation_requested')
    else updateSubscription(s, sub, { cancel_at_period_end: true })
  }
  if (isHis && what === 'keep') updateSubscription(s, sub, { cancel_at_period_end: false })
  if (what === 'card' && isCard(card) && allows(s, visit, 'payment_method_update')) useCard(s, visit.customer, card)
}

/** The new card pays whatever is paid from now on. */
function useCard(s: Stripe, customerId: string, card: Parameters<typeof newMethod>[1]): void {
  const customer = s.tables.customers.get(customerId)
  if (!customer) return
  const method = attach(s, newMethod(s, card, null), customerId)
  const settings = { ...customer.invoice_settings, default_payment_method: method.id }
  s.tell('customer.updated', s.tables.customers.put({ ...customer, invoice_settings: settings }))
  for (const sub of subsOf(s, customerId))
    if (sub.default_payment_method !== null) updateSubscription(s, sub, { default_payment_method: method.id })
}

function subsOf(s: Stripe, customer: string): Subscription[] {
  return s.tables.subscriptions.all().filter((sub) => sub.customer === customer && sub.ended_at === null)
}

function shownPortal(s: Stripe, visit: Portal): Reply {
  const subs = subsOf(s, visit.customer).map((sub) => shownSub(s, visit, sub))
  const invoices = s.tables.invoices.all().filter(({ customer, status }) => customer === visit.customer && status !== 'draft')
  const list = allows(s, visit, 'invoice_history')
    ? `<h2>Facturas</h2>${invoices.toReversed().map(shownInvoice).join('') || '<p>Ninguna todavía.</p>'}`
    : ''
  const card = allows(s, visit, 'payment_method_update')
    ? `<h2>Tarjeta</h2><form method="post">${cardChoice()}<button class="second" name="do" value="card">Usar esta tarjeta</button></form>`
    : ''
  const back = visit.return_url === null ? '' : `<a class="button main" href="${escaped(visit.return_url)}">Volver</a>`
  return page('Sus suscripciones', `<h1>Sus suscripciones</h1>${subs.join('') || '<p>Ninguna.</p>'}${card}${list}${back}`)
}

function shownSub(s: Stripe, visit: Portal, sub: Subscription): string {
  const item = sub.items.data[0]
  const until = dayText(item?.current_period_end ?? sub.created)
  const product = s.tables.products.get(item?.price.product ?? '')?.name ?? ''
  const button = (what: string, text: string) => `<button class="second" name="do" value="${what}">${text}</button>`
  const does = sub.cancel_at_period_end
    ? button('keep', 'Seguir con la suscripción')
    : button('cancel', 'Cancelar la suscripción')
  const form = sub.cancel_at_period_end || allows(s, visit, 'subscription_cancel') ? does : ''
  const state = sub.cancel_at_period_end ? `Termina el ${until}` : `${STATES[sub.status] ?? sub.status} · hasta el ${until}`
  return `<h2>${escaped(sub.description ?? product)}</h2><p>${escaped(product)} · ${moneyText(item?.price.unit_amount ?? 0, sub.currency)}<br>${state}</p>
<form method="post"><input type="hidden" name="subscription" value="${sub.id}">${form}</form>`
}

function shownInvoice({ id, number, amount_due, currency, created, status }: Invoice): string {
  const state = status === 'open' ? ' · por pagar' : ''
  return `<a class="button second" href="/stripe/invoice/${id}">${escaped(String(number))} · ${dayText(created)} · ${moneyText(amount_due, currency)}${state}</a>`
}
