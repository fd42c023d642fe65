/** What the customer writes: text, answers, edits, reactions, files and voice notes. */
import { canRecord, startRecording } from './recorder.js'
import { $, ask, complain, state } from './state.js'
import { el, icon, summaryOf } from './words.js'

const EMOJIS = ['👍', '❤️', '😂', '😮', '🙏']
const WITHOUT_CAPTION = new Set(['audio', 'voice', 'sticker'])

/** WhatsApp shows "escribiendo…" for a while: said anew only then. */
const TYPING_MS = 4_000

let toldTypingAt = 0
let chosen = null
let recording = null

/** Sends what is described, as an answer if one is being written. False when it did not go. */
async function write(message) {
  complain('')
  const { open, customer } = state
  const quoted = open.replyTo ? { quoted: open.replyTo.id } : {}
  try {
    await ask('POST', 'api/messages', {
      customer: customer.phone,
      customerName: customer.name,
      to: open.number.id,
      ...quoted,
      ...message,
    })
    stopReplying()
    return true
  } catch (error) {
    complain(`No se envió. ${error.message}`)
    return false
  }
}

async function submit() {
  const text = $('text').value.trim()
  if (!text || !state.open) return
  const { editing } = state.open
  $('text').value = ''
  composed()
  const isSent = await write(editing ? { kind: 'edit', target: editing.id, text } : { kind: 'text', text })
  if (!isSent) $('text').value = text
  composed()
}

async function sendFile(kind, file, name) {
  try {
    const { id } = await ask('POST', `api/media?${new URLSearchParams({ name })}`, file)
    await write({ kind, mediaId: id, ...(WITHOUT_CAPTION.has(kind) ? {} : takeCaption()) })
  } catch (error) {
    complain(`No se envió el archivo. ${error.message}`)
  }
}

/** What stands in the composer goes with the file. */
function takeCaption() {
  const text = $('text').value.trim()
  $('text').value = ''
  composed()
  return text ? { text } : {}
}

/** WhatsApp takes JPEG and PNG: other pictures are turned into one, as a phone does. */
async function asPicture(file) {
  if (file.type === 'image/jpeg' || file.type === 'image/png') return file
  const bitmap = await createImageBitmap(file)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('2d').drawImage(bitmap, 0, 0)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
}

async function attach(input) {
  const [file] = input.files
  $('attach-dialog').close()
  if (!file) return
  const kind = input.dataset.as
  const blob = kind === 'image' ? await asPicture(file).catch(() => null) : file
  input.value = ''
  if (blob) await sendFile(kind, blob, file.name)
  else complain(`No se pudo leer ${file.name}.`)
}

function attachExample({ plain }) {
  $('attach-dialog').close()
  const place = plain === 'location' ? { placeName: 'Parque Calderón', address: 'Cuenca' } : {}
  const caption = plain === 'image' || plain === 'document' ? takeCaption() : {}
  void write({ kind: plain, ...place, ...caption })
}

/** A tap on a button or a row of a message. */
export function choose(message, choice) {
  const isList = message.choices.length > 3 || Boolean(choice.description)
  const kind = message.kind === 'template' ? 'template_reply' : isList ? 'list_reply' : 'button_reply'
  void write({ kind, text: choice.title, replyId: choice.id, description: choice.description, quoted: message.id })
}

/** The business sees that the customer types, where WhatsApp tells it. */
function tellTyping() {
  const { open, customer } = state
  if (!open || open.number.kind !== 'session' || Date.now() - toldTypingAt < TYPING_MS) return
  toldTypingAt = Date.now()
  void ask('POST', 'api/typing', { customer: customer.phone, number: open.number.id, state: 'composing' })
}

/** The menu of a message. */
export function openMenu(message) {
  chosen = message
  const isMine = message.direction === 'in'
  $('message-title').textContent = summaryOf(message).slice(0, 60)
  $('emojis').replaceChildren(...EMOJIS.map(emojiButton))
  $('do-edit').hidden = !isMine || message.kind !== 'text'
  $('do-revoke').hidden = !isMine
  $('message-dialog').showModal()
}

function emojiButton(emoji) {
  const pressed = chosen.reactionIn === emoji
  const label = { 'aria-label': `Reaccionar con ${emoji}`, 'aria-pressed': String(pressed) }
  const react = () => void write({ kind: 'reaction', target: chosen.id, emoji: pressed ? '' : emoji, quoted: undefined })
  return el('button', { type: 'button', ...label, onclick: () => ($('message-dialog').close(), react()) }, emoji)
}

function startReplying(isEdit) {
  $('message-dialog').close()
  Object.assign(state.open, { replyTo: isEdit ? null : chosen, editing: isEdit ? chosen : null })
  $('replying-to').replaceChildren(el('b', {}, isEdit ? 'Editar' : 'Responder'), summaryOf(chosen))
  $('replying').hidden = false
  if (isEdit) $('text').value = chosen.text ?? ''
  composed()
  $('text').focus()
}

export function stopReplying() {
  if (state.open?.editing) $('text').value = ''
  if (state.open) Object.assign(state.open, { replyTo: null, editing: null })
  $('replying').hidden = true
  composed()
}

/** An empty composer offers the microphone, a full one the paper plane. */
function composed() {
  const hasText = $('text').value.trim() !== ''
  $('send').hidden = !hasText && canRecord()
  $('mic').hidden = hasText || !canRecord()
}

async function record() {
  complain('')
  try {
    recording = await startRecording()
  } catch {
    complain('No hay micrófono, o el navegador no dio permiso.')
    return
  }
  $('composer').hidden = true
  $('recording').hidden = false
  recording.clock = setInterval(() => {
    const seconds = Math.floor((Date.now() - recording.startedAt) / 1000)
    $('recorded').textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }, 250)
}

async function endRecording(isSent) {
  const done = recording
  recording = null
  clearInterval(done.clock)
  $('composer').hidden = false
  $('recording').hidden = true
  $('recorded').textContent = '0:00'
  const blob = await done.stop()
  if (isSent && blob.size > 0) await sendFile('voice', blob, '')
}

/** Connects the composer's buttons, once. */
export function wireComposer() {
  const icons = {
    attach: 'attach',
    send: 'send',
    mic: 'mic',
    'no-reply': 'close',
    'drop-recording': 'close',
    'send-recording': 'send',
  }
  for (const [id, name] of Object.entries(icons)) $(id).append(icon(name))
  $('text').addEventListener('input', composed)
  $('text').addEventListener('input', tellTyping)
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
  for (const input of document.querySelectorAll('[data-as]')) input.addEventListener('change', () => attach(input))
  for (const button of document.querySelectorAll('[data-plain]'))
    button.addEventListener('click', () => attachExample(button.dataset))
  $('do-reply').addEventListener('click', () => startReplying(false))
  $('do-edit').addEventListener('click', () => startReplying(true))
  $('do-revoke').addEventListener('click', () => {
    $('message-dialog').close()
    void write({ kind: 'revoke', target: chosen.id })
  })
  composed()
}
