/** The customer's phone: who he is, and what the simulator tells him live. */
import { choose, openMenu, stopReplying, wireComposer } from './composer.js'
import { loadChats } from './list.js'
import { $, state } from './state.js'
import { heardMessage, loadMessages, openThread, showTyping, tellSeen, toEnd, wireThread } from './thread.js'
import { el, icon, phoneOf } from './words.js'

const MEMORY = 'telefono-del-cliente'
const remembered = JSON.parse(localStorage.getItem(MEMORY) ?? '{}')
const known = remembered.known ?? []
let stream = null

/** Turns into another customer: each has his own chats. */
async function become(customer) {
  state.customer = customer
  state.open = null
  show('chats')
  await loadChats(openChat)
  remember()
  $('who').replaceChildren(el('strong', {}, customer.name), el('span', {}, phoneOf(customer.phone)))
  $('who').setAttribute('aria-label', `Cambiar de cliente. Ahora: ${customer.name}, ${phoneOf(customer.phone)}`)
  listen()
}

function remember() {
  const { phone, name } = state.customer
  const others = known.filter((each) => each.phone !== phone).slice(0, 5)
  known.splice(0, known.length, { phone, name }, ...others)
  localStorage.setItem(MEMORY, JSON.stringify({ phone, name, known }))
}

function listen() {
  stream?.close()
  stream = new EventSource(`api/live?${new URLSearchParams({ customer: state.customer.phone, name: state.customer.name })}`)
  stream.addEventListener('open', () => {
    $('line').hidden = true
    void catchUp()
  })
  stream.addEventListener('error', () => {
    $('line').hidden = false
  })
  stream.addEventListener('message', ({ data }) => heard(JSON.parse(data)))
}

/** Whatever happened while the stream was away. */
async function catchUp() {
  await loadChats(openChat)
  if (state.open) await loadMessages()
}

function heard(event) {
  if (event.type === 'chats') return void catchUp()
  if (event.type === 'devices') return
  if (event.type === 'typing') return showTyping(event.numberId, event.until)
  heardMessage(event.message)
  void loadChats(openChat)
}

async function openChat(numberId) {
  const chat = state.chats.find(({ number }) => number.id === numberId || number.phone === numberId)
  if (!chat) return
  await openThread(chat, { open: openMenu, choose })
  stopReplying()
  show('chat')
  toEnd()
  await loadChats(openChat)
  if (matchMedia('(width >= 800px)').matches) $('text').focus()
}

/** On a phone one pane is seen at a time. */
function show(pane) {
  document.body.dataset.pane = pane
  $('open-chat').hidden = !state.open
  $('no-chat').hidden = Boolean(state.open)
}

function askWho() {
  const fill = ({ name, phone }) => {
    $('who-name').value = name
    $('who-phone').value = phoneOf(phone)
  }
  fill(state.customer)
  const others = known.filter((each) => each.phone !== state.customer.phone)
  $('who-known').replaceChildren(...others.map((each) => el('button', { type: 'button', onclick: () => fill(each) }, each.name)))
  $('who-dialog').showModal()
}

$('back').append(icon('back'))
$('back').addEventListener('click', () => {
  state.open = null
  show('chats')
  void loadChats(openChat)
})
$('who').addEventListener('click', askWho)
$('who-cancel').addEventListener('click', () => $('who-dialog').close())
$('who-form').addEventListener(
  'submit',
  () => void become({ name: $('who-name').value.trim(), phone: $('who-phone').value.replace(/\D/g, '') }),
)
for (const button of document.querySelectorAll('[data-close]'))
  button.addEventListener('click', () => button.closest('dialog').close())
document.addEventListener('visibilitychange', tellSeen)
wireComposer()
wireThread()

const given = new URLSearchParams(location.search)
await become({
  phone: (given.get('customer') ?? remembered.phone ?? '593987654321').replace(/\D/g, ''),
  name: given.get('name') ?? (given.has('customer') ? '' : (remembered.name ?? 'Rosa Huamán')),
})
if (given.has('number')) await openChat(given.get('number'))
