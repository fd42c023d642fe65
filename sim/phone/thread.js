/** The open chat: its messages, its ticks, and "escribiendo…". */
import { bubble, daySeparator } from './chat.js'
import { $, ask, state } from './state.js'
import { initialsOf, phoneOf } from './words.js'

const PAGE = 200

/** Opens the chat of a number. `on` has what may be done with a message: `open`, `choose`. */
export async function openThread(chat, on) {
  state.open = { number: chat.number, messages: [], shown: PAGE, replyTo: null, editing: null, on: { ...on, play } }
  $('chat-name').textContent = chat.number.name
  $('chat-avatar').textContent = initialsOf(chat.number.name)
  showTyping(chat.number.id, chat.typingUntil ?? 0)
  await loadMessages()
}

export async function loadMessages() {
  const { id } = state.open.number
  const { items } = await ask('GET', `api/messages?${new URLSearchParams({ customer: state.customer.phone, number: id })}`)
  if (state.open?.number.id !== id) return
  state.open.messages = items
  drawAll()
  toEnd()
  tellSeen()
}

/** A message that is new or has changed. */
export function heardMessage(message) {
  const { open } = state
  if (open?.number.id !== message.numberId) return
  const at = open.messages.findIndex((each) => each.id === message.id)
  if (at < 0) {
    open.messages.push(message)
    if (message.direction === 'out') showTyping(message.numberId, 0)
    append(message)
  } else {
    open.messages[at] = message
    document.querySelector(`[data-id="${CSS.escape(message.id)}"]`)?.replaceWith(draw(message))
  }
  tellSeen()
}

function showEarlier() {
  state.open.shown += PAGE
  drawAll()
}

function drawAll() {
  const { messages, shown } = state.open
  const drawn = messages.slice(-shown)
  $('earlier').hidden = drawn.length === messages.length
  const rows = drawn.flatMap((message, index) => [daySeparator(message, drawn[index - 1]), draw(message)])
  $('messages').replaceChildren(...rows.filter(Boolean))
}

function append(message) {
  const rows = [daySeparator(message, state.open.messages.at(-2)), draw(message)]
  $('messages').append(...rows.filter(Boolean))
  if (message.direction === 'in') toEnd()
}

let isAtEnd = true

export function toEnd() {
  isAtEnd = true
  $('scroller').scrollTop = $('scroller').scrollHeight
}

/** Keeps the last message in sight as messages come and pictures load; who has scrolled up to read is left where he is. */
export function wireThread() {
  const scroller = $('scroller')
  scroller.addEventListener('scroll', () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120
  })
  const sizes = new ResizeObserver(() => isAtEnd && toEnd())
  sizes.observe(scroller)
  sizes.observe($('messages'))
  $('earlier').addEventListener('click', showEarlier)
}

function draw(message) {
  const { messages, number, on } = state.open
  return bubble(message, { on, name: number.name, find: (id) => messages.find((each) => each.id === id || each.gsId === id) })
}

/** The company sees "read" when the customer really has the chat before him. */
export function tellSeen() {
  const { open, customer } = state
  if (!open || document.visibilityState !== 'visible') return
  const isNew = ({ direction, progress }) => direction === 'out' && progress === 'delivered'
  if (open.messages.some(isNew)) void ask('POST', 'api/read', { customer: customer.phone, number: open.number.id })
}

function play(message) {
  if (message.direction === 'out' && message.kind === 'voice') void ask('POST', 'api/played', { id: message.id })
}

let typingTimer

/** "escribiendo…" until this instant; 0 ends it. */
export function showTyping(numberId, until) {
  if (state.open?.number.id !== numberId) return
  clearTimeout(typingTimer)
  const isTyping = until > Date.now()
  $('chat-about').textContent = isTyping ? 'escribiendo…' : phoneOf(state.open.number.phone)
  $('chat-about').classList.toggle('typing', isTyping)
  if (isTyping) typingTimer = setTimeout(() => showTyping(numberId, 0), until - Date.now())
}
