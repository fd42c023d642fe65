/** The chats of open lines, as their operators have them. */
import { $, ask, does, go, nameOf, state } from './state.js'
import { frameFor, openSlider } from './frames.js'
import { dayKey, dayOf, el, timeOf } from '../../phone/words.js'

const WORDS = { new: 'Sin respuesta', answered: 'En atención', closed: 'Cerrada', spam: 'No deseada' }

export function chatsScreen(open) {
  const chats = state.overview.chats.toSorted((one, other) => other.lastAt - one.lastAt)
  const rows = chats.map((chat) =>
    el(
      'li',
      {},
      el(
        'a',
        { href: `#/chats/${chat.id}`, class: 'row', 'aria-current': String(chat.id) === open ? 'true' : null },
        el('b', {}, chat.name, chat.waits ? el('span', { class: 'mark' }, 'espera') : null),
        el('span', { class: 'row-last' }, plain(chat.lastText)),
        el('small', {}, `${WORDS[chat.status]}, ${nameOf(chat.ownerId)}, ${timeOf(chat.lastAt)}`),
      ),
    ),
  )
  const none = el(
    'p',
    { class: 'hint' },
    'Todavía no ha escrito nadie. Los chats aparecen cuando un conector activo trae un mensaje.',
  )
  const list = el(
    'section',
    { class: 'list', 'aria-label': 'Chats' },
    el('h2', {}, 'Chats de líneas abiertas'),
    rows.length > 0 ? el('ul', {}, ...rows) : none,
  )
  const box = el('section', { class: 'thread', 'aria-label': 'Chat' })
  if (open) void fillThread(box, open)
  else box.append(el('p', { class: 'hint' }, 'Elija un chat.'))
  return el('div', { class: open ? 'two has-open' : 'two' }, list, box)
}

const plain = (text) => text.replaceAll(/\[br\]/gi, ' ').replaceAll(/\[\/?[a-z]+(=[^\]]*)?\]/gi, '')

