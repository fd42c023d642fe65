/** The customer's phone: who he is, his chats with the companies, and what he writes. State in memory; the simulator has the truth. */
import { bubble, daySeparator } from './chat.js'
import { canRecord, startRecording } from './recorder.js'
import { el, icon, initialsOf, phoneOf, summaryOf, timeOf } from './words.js'

const PAGE = 200
const EMOJIS = ['👍', '❤️', '😂', '😮', '🙏']
const MEMORY = 'telefono-del-cliente'
const $ = (id) => document.getElementById(id)

const given = new URLSearchParams(location.search)
const remembered = JSON.parse(localStorage.getItem(MEMORY) ?? 'null')
const known = remembered?.known ?? []
let customer = {
  phone: (given.get('customer') ?? remembered?.phone ?? '593987654321').replace(/\D/g, ''),
  name: given.get('name') ?? (given.has('customer') ? '' : (remembered?.name ?? 'Rosa Huamán')),
}
let chats = []
/** The open chat: its number, its messages in order, the message that is being answered or edited. */
let open = null
let stream = null
let recording = null
let chosen = null

await become(customer, given.get('number'))

async function ask(method, path, body, headers = {}) {
  const isBytes = body instanceof Blob
  const response = await fetch(path, {
    method,
    headers: isBytes ? { 'content-type': body.type, ...headers } : headers,
    body: body === undefined || isBytes ? body : JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

/** Turns into another customer: each has his own chats. */
async function become(next, numberToOpen) {
  customer = next
  open = null
  show('chats')
  await loadChats()
  remember()
  $('who').replaceChildren(el('strong', {}, customer.name), el('span', {}, phoneOf(customer.phone)))
  $('who').setAttribute('aria-label', `Cambiar de cliente. Ahora: ${customer.name}, ${phoneOf(customer.phone)}`)
  listen()
  if (numberToOpen) await openChat(numberToOpen)
}

function remember() {
  const others = known.filter((each) => each.phone !== customer.phone)
  known.splice(0, known.length, { ...customer }, ...others.slice(0, 5))
  localStorage.setItem(MEMORY, JSON.stringify({ ...customer, known }))
}

function listen() {
  stream?.close()
  stream = new EventSource(`api/live?${new URLSearchParams({ customer: customer.phone, name: customer.name })}`)
  stream.addEventListener('open', () => {
    $('line').hidden = true
    void catchUp()
  })
  stream.addEventListener('error', () => {
    $('line').hidden = false
  })
  stream.addEventListener('message', (event) => heard(JSON.parse(event.data)))
}

/** Whatever happened while the stream was away. */
async function catchUp() {
  await loadChats()
  if (open) await loadMessages()
}

function heard(event) {
  if (event.type === 'chats') return void catchUp()
  if (event.type === 'typing') return typing(event.numberId, event.until)
  const { message } = event
  void loadChats()
  if (open?.number.id !== message.numberId) return
  const at = open.messages.findIndex((each) => each.id === message.id)
  const isNew = at < 0
  if (isNew) open.messages.push(message)
  else open.messages[at] = message
  if (isNew && message.direction === 'out') typing(message.numberId, 0)
  redraw(message, isNew)
}

async function loadChats() {
  const answer = await ask('GET', `api/chats?customer=${customer.phone}`)
  if (!customer.name) customer.name = answer.customer?.name ?? 'Cliente'
  chats = answer.items.toSorted((one, other) => (other.last?.at ?? 0) - (one.last?.at ?? 0))
  $('no-chats').hidden = chats.length > 0
  $('chats').replaceChildren(...chats.map(chatRow))
}

function chatRow({ number, last, unread }) {
  const label = last ? `${last.direction === 'in' ? 'Usted: ' : ''}${summaryOf(last)}` : phoneOf(number.phone)
  const side = el(
    'span',
    { class: 'row-side' },
    last ? el('span', {}, timeOf(last.at)) : null,
    unread > 0 ? el('br') : null,
    unread > 0 ? el('span', { class: 'badge', 'aria-label': `${unread} sin leer` }, String(unread)) : null,
  )
  const text = el(
    'span',
    { class: 'row-text' },
    el('span', { class: 'row-name' }, number.name),
    el('span', { class: 'row-last' }, label),
  )
  const isOpen = open?.number.id === number.id
  return el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        class: 'row',
        'aria-current': isOpen ? 'true' : null,
        'data-number': number.id,
        onclick: () => openChat(number.id),
      },
      el('span', { class: 'avatar', 'aria-hidden': 'true' }, initialsOf(number.name)),
      text,
      side,
    ),
  )
}

function show(pane) {
  document.body.dataset.pane = pane
  $('open-chat').hidden = !open
  $('no-chat').hidden = Boolean(open)
}

