/** The Contact Center: tiles of connectors, and the slider where an application connects its own to a line. */
import { does, state } from './state.js'
import { frameFor, openSlider } from './frames.js'
import { el } from '../../phone/words.js'

export function centerScreen() {
  const own = state.overview.placements.filter(({ placement }) => placement === 'CONTACT_CENTER')
  const tiles = [
    ...state.overview.connectors.map(connectorTile),
    ...own.map((one) =>
      tile(one.title || 'Aplicación', '', 'Abrir', () =>
        openSlider(
          one.title,
          frameFor({
            clientId: one.clientId,
            placement: 'CONTACT_CENTER',
            handler: one.handler,
            options: { ID: String(one.id) },
          }),
        ),
      ),
    ),
  ]
  const none = el('p', { class: 'hint' }, 'Ninguna aplicación ha registrado un conector. Instale una en Aplicaciones.')
  return el('section', {}, el('h2', {}, 'Centro de contacto'), tiles.length > 0 ? el('ul', { class: 'tiles' }, ...tiles) : none)
}

function connectorTile(connector) {
  const ready = connector.channels.filter((one) => one.STATUS)
  const about = ready.length > 0 ? `Conectado: ${ready.map((one) => lineName(one.LINE)).join(', ')}` : 'Sin conectar'
  return tile(connector.name, connector.icon.DATA_IMAGE, about, () => openSlider(connector.name, chooser(connector)))
}

function tile(name, image, about, onclick) {
  const picture = image?.startsWith('data:image/')
    ? el('img', { src: image, alt: '', width: 40, height: 40 })
    : el('span', { class: 'no-icon' })
  return el(
    'li',
    {},
    el('button', { type: 'button', class: 'tile', onclick }, picture, el('b', {}, name), el('small', {}, about)),
  )
}

const lineName = (id) => state.overview.lines.find((line) => String(line.id) === String(id))?.name ?? `línea ${id}`

/** First the line, then "Conectar"; the application's own page does the rest. */
function chooser(connector) {
  const select = el(
    'select',
    { 'aria-label': 'Línea abierta', id: 'connector-line' },
    ...state.overview.lines.map(({ id, name }) => el('option', { value: id }, name)),
  )
  const place = el('div', {})
  const show = () => {
    const channel = state.overview.connectors
      .find(({ id }) => id === connector.id)
      ?.channels.find(({ LINE }) => LINE === select.value)
    if (!channel) return place.replaceChildren()
    if (channel.ACTIVE_STATUS) return place.replaceChildren(settings(connector, channel))
    place.replaceChildren(
      el('p', { class: 'hint' }, 'Este conector no está conectado a esta línea.'),
      el('button', { type: 'button', class: 'main', onclick: () => void connect(connector, select.value, place) }, 'Conectar'),
    )
  }
  select.addEventListener('change', show)
  show()
  return el('div', { class: 'form' }, el('label', {}, 'Línea abierta ', select), place)
}

async function connect(connector, line, place) {
  const channel = await does('connect', { connector: connector.id, line })
  if (channel) place.replaceChildren(settings(connector, channel))
}

function settings(connector, channel) {
  const URI = `/contact_center/connector/?ID=${connector.id}&LINE=${channel.LINE}&IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER`
  const frame = frameFor({
    clientId: connector.clientId,
    placement: 'SETTING_CONNECTOR',
    handler: connector.handler,
    options: { ...channel, URI },
  })
  const leave = el(
    'button',
    { type: 'button', onclick: () => void does('disconnect', { connector: connector.id, line: channel.LINE }) },
    'Desconectar de esta línea',
  )
  return el('div', {}, frame, leave)
}
