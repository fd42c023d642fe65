/** Small things that are shown: times, sizes, ticks, icons, and WhatsApp's *bold* and _italic_. */

const time = new Intl.DateTimeFormat('es-EC', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat('es-EC', { weekday: 'long', day: 'numeric', month: 'long' })

export const timeOf = (at) => time.format(at)
export const dayKey = (at) => new Date(at).toDateString()

export function dayOf(at) {
  if (dayKey(at) === dayKey(Date.now())) return 'hoy'
  if (dayKey(at) === dayKey(Date.now() - 86_400_000)) return 'ayer'
  return day.format(at)
}

export function sizeOf(bytes) {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`
}

/** +593 98 765 4321, +51 987 654 321 */
export function phoneOf(digits) {
  const match = /^(593)(\d{2})(\d{3})(\d{4})$/.exec(digits) ?? /^(51)(\d{3})(\d{3})(\d{3})$/.exec(digits)
  return match ? `+${match.slice(1).join(' ')}` : `+${digits}`
}

export function initialsOf(name) {
  const words = name.trim().split(/\s+/)
  return ((words[0]?.[0] ?? '') + (words[1]?.[0] ?? '')).toUpperCase()
}

const KIND_WORDS = {
  image: 'Foto',
  document: 'Documento',
  audio: 'Audio',
  voice: 'Nota de voz',
  video: 'Video',
  sticker: 'Sticker',
  location: 'Ubicación',
  contacts: 'Contacto',
  order: 'Pedido',
  unsupported: 'Mensaje no compatible',
}

/** One line for a list or a quotation. */
export function summaryOf(message) {
  if (message.revokedAt) return 'Mensaje eliminado'
  return message.text?.replaceAll(/[*_~`]/g, '') ?? message.media?.name ?? KIND_WORDS[message.kind] ?? 'Mensaje'
}

/** Makes an element: properties, then children; what is null is left out. */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'class') element.className = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== null && child !== undefined))
  return element
}

const PATHS = {
  back: 'M19 12H5m7 7-7-7 7-7',
  attach: 'm21.4 11.1-9.2 9.1a6 6 0 0 1-8.5-8.5l9.2-9.1a4 4 0 0 1 5.7 5.7l-9.3 9.1a2 2 0 0 1-2.8-2.8l8.5-8.4',
  send: 'm22 2-7 20-4-9-9-4Zm0 0L11 13',
  mic: 'M12 2a3 3 0 0 0-3 3v7a3 3 0 0 0 6 0V5a3 3 0 0 0-3-3Zm7 8v2a7 7 0 0 1-14 0v-2m7 9v3',
  close: 'M18 6 6 18M6 6l12 12',
}

export function icon(name) {
  return svg('0 0 24 24', PATHS[name], 1.9)
}

function svg(box, path, width) {
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  drawing.setAttribute('viewBox', box)
  drawing.setAttribute('aria-hidden', 'true')
  drawing.setAttribute('fill', 'none')
  drawing.setAttribute('stroke', 'currentColor')
  drawing.setAttribute('stroke-width', String(width))
  drawing.setAttribute('stroke-linecap', 'round')
  drawing.setAttribute('stroke-linejoin', 'round')
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  line.setAttribute('d', path)
  drawing.append(line)
  return drawing
}

const TICKS = {
  sending: ['m3 7 4 4 8-9', 'Enviado'],
  delivered: ['m1 7 4 4 8-9m-3 8 1 1 8-9', 'Entregado'],
  read: ['m1 7 4 4 8-9m-3 8 1 1 8-9', 'Leído'],
}

/** One tick: with WhatsApp. Two: the company's system took it. Coloured: somebody there read it. */
export function tick(progress) {
  const [path, word] = TICKS[progress] ?? TICKS.sending
  return el(
    'span',
    { class: `tick ${progress}`, title: word },
    svg('0 0 20 13', path, 1.7),
    el('span', { class: 'visually-hidden' }, word),
  )
}

const MARKS = /(```[^`]+```|\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)/

/** WhatsApp's marks as elements. */
export function formatted(text) {
  return text.split(MARKS).map((part) => {
    if (part.startsWith('```') && part.endsWith('```') && part.length > 6) return el('code', {}, part.slice(3, -3))
    const tag = { '*': 'b', _: 'i', '~': 's' }[part[0]]
    return tag && part.length > 2 && part.at(-1) === part[0] ? el(tag, {}, part.slice(1, -1)) : part
  })
}