async function openChat(numberId) {
  const chat = chats.find(({ number }) => number.id === numberId || number.phone === numberId)
  if (!chat) return
  open = { number: chat.number, messages: [], shown: PAGE, replyTo: null, editing: null }
  $('chat-name').textContent = chat.number.name
  $('chat-avatar').textContent = initialsOf(chat.number.name)
  typing(chat.number.id, chat.typingUntil ?? 0)
  show('chat')
  stopReplying()
  await loadMessages()
  for (const row of document.querySelectorAll('.row')) row.toggleAttribute('aria-current', row.dataset.number === open.number.id)
  if (matchMedia('(width >= 800px)').matches) $('text').focus()
}

async function loadMessages() {
  const { id } = open.number
  const { items } = await ask('GET', `api/messages?${new URLSearchParams({ customer: customer.phone, number: id })}`)
  if (open?.number.id !== id) return
  open.messages = items
  drawAll()
  $('scroller').scrollTop = $('scroller').scrollHeight
  seen()
}

const tools = {
  find: (id) => open?.messages.find((message) => message.id === id || message.gsId === id),
  on: {
    open: openMenu,
    choose,
    play: (message) => message.direction === 'out' && message.kind === 'voice' && ask('POST', 'api/played', { id: message.id }),
  },
}

function drawAll() {
  const shown = open.messages.slice(-open.shown)
  $('earlier').hidden = shown.length === open.messages.length
  const rows = shown.flatMap((message, index) => [daySeparator(message, shown[index - 1]), draw(message)])
  $('messages').replaceChildren(...rows.filter(Boolean))
}

function draw(message) {
  return bubble(message, { ...tools, name: open.number.name })
}

function redraw(message, isNew) {
  const scroller = $('scroller')
  const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120
  if (isNew) {
    const separator = daySeparator(message, open.messages.at(-2))
    $('messages').append(...[separator, draw(message)].filter(Boolean))
  } else document.querySelector(`[data-id="${CSS.escape(message.id)}"]`)?.replaceWith(draw(message))
  if (isNew && (wasAtEnd || message.direction === 'in')) scroller.scrollTop = scroller.scrollHeight
  seen()
}

/** The company sees "read" when the customer really has the chat before him. */
function seen() {
  if (!open || document.visibilityState !== 'visible') return
  if (open.messages.some((message) => message.direction === 'out' && message.progress === 'delivered')) {
    void ask('POST', 'api/read', { customer: customer.phone, number: open.number.id })
  }
}

let typingTimer
function typing(numberId, until) {
  if (open?.number.id !== numberId) return
  clearTimeout(typingTimer)
  const isTyping = until > Date.now()
  $('chat-about').textContent = isTyping ? 'escribiendo…' : phoneOf(open.number.phone)
  $('chat-about').classList.toggle('typing', isTyping)
  if (isTyping) typingTimer = setTimeout(() => typing(numberId, 0), until - Date.now())
}

async function write(message) {
  $('problem').hidden = true
  const quoted = open.replyTo?.id
  try {
    await ask('POST', 'api/messages', {
      customer: customer.phone,
      customerName: customer.name,
      to: open.number.id,
      ...(quoted && { quoted }),
      ...message,
    })
    stopReplying()
    return true
  } catch (error) {
    $('problem').textContent = `No se envió. ${error.message}`
    $('problem').hidden = false
    return false
  }
}

async function sendFile(kind, file) {
  const uploaded = await ask('POST', `api/media?${new URLSearchParams({ name: file.name ?? '' })}`, file)
  await write({ kind, mediaId: uploaded.id, ...(kind === 'audio' || kind === 'voice' || kind === 'sticker' ? {} : takeText()) })
}

/** What stands in the composer becomes the caption. */
function takeText() {
  const text = $('text').value.trim()
  $('text').value = ''
  composed()
  return text ? { text } : {}
}

function choose(message, choice) {
  const kind =
    message.kind === 'template'
      ? 'template_reply'
      : message.choices.length > 3 || choice.description
        ? 'list_reply'
        : 'button_reply'
  void write({ kind, text: choice.title, replyId: choice.id, description: choice.description, quoted: message.id })
}

function openMenu(message) {
  chosen = message
  const isMine = message.direction === 'in'
  $('message-title').textContent = summaryOf(message).slice(0, 60)
  $('emojis').replaceChildren(
    ...EMOJIS.map((emoji) =>
      el(
        'button',
        {
          type: 'button',
          'aria-label': `Reaccionar con ${emoji}`,
          'aria-pressed': String(message.reactionIn === emoji),
          onclick: () => react(emoji),
        },
        emoji,
      ),
    ),
  )
  $('do-edit').hidden = !isMine || message.kind !== 'text'
  $('do-revoke').hidden = !isMine
  $('message-dialog').showModal()
}

async function react(emoji) {
  $('message-dialog').close()
  await write({ kind: 'reaction', target: chosen.id, emoji: chosen.reactionIn === emoji ? '' : emoji })
}

