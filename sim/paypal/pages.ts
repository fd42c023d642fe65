/** The pages that PayPal shows to buyers: one agrees, or goes back. */
import type { Asked, Reply } from '../lib/http.ts'
import { aged, approve } from './orders/methods.ts'
import type { How, Order, Subscription } from './model.ts'
import { moneyOut } from './money.ts'
import type { Money } from './money.ts'
import type { Paypal } from './service.ts'
import { catchUp, pay } from './subscriptions/cycles.ts'
import { agree, agreeToChange, end } from './subscriptions/methods.ts'

const HOWS: Readonly<Record<How, string>> = {
  pays: 'Saldo de PayPal',
  declined: 'Tarjeta que el banco rechaza',
  review: 'Pago que PayPal revisa primero',
  denied: 'Pago que PayPal niega',
}

/** Serves a page, or takes its form; undefined: no page has this path. */
export function page(pp: Paypal, asked: Asked, path: string): Reply | undefined {
  if (path === '/checkoutnow') return orderPage(pp, asked)
  if (path === '/webapps/billing/subscriptions') return subscriptionPage(pp, asked)
  const own = /^\/myaccount\/autopay\/connect\/([\w-]+)$/.exec(path)?.[1]
  if (own !== undefined) return automaticPayment(pp, asked, own)
  return undefined
}

function orderPage(pp: Paypal, asked: Asked): Reply {
  const found = pp.orders.get(asked.query.get('token') ?? '')
  const order = found && aged(pp, found)
  const isOpen = order?.status === 'CREATED' || order?.status === 'PAYER_ACTION_REQUIRED'
  if (!order || !isOpen) return html(410, 'Este pago ya no está disponible', '<p>Vuelva a la tienda y empiece otra vez.</p>')
  if (asked.method !== 'POST') return html(200, titleOf(order.brand), paying(order))
  const form = new URLSearchParams(asked.body.toString('utf8'))
  if (form.get('does') !== 'pay') return away(order.cancelUrl, { token: order.id })
  approve(pp, order, howIn(form.get('how')))
  return away(order.returnUrl, { token: order.id, PayerID: 'QYR5Z8XDVJNXQ' })
}

export function howIn(value: unknown): How {
  return value === 'declined' || value === 'review' || value === 'denied' ? value : 'pays'
}

function paying({ amount, description }: Order): string {
  const options = Object.entries(HOWS).map(([how, words]) => `<option value="${how}">${words}</option>`)
  return `<p class="amount">${sum(amount)}</p><p>${safe(description ?? '')}</p><form method="post">
<label>Pagar con <select name="how">${options.join('')}</select></label>${buttons('Aceptar y pagar')}</form>`
}

function subscriptionPage(pp: Paypal, asked: Asked): Reply {
  const one = pp.subscriptions.get(`I-${(asked.query.get('ba_token') ?? '').slice(3)}`)
  if (!one || (one.status !== 'APPROVAL_PENDING' && !one.change))
    return html(410, 'Esta suscripción ya no está disponible', '<p>Vuelva a la tienda y empiece otra vez.</p>')
  if (asked.method !== 'POST') return html(200, titleOf(one.brand), subscribing(pp, one))
  const form = new URLSearchParams(asked.body.toString('utf8'))
  const { returnUrl, cancelUrl } = one.change ?? one
  const names = { subscription_id: one.id, ba_token: `BA-${one.id.slice(2)}`, token: one.id.slice(2) }
  if (form.get('does') !== 'pay') return away(cancelUrl, names)
  if (form.get('how') === 'declined') pp.subscriptions.put({ ...one, refuses: one.refuses + 1 })
  const now = pp.subscriptions.get(one.id) ?? one
  if (one.change) agreeToChange(pp, now)
  else agree(pp, now)
  return away(returnUrl, names)
}

const UNITS = { DAY: ['día', 'días'], WEEK: ['semana', 'semanas'], MONTH: ['mes', 'meses'], YEAR: ['año', 'años'] } as const

