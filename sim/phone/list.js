/** The companies that the customer can write to, with the last word of each chat. */
import { $, ask, state } from './state.js'
import { el, initialsOf, phoneOf, summaryOf, timeOf } from './words.js'

/** Reads the chats again; `open` is what a tap does. */
export async function loadChats(open) {
  const { items, customer } = await ask('GET', `api/chats?customer=${state.customer.phone}`)
  state.customer.name ||= customer?.name ?? 'Cliente'
  state.chats = items.toSorted((one, other) => (other.last?.at ?? 0) - (one.last?.at ?? 0))
  $('no-chats').hidden = items.length > 0
  const focused = document.activeElement?.dataset?.number
  $('chats').replaceChildren(...state.chats.map((chat) => row(chat, open)))
  // Drawing the list again must not take the keyboard away from who is in it.
  if (focused) document.querySelector(`[data-number="${CSS.escape(focused)}"]`)?.focus()
}

function row({ number, last, unread }, open) {
  const said = last ? `${last.direction === 'in' ? 'Usted: ' : ''}${summaryOf(last)}` : phoneOf(number.phone)
  const isOpen = state.open?.number.id === number.id
  const button = el(
    'button',
    {
      type: 'button',
      class: 'row',
      'aria-current': isOpen ? 'true' : null,
      'data-number': number.id,
      onclick: () => open(number.id),
    },
    el('span', { class: 'avatar', 'aria-hidden': 'true' }, initialsOf(number.name)),
    el('span', { class: 'row-text' }, el('span', { class: 'row-name' }, number.name), el('span', { class: 'row-last' }, said)),
    el('span', { class: 'row-side' }, last ? el('span', { class: 'row-time' }, timeOf(last.at)) : null, badge(unread)),
  )
  return el('li', {}, button)
}

function badge(unread) {
  return unread > 0 ? el('span', { class: 'badge', 'aria-label': `${unread} sin leer` }, String(unread)) : null
}
