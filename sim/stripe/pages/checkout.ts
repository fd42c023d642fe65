/** Where a session is paid: `/stripe/pay/:session`, and the bank that asks its owner: `/stripe/bank/:intent`. */
import { bodyForm, fieldOf, json } from '../../lib/http.ts'
import type { Asked, Reply } from '../../lib/http.ts'
import { bankAnswers, payOnPage, successUrl } from '../checkout/complete.ts'
import type { Outcome } from '../checkout/complete.ts'
import { CARDS, isCard } from '../money/cards.ts'
import type { Session } from '../model.ts'
import type { Stripe } from '../service.ts'
import { escaped, goTo, moneyText, page } from './layout.ts'

const EVERY: Readonly<Record<string, string>> = { day: 'al día', week: 'a la semana', month: 'al mes', year: 'al año' }

/** The radio buttons of the test cards. */
export function cardChoice(): string {
  const rows = Object.entries(CARDS).map(
    ([name, { label, number }], at) =>
      `<label><input type="radio" name="card" value="${name}"${at === 0 ? ' checked' : ''}> ${escaped(label)}<span>${number ? `…${number.slice(-4)}` : ''}</span></label>`,
  )
  return `<fieldset><legend>Tarjeta de prueba</legend>${rows.join('')}</fieldset>`
}

function itemRows(session: Session): string {
  return session.line_items.data
    .map(({ description, quantity, amount_total, currency, price }) => {
      const every = price.recurring ? ` ${EVERY[price.recurring.interval] ?? ''}` : ''
      const name = `${escaped(description ?? '')}${quantity > 1 ? ` × ${quantity}` : ''}`
      return `<tr><td>${name}</td><td>${moneyText(amount_total, currency)}${every}</td></tr>`
    })
    .join('')
}

/** A card is asked for unless nothing is to pay and the session does not insist. */
function needsCard({ mode, amount_total, payment_method_collection }: Session): boolean {
  return mode === 'setup' || (amount_total ?? 0) > 0 || payment_method_collection !== 'if_required'
}

function payPage(s: Stripe, session: Session, problem: string | null): Reply {
  const isSetup = session.mode === 'setup'
  const title = isSetup ? 'Guardar una tarjeta' : 'Pagar'
  const customer = s.tables.customers.get(session.customer ?? '')
  const email = customer?.email ?? session.customer_email
  const who =
    typeof email === 'string'
      ? `<p class="quiet">${escaped(email)}</p>`
      : '<label for="email">Correo</label><input id="email" type="email" name="email" autocomplete="email" placeholder="usted@empresa.com">'
  const label = isSetup ? 'Guardar tarjeta' : needsCard(session) ? 'Pagar con tarjeta' : 'Empezar la prueba'
  const total = isSetup
    ? ''
    : `<p class="total">${moneyText(session.amount_total ?? 0, session.currency ?? 'usd')}</p><table>${itemRows(session)}</table>`
  return page(
    title,
    `<h1>${title}</h1>${total}${problem ? `<p class="problem" role="alert">${escaped(problem)} Pruebe con otra tarjeta.</p>` : ''}
<form method="post" action="/stripe/pay/${session.id}">${who}${needsCard(session) ? cardChoice() : ''}
<button class="main" name="do" value="pay">${label}</button>
<button class="second" name="do" value="cancel" formnovalidate>Cancelar</button></form>`,
    problem ? 402 : 200,
  )
}

function overPage(session: Session): Reply {
  if (session.status === 'complete') return goTo(successUrl(session))
  const back = session.cancel_url ? `<a class="button second" href="${escaped(session.cancel_url)}">Volver</a>` : ''
  return page('Página vencida', `<h1>Esta página de pago venció</h1><p>Vuelva y pida una nueva.</p>${back}`, 410)
}

function after(s: Stripe, outcome: Outcome): Reply {
  if (outcome.is === 'asks') return goTo(outcome.url)
  if (outcome.is === 'declined') return payPage(s, outcome.session, outcome.problem)
  return outcome.session.status === 'complete' ? goTo(successUrl(outcome.session)) : overPage(outcome.session)
}

/** `/stripe/pay/:session`. */
export async function checkoutPage(s: Stripe, asked: Asked, id: string): Promise<Reply> {
  const session = s.tables.sessions.get(id)
  if (!session) return page('No existe', '<h1>Esta página de pago no existe</h1>', 404)
  if (asked.method === 'GET') return session.status === 'open' ? payPage(s, session, null) : overPage(session)
  if (asked.method !== 'POST') return json(405, { error: 'GET or POST' })
  const form = await bodyForm(asked)
  if (fieldOf(form, 'do') === 'cancel') return goTo(session.cancel_url ?? successUrl(session))
  const card = fieldOf(form, 'card')
  if (needsCard(session) && !isCard(card)) return payPage(s, session, 'Elija una tarjeta.')
  return after(s, payOnPage(s, session, needsCard(session) && isCard(card) ? card : null, fieldOf(form, 'email') || null))
}

/** `/stripe/bank/:intent`: the buyer's bank wants to know whether it is he. */
export async function bankPage(s: Stripe, asked: Asked, id: string): Promise<Reply> {
  const session = s.tables.sessions.get(id)
  const intent = s.tables.intents.get(id)
  if (!intent && !session) return page('No existe', '<h1>Este pago no existe</h1>', 404)
  if (asked.method === 'POST') {
    const outcome = bankAnswers(s, id, fieldOf(await bodyForm(asked), 'do') === 'yes')
    return outcome ? after(s, outcome) : page('Listo', '<h1>Gracias</h1><p>Ya puede cerrar esta página.</p>')
  }
  const sum = moneyText(intent?.amount ?? session?.amount_total ?? 0, intent?.currency ?? session?.currency ?? 'usd')
  return page(
    'Su banco pregunta',
    `<h1>Su banco pregunta</h1><p>¿Autoriza este pago?</p><p class="total">${sum}</p><form method="post">
<button class="main" name="do" value="yes">Autorizar</button><button class="second" name="do" value="no">No autorizar</button></form>`,
  )
}
