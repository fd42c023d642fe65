/** What a customer keeps, and what he still has to pay: receipts of payments, invoices. */
import { bodyForm, fieldOf, json } from '../../lib/http.ts'
import type { Asked, Reply } from '../../lib/http.ts'
import { onePage } from '../../lib/pdf.ts'
import { intentOf, payInvoice } from '../billing/invoices.ts'
import { change } from '../billing/subscriptions.ts'
import { isCard, newMethod } from '../money/cards.ts'
import { attach } from '../money/pay.ts'
import type { Invoice } from '../model.ts'
import type { Stripe } from '../service.ts'
import { cardChoice } from './checkout.ts'
import { dayText, escaped, goTo, moneyText, page } from './layout.ts'

/** `/stripe/receipt/:charge`. */
export function receiptPage(s: Stripe, id: string): Reply {
  const charge = s.tables.charges.get(id)
  if (!charge || charge.status !== 'succeeded') return page('No existe', '<h1>Este recibo no existe</h1>', 404)
  const back = charge.amount_refunded > 0 ? row('Reembolsado', `−${moneyText(charge.amount_refunded, charge.currency)}`) : ''
  return page(
    'Recibo',
    `<h1>Recibo</h1><p class="total">${moneyText(charge.amount, charge.currency)}</p><table>${row('Fecha', dayText(charge.created))}
${row('Pago', charge.id)}${charge.description === null ? '' : row('Concepto', charge.description)}${back}</table>`,
  )
}

function row(name: string, value: string): string {
  return `<tr><td>${escaped(name)}</td><td>${escaped(value)}</td></tr>`
}

const STATES: Readonly<Record<string, string>> = {
  draft: 'Borrador',
  open: 'Por pagar',
  paid: 'Pagada',
  void: 'Anulada',
  uncollectible: 'Incobrable',
}

/** `/stripe/invoice/:invoice`, and `…/pdf`: an invoice as a document, and the place to pay it while it is open. */
export async function invoicePage(s: Stripe, asked: Asked, id: string, what: string): Promise<Reply> {
  const invoice = s.tables.invoices.get(id)
  if (!invoice || invoice.status === 'draft') return page('No existe', '<h1>Esta factura no existe</h1>', 404)
  if (what === 'pdf') return pdf(invoice)
  if (asked.method === 'GET') return shownInvoice(invoice, null)
  if (asked.method !== 'POST') return json(405, { error: 'GET or POST' })
  const card = fieldOf(await bodyForm(asked), 'card')
  if (invoice.status !== 'open') return shownInvoice(invoice, null)
  if (!isCard(card)) return shownInvoice(invoice, 'Elija una tarjeta.')
  const method = attach(s, newMethod(s, card, null), invoice.customer)
  const tried = payInvoice(s, invoice, method, { offSession: false })
  if (tried === 'asks') return goTo(`${s.sim.origin()}/stripe/bank/${intentOf(s, invoice)?.id}`)
  if (tried === 'declined') return shownInvoice(s.tables.invoices.get(id) ?? invoice, 'El banco rechazó la tarjeta.')
  // The card that worked pays the next ones too.
  const sub = s.tables.subscriptions.get(invoice.parent?.subscription_details?.subscription ?? '')
  if (sub && sub.ended_at === null) change(s, sub, { default_payment_method: method.id })
  return shownInvoice(s.tables.invoices.get(id) ?? invoice, null)
}

function shownInvoice(invoice: Invoice, problem: string | null): Reply {
  const { currency, status, amount_due, number, lines, created } = invoice
  const items = lines.data.map(({ description, amount }) => row(description ?? '', moneyText(amount, currency))).join('')
  const form = `<form method="post" action="/stripe/invoice/${invoice.id}">${cardChoice()}<button class="main">Pagar con tarjeta</button></form>`
  return page(
    'Factura',
    `<h1>Factura ${escaped(String(number))}</h1><p class="total">${moneyText(amount_due, currency)}</p>
<p><strong>${STATES[status] ?? ''}</strong> · ${dayText(created)}</p><table>${items}</table>
${problem === null ? '' : `<p class="problem" role="alert">${escaped(problem)} Pruebe con otra tarjeta.</p>`}${status === 'open' ? form : ''}
<a class="button second" href="/stripe/invoice/${invoice.id}/pdf" download>Descargar PDF</a>`,
    problem === null ? 200 : 402,
  )
}

function pdf({ number, amount_due, currency, status, lines, created, id }: Invoice): Reply {
  const items = lines.data.map(({ description, amount }) => `${description ?? ''}: ${moneyText(amount, currency)}`)
  const bytes = onePage([
    ...[
      `Factura ${String(number)}`,
      dayText(created),
      ...items,
      `Total: ${moneyText(amount_due, currency)}`,
      STATES[status] ?? '',
    ],
    'Stripe simulado: no se mueve dinero de verdad',
  ])
  const headers = { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${id}.pdf"` }
  return { status: 200, headers, body: bytes }
}