function timeOf(unit: keyof typeof UNITS, count: number): string {
  return count === 1 ? UNITS[unit][0] : `${count} ${UNITS[unit][1]}`
}

function subscribing(pp: Paypal, one: Subscription): string {
  const plan = pp.plans.get(one.change?.planId ?? one.planId)
  const lines = (plan?.cycles ?? []).map(({ tenure, price, unit, count, total }) => {
    return tenure === 'TRIAL'
      ? `<li>Prueba de ${timeOf(unit, total * count)}: ${price ? sum(price) : 'gratis'}</li>`
      : `<li>${price ? sum(price) : ''} por ${timeOf(unit, count)}</li>`
  })
  return `<h2>${safe(plan?.name ?? '')}</h2><ul>${lines.join('')}</ul><form method="post">
<label>Pagar con <select name="how"><option value="pays">${HOWS.pays}</option><option value="declined">${HOWS.declined}</option></select></label>
${buttons(one.change ? 'Aceptar el cambio' : 'Aceptar y suscribirse')}</form>`
}

/** The buyer's own list of automatic payments: there they pay what is open with another card, or end it. */
function automaticPayment(pp: Paypal, asked: Asked, id: string): Reply {
  const one = catchUp(pp, id)
  const plan = pp.plans.get(one?.planId ?? '')
  if (!one || !plan) return html(404, 'No existe ese pago automático', '')
  const does = new URLSearchParams(asked.body.toString('utf8')).get('does')
  if (asked.method === 'POST' && does === 'leave') end(pp, one, 'Ended by the buyer')
  if (asked.method === 'POST' && does === 'pay') {
    if (one.outstanding.minor > 0) pay(pp, { ...one, refuses: 0 }, one.outstanding, plan, pp.now(one.app))
    return html(200, 'Pago recibido', '<p>Puede cerrar esta ventana.</p>')
  }
  const now = pp.subscriptions.get(id) ?? one
  if (now.status !== 'ACTIVE' && now.status !== 'SUSPENDED') return html(200, 'Este pago automático ha terminado', '')
  const open = `<h2>${safe(plan.name)}</h2><p>Pendiente</p><p class="amount">${sum(now.outstanding)}</p>`
  return html(
    200,
    'PayPal (simulado): pagos automáticos',
    `${open}<form method="post">${buttons('Pagar con otra tarjeta')}</form>`,
  )
}

function buttons(words: string): string {
  return `<button name="does" value="pay">${words}</button><button class="plain" name="does" value="leave">Cancelar</button>`
}

function titleOf(brand: string | null): string {
  return brand === null ? 'PayPal (simulado)' : `PayPal (simulado): ${safe(brand)}`
}

function sum(money: Money): string {
  const { value, currency_code: currency } = moneyOut(money)
  return `${value.replace('.', ',')} ${currency}`
}

function safe(text: string): string {
  return text.replaceAll(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

function away(address: string, names: Record<string, string>): Reply {
  if (!URL.canParse(address)) return html(200, 'Listo', '<p>Puede cerrar esta ventana.</p>')
  const url = new URL(address)
  for (const [name, value] of Object.entries(names)) url.searchParams.set(name, value)
  return { status: 303, headers: { location: url.href }, body: '' }
}

const STYLE = `body{margin:0;font:17px/1.5 system-ui,sans-serif;background:#eef2f7;color:#12203a}
main{box-sizing:border-box;max-width:420px;margin:6vh auto;padding:24px;background:#fff;border-radius:16px}
h1{font-size:18px;margin:0 0 16px}h2{font-size:20px;margin:0}.amount{font-size:32px;font-weight:700;margin:0}
label{display:block;margin:16px 0}select{width:100%;min-height:44px;font:inherit}
button{width:100%;min-height:48px;margin-top:8px;border:0;border-radius:24px;background:#0b5cd6;color:#fff;font:inherit;font-weight:600}
.plain{background:none;color:#0b5cd6}`

function html(status: number, title: string, body: string): Reply {
  const text = `<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1>${body}</main></html>`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: text }
}
