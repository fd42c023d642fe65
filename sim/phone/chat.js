/** One message as the customer sees it. */
import { dayKey, dayOf, el, formatted, phoneOf, sizeOf, summaryOf, tick, timeOf } from './words.js'

/**
 * The list item of a message. `find` gives a message by id; `on` has what may be done: `open` (its menu), `choose`
 * (a button of it), `play` (a voice note begins).
 */
export function bubble(message, { find, on, name }) {
  const isMine = message.direction === 'in'
  const reactions = [message.reactionIn, message.reactionOut].filter(Boolean)
  const box = el(
    'div',
    { class: `bubble${reactions.length > 0 ? ' reacted' : ''}` },
    quote(message, find, name),
    ...(message.revokedAt ? [el('p', { class: 'said gone' }, 'Mensaje eliminado')] : content(message, on)),
    el(
      'div',
      { class: 'meta' },
      message.editedAt ? el('span', {}, 'editado') : null,
      el('time', { datetime: new Date(message.at).toISOString() }, timeOf(message.at)),
      isMine ? tick(message.progress) : null,
      message.revokedAt
        ? null
        : el(
            'button',
            {
              type: 'button',
              class: 'more',
              'aria-label': `Opciones: ${summaryOf(message).slice(0, 40)}`,
              onclick: () => on.open(message),
            },
            '⋯',
          ),
    ),
    reactions.length > 0
      ? el('span', { class: 'reactions', 'aria-label': `Reacciones: ${reactions.join(' ')}` }, ...reactions)
      : null,
  )
  const choices = message.choices.length > 0 && !isMine ? choiceList(message, on) : null
  return el('li', { class: `bubble-row${isMine ? ' mine' : ''}`, 'data-id': message.id }, box, choices)
}

/** A line between two days; nothing within one. */
export function daySeparator(message, before) {
  return before && dayKey(before.at) === dayKey(message.at) ? null : el('li', { class: 'day' }, dayOf(message.at))
}

function quote(message, find, name) {
  if (!message.quoted) return null
  const quoted = find(message.quoted)
  const author = quoted?.direction === 'in' ? 'Usted' : name
  return el('span', { class: 'quote' }, el('b', {}, author), quoted ? summaryOf(quoted) : 'Mensaje anterior')
}

function content(message, on) {
  const file = message.media && attachment(message, on)
  return [
    file,
    message.header ? el('p', { class: 'said head' }, message.header) : null,
    ...extras(message),
    message.text ? el('p', { class: 'said' }, ...formatted(message.text)) : null,
    message.footer ? el('p', { class: 'foot' }, message.footer) : null,
  ]
}

function attachment(message, on) {
  const { media, kind } = message
  const src = `api/media/${media.id}`
  if (kind === 'image' || kind === 'sticker' || media.mime.startsWith('image/')) {
    const picture = el('img', {
      class: kind === 'sticker' ? 'sticker' : 'picture',
      src,
      alt: message.text ?? (kind === 'sticker' ? 'Sticker' : 'Foto'),
    })
    return el('a', { href: src, target: '_blank', rel: 'noopener' }, picture)
  }
  if (media.mime.startsWith('audio/')) {
    const label = kind === 'voice' ? 'Nota de voz' : 'Audio'
    return el('audio', { controls: true, preload: 'metadata', src, 'aria-label': label, onplay: () => on.play(message) })
  }
  if (media.mime.startsWith('video/')) return el('video', { class: 'picture', controls: true, preload: 'metadata', src })
  const name = media.name ?? 'documento'
  const ending = (name.split('.').at(-1) ?? '').slice(0, 4).toUpperCase()
  return el(
    'a',
    { class: 'file', href: src, target: '_blank', rel: 'noopener' },
    el('span', { class: 'file-kind', 'aria-hidden': 'true' }, ending || 'DOC'),
    el('span', {}, el('b', {}, name), el('small', {}, sizeOf(media.size))),
  )
}

function extras(message) {
  if (message.place) {
    const { latitude, longitude, name, address } = message.place
    const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
    const place = [name, address].filter(Boolean).join(', ') || `${latitude}, ${longitude}`
    return [el('p', { class: 'said' }, 'Ubicación: ', el('a', { href, target: '_blank', rel: 'noopener' }, place))]
  }
  if (message.kind === 'contacts') {
    return message.cards.map((card) =>
      el(
        'p',
        { class: 'said' },
        'Contacto: ',
        el('b', {}, card.name),
        ` ${card.phones.map((phone) => phoneOf(phone.replace(/\D/g, ''))).join(', ')}`,
      ),
    )
  }
  if (message.kind === 'unsupported') return [el('p', { class: 'said gone' }, 'Mensaje que la empresa no puede ver')]
  return []
}

function choiceList(message, on) {
  const buttons = message.choices.map((choice) =>
    choice.url
      ? el('a', { class: 'choice', href: choice.url, target: '_blank', rel: 'noopener noreferrer' }, choice.title)
      : el(
          'button',
          { type: 'button', class: 'choice', onclick: () => on.choose(message, choice) },
          choice.title,
          choice.description ? el('small', {}, choice.description) : null,
        ),
  )
  return el('div', { class: 'choices', role: 'group', 'aria-label': 'Respuestas' }, ...buttons)
}
