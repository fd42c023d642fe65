/** What a customer keeps: the receipt of a payment. */
import type { Reply } from '../../lib/http.ts'
import type { Stripe } from '../service.ts'
import { dayText, escaped, moneyText, page } from './layout.ts'

/** `/stripe/receipt/:charge`. */
export function receiptPage(s: Stripe, id: string): Reply {
  const charge = s.tables.charges.get(id)
  if (!charge || charge.status !== 'succeeded') return page('No existe', '<h1>Este recibo no existe</h1>', 404)
  const back = charge.amount_refunded > 0 ? row('Reembolsado', `−${moneyText(charge.amount_refunded, charge.currency)}`) : ''
  return page(
    'Recibo',
    `<h1>Recibo</h1><p class="total">${moneyText(charge.amount, charge.currency)}</p><table>${row('Fecha', dayText(charge.created))}
${row('Pago', charge.id)}${typeof charge.description === 'string' ? row('Concepto', charge.description) : ''}${back}</table>`,
  )
}

export function row(name: string, value: string): string {
  return `<tr><td>${escaped(name)}</td><td>${escaped(value)}</td></tr>`
}