function startReplying(message, editing) {
  open.replyTo = editing ? null : message
  open.editing = editing ? message : null
  $('replying-to').replaceChildren(el('b', {}, editing ? 'Editar' : 'Responder'), summaryOf(message))
  $('replying').hidden = false
  if (editing) $('text').value = message.text ?? ''
  composed()
  $('text').focus()
}

function stopReplying() {
  if (open?.editing) $('text').value = ''
  if (open) Object.assign(open, { replyTo: null, editing: null })
  $('replying').hidden = true
  composed()
}

function composed() {
  const hasText = $('text').value.trim() !== ''
  $('send').hidden = !hasText && canRecord()
  $('mic').hidden = hasText || !canRecord()
}

async function submit() {
  const text = $('text').value.trim()
  if (!text || !open) return
  const { editing } = open
  $('text').value = ''
  composed()
  const isSent = await write(editing ? { kind: 'edit', target: editing.id, text } : { kind: 'text', text })
  if (!isSent) $('text').value = text
  composed()
}

/** WhatsApp takes JPEG and PNG: other pictures are turned into one, as a phone does. */
async function asPicture(file) {
  if (file.type === 'image/jpeg' || file.type === 'image/png') return file
  const bitmap = await createImageBitmap(file)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('2d').drawImage(bitmap, 0, 0)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
}

async function record() {
  try {
    recording = await startRecording()
  } catch {
    $('problem').textContent = 'No hay micrófono, o el navegador no dio permiso.'
    $('problem').hidden = false
    return
  }
  $('composer').hidden = true
  $('recording').hidden = false
  const clock = setInterval(() => {
    const seconds = Math.floor((Date.now() - recording.startedAt) / 1000)
    $('recorded').textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }, 250)
  recording.clock = clock
}

async function endRecording(isSent) {
  const done = recording
  recording = null
  clearInterval(done.clock)
  $('composer').hidden = false
  $('recording').hidden = true
  $('recorded').textContent = '0:00'
  const blob = await done.stop()
  if (isSent && blob.size > 0) await sendFile('voice', blob)
}

for (const [id, name] of [
  ['back', 'back'],
  ['attach', 'attach'],
  ['send', 'send'],
  ['mic', 'mic'],
  ['no-reply', 'close'],
  ['drop-recording', 'close'],
  ['send-recording', 'send'],
])
  $(id).append(icon(name))

$('back').addEventListener('click', () => {
  open = null
  show('chats')
  void loadChats()
})
$('earlier').addEventListener('click', () => {
  open.shown += PAGE
  drawAll()
})
$('text').addEventListener('input', composed)
$('text').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  void submit()
})
$('composer').addEventListener('submit', (event) => {
  event.preventDefault()
  void submit()
})
$('no-reply').addEventListener('click', stopReplying)
$('mic').addEventListener('click', record)
$('drop-recording').addEventListener('click', () => endRecording(false))
$('send-recording').addEventListener('click', () => endRecording(true))
$('attach').addEventListener('click', () => $('attach-dialog').showModal())
for (const input of document.querySelectorAll('[data-as]')) {
  input.addEventListener('change', async () => {
    const [file] = input.files
    $('attach-dialog').close()
    if (!file) return
    const { as } = input.dataset
    const blob = as === 'image' ? await asPicture(file) : file
    await sendFile(as, Object.assign(blob, blob === file ? {} : { name: file.name }))
    input.value = ''
  })
}
for (const button of document.querySelectorAll('[data-plain]')) {
  button.addEventListener('click', () => {
    $('attach-dialog').close()
    const { plain } = button.dataset
    void write({
      kind: plain,
      ...(plain === 'location' ? { placeName: 'Parque Calderón', address: 'Cuenca' } : {}),
      ...(plain === 'image' || plain === 'document' ? takeText() : {}),
    })
  })
}
for (const button of document.querySelectorAll('[data-close]'))
  button.addEventListener('click', () => button.closest('dialog').close())
$('do-reply').addEventListener('click', () => {
  $('message-dialog').close()
  startReplying(chosen, false)
})
$('do-edit').addEventListener('click', () => {
  $('message-dialog').close()
  startReplying(chosen, true)
})
$('do-revoke').addEventListener('click', () => {
  $('message-dialog').close()
  void write({ kind: 'revoke', target: chosen.id })
})
$('who').addEventListener('click', () => {
  $('who-name').value = customer.name
  $('who-phone').value = phoneOf(customer.phone)
  const others = known.filter((each) => each.phone !== customer.phone)
  const fill = ({ name, phone }) => {
    $('who-name').value = name
    $('who-phone').value = phoneOf(phone)
  }
  $('who-known').replaceChildren(...others.map((each) => el('button', { type: 'button', onclick: () => fill(each) }, each.name)))
  $('who-dialog').showModal()
})
$('who-cancel').addEventListener('click', () => $('who-dialog').close())
$('who-form').addEventListener('submit', () => {
  void become({ name: $('who-name').value.trim(), phone: $('who-phone').value.replace(/\D/g, '') }, null)
})
document.addEventListener('visibilitychange', seen)
composed()