/** The marks that the portal shows: bold, italics, breaks; the rest as it is. */
function marked(text) {
  const parts = text.split(/(\[b\][^[]*\[\/b\]|\[i\][^[]*\[\/i\]|\[br\])/i)
  return parts.map((part) => {
    const [, tag, inner] = /^\[(b|i)\](.*)\[\/\1\]$/is.exec(part) ?? []
    if (/^\[br\]$/i.test(part)) return el('br')
    return tag ? el(tag.toLowerCase(), {}, inner) : part
  })
}

const TICKS = { waiting: ['…', 'Enviándose'], delivered: ['✓✓', 'Entregado y leído'], none: ['', ''] }

function bubbleOf(one) {
  const side = one.from === 'client' ? 'theirs' : one.from === 'operator' ? 'mine' : 'system'
  const [tick, word] = one.isOut ? TICKS[one.delivery] : TICKS.none
  const files = one.files.map((file) =>
    file.type === 'image'
      ? el('a', { href: file.link, target: '_blank' }, el('img', { src: file.link, alt: file.name }))
      : el('a', { href: file.link, target: '_blank', class: 'file' }, file.name),
  )
  const actions =
    one.from === 'operator' && one.deletedAt === null
      ? el(
          'details',
          { class: 'bubble-menu' },
          el('summary', { 'aria-label': 'Opciones del mensaje' }, '⋯'),
          el('button', { type: 'button', onclick: () => edit(one) }, 'Editar'),
          el('button', { type: 'button', onclick: () => does('delete', { message: one.id }) }, 'Eliminar'),
        )
      : null
  return el(
    'li',
    { class: `bubble ${side}`, 'data-message': one.id },
    side === 'mine' ? el('small', { class: 'author' }, one.author) : null,
    ...(one.deletedAt !== null
      ? [el('i', {}, 'Mensaje eliminado')]
      : [...files, el('div', { class: 'said' }, ...marked(one.text))]),
    el(
      'small',
      { class: 'meta' },
      one.editedAt !== null ? 'editado ' : '',
      timeOf(one.at),
      tick ? el('span', { class: `tick ${one.delivery}`, title: word, role: 'img', 'aria-label': word }, ` ${tick}`) : null,
    ),
    actions,
  )
}

function edit(bubble) {
  const field = el('textarea', { rows: 4, 'aria-label': 'Mensaje corregido' }, bubble.text)
  const save = async () => {
    if (await does('edit', { message: bubble.id, text: field.value })) close()
  }
  const form = el('div', { class: 'form' }, field, el('button', { type: 'button', class: 'main', onclick: save }, 'Guardar'))
  const close = openSlider('Editar mensaje', form)
}

async function fillThread(box, id) {
  const chat = await ask('GET', `/sim/view/chat?id=${id}`).catch(() => null)
  if (!chat) return box.replaceChildren(el('p', { class: 'hint' }, 'Este chat no existe.'))
  const items = []
  let day = ''
  for (const one of chat.bubbles) {
    if (dayKey(one.at) !== day) items.push(el('li', { class: 'day' }, dayOf(one.at)))
    day = dayKey(one.at)
    items.push(bubbleOf(one))
  }
  const log = el('ol', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': 'Mensajes' }, ...items)
  box.replaceChildren(headOf(chat), log, composer(chat))
  const toEnd = () => {
    log.scrollTop = log.scrollHeight
  }
  toEnd()
  // A picture gets its height when it is there.
  for (const picture of log.querySelectorAll('img')) picture.addEventListener('load', toEnd, { once: true })
}

function headOf(chat) {
  const others = state.overview.users.filter(({ id, active }) => active && id !== chat.ownerId)
  const to = el('select', {
    'aria-label': 'Transferir a',
    onchange: () => does('transfer', { chat: chat.id, toUserId: Number(to.value) }),
  })
  to.append(el('option', { value: '' }, 'Transferir a…'), ...others.map(({ id }) => el('option', { value: id }, nameOf(id))))
  const card = [
    ['LEAD', 1],
    ['DEAL', 2],
    ['CONTACT', 3],
    ['COMPANY', 4],
  ]
    .filter(([type]) => chat.crm[type] > 0)
    .map(([type, typeId]) => el('a', { href: `#/crm/${typeId}:${chat.crm[type]}` }, `${CARDS[type]} ${chat.crm[type]}`))
  const places = state.overview.placements.filter(({ placement }) => placement === 'IM_SIDEBAR' || placement === 'IM_TEXTAREA')
  const apps = places.map((one) =>
    el(
      'button',
      {
        type: 'button',
        onclick: () =>
          openSlider(
            one.title,
            frameFor({
              clientId: one.clientId,
              placement: one.placement,
              handler: one.handler,
              options: { dialogId: `chat${chat.id}` },
            }),
          ),
      },
      one.title || one.placement,
    ),
  )
  return el(
    'header',
    { class: 'thread-head' },
    el('button', { type: 'button', class: 'back', onclick: () => go('#/chats') }, '← Chats'),
    el(
      'div',
      { class: 'grow' },
      el('h2', {}, chat.name),
      el('small', {}, `${chat.guest?.phone ?? ''} ${WORDS[chat.status]}, atiende ${nameOf(chat.ownerId)} `, ...card),
    ),
    to,
    ...apps,
    chat.status === 'new' ? el('button', { type: 'button', onclick: () => does('answer', { chat: chat.id }) }, 'Atender') : null,
    chat.status === 'closed'
      ? null
      : el('button', { type: 'button', onclick: () => does('close', { chat: chat.id }) }, 'Finalizar'),
  )
}

const CARDS = { LEAD: 'Prospecto', DEAL: 'Negociación', CONTACT: 'Contacto', COMPANY: 'Compañía' }
/** Where each chat is written in. The page is drawn anew with every message: what is being typed, or tapped, stays what it is. */
const composers = new Map()

function composer(chat) {
  const kept = composers.get(chat.id) ?? newComposer(chat)
  composers.set(chat.id, kept)
  return kept
}

function newComposer(chat) {
  const text = el('textarea', { rows: 2, placeholder: 'Escriba al cliente', 'aria-label': 'Mensaje', id: 'message' })
  const send = async (files = []) => {
    const words = files.length > 0 ? '' : text.value.trim()
    if (words === '' && files.length === 0) return
    if (!(await does('write', { chat: chat.id, text: words, files }))) return
    if (files.length === 0) text.value = ''
  }
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void send()
  })
  const picker = el('input', { type: 'file', hidden: true, onchange: () => void attach(picker, send) })
  const sample = el('select', { 'aria-label': 'Adjuntar' }, el('option', { value: '' }, 'Adjuntar…'))
  sample.append(
    ...[
      ['file', 'Un archivo'],
      ['image', 'Foto de ejemplo'],
      ['document', 'PDF de ejemplo'],
      ['voice', 'Audio de ejemplo'],
    ].map(([value, word]) => el('option', { value }, word)),
  )
  sample.addEventListener('change', () => {
    if (sample.value === 'file') picker.click()
    else if (sample.value) void send([{ sample: sample.value }])
    sample.value = ''
  })
  const form = el('form', { class: 'composer' }, sample, text, picker, el('button', { type: 'submit', class: 'main' }, 'Enviar'))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send()
  })
  return form
}

async function attach(picker, send) {
  const [file] = picker.files
  if (!file) return
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  await send([{ name: file.name, mime: file.type, base64: btoa(binary) }])
  picker.value = ''
}

/** Whether somebody is writing here: then the page is not drawn under his hands. */
export function keepFocus(draw) {
  const isWriting = document.activeElement?.id === 'message'
  draw()
  if (!isWriting) return
  // The thread comes a moment later than the page.
  const watcher = new MutationObserver(() => {
    const field = $('message')
    if (!field) return
    watcher.disconnect()
    field.focus()
  })
  watcher.observe($('main'), { childList: true, subtree: true })
  setTimeout(() => watcher.disconnect(), 2000)
}
