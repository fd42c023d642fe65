/** What an administrator does: applications, open lines, employees' notices, and what goes wrong on command. */
import { ask, complain, does, go, nameOf, state } from './state.js'
import { frameFor, openSlider } from './frames.js'
import { el, timeOf } from '../../phone/words.js'

/** Applications: cards of the market, and a local one made of two addresses. */
export function appsScreen() {
  const cards = state.overview.apps.map((app) => {
    const { install } = app
    const about = install
      ? install.isFinished
        ? `Instalada, versión ${install.version}`
        : 'Instalación sin terminar'
      : 'Sin instalar'
    const button = (word, onclick, main = false) => el('button', { type: 'button', onclick, class: main ? 'main' : null }, word)
    const buttons = install
      ? [
          button('Abrir', () => go(`#/app/${app.id}`), true),
          button('Actualizar', () => void does('update', { clientId: app.id }).then((done) => done && go(`#/app/${app.id}`))),
          button('Desinstalar', () => openSlider(`Desinstalar ${app.name}`, leaving(app))),
        ]
      : [button('Instalar', () => void install_(app), true)]
    return el(
      'li',
      { class: 'app-card' },
      el(
        'div',
        { class: 'grow' },
        el('b', {}, app.name),
        el('small', {}, `${about}, ${app.kind === 'local' ? 'local' : 'Market'}`),
      ),
      ...buttons,
    )
  })
  return el(
    'section',
    {},
    el('h2', {}, 'Aplicaciones'),
    el('ul', { class: 'cards' }, ...cards),
    el('h3', {}, 'Aplicación local'),
    localForm(),
  )
}

async function install_(app) {
  if (await does('install', { clientId: app.id })) go(`#/app/${app.id}`)
}

function leaving(app) {
  const clean = el('input', { type: 'checkbox', id: 'clean' })
  const leave = async () => {
    await does('uninstall', { clientId: app.id, clean: clean.checked })
    document.getElementById('slider').close()
  }
  return el(
    'div',
    { class: 'form' },
    el('label', { class: 'check' }, clean, ' Borrar también los datos de la aplicación'),
    el('button', { type: 'button', class: 'main', onclick: () => void leave() }, 'Desinstalar'),
  )
}

/** Two addresses are pasted; each is asked by HEAD, as the vendor's cabinet does. */
function localForm() {
  const field = (id, word, placeholder) => [
    el('label', {}, `${word} `, el('input', { id, required: id !== 'local-installer', placeholder })),
  ]
  const said = el('ul', { class: 'checks' })
  const form = el(
    'form',
    { class: 'form' },
    ...field('local-name', 'Nombre en el menú', 'WhatsappB24'),
    ...field('local-handler', 'Ruta de su controlador', 'http://127.0.0.1:8787/bitrix24/app'),
    ...field('local-installer', 'Ruta de instalación inicial', 'http://127.0.0.1:8787/bitrix24/install'),
    said,
    el('button', { type: 'submit', class: 'main' }, 'Guardar'),
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const [name, handler, installer] = ['name', 'handler', 'installer'].map((id) =>
      document.getElementById(`local-${id}`).value.trim(),
    )
    try {
      const { items } = await ask('POST', '/sim/apps/check', { addresses: [handler, installer].filter(Boolean) })
      said.replaceChildren(
        ...items.map((one) =>
          el(
            'li',
            { class: one.isGood ? 'good' : 'bad' },
            `${one.address}: ${one.isGood ? 'responde' : `no sirve (HEAD ${one.status || 'sin respuesta'})`}`,
          ),
        ),
      )
      if (items.some((one) => !one.isGood)) return
      const app = await ask('POST', '/sim/apps', {
        kind: 'local',
        portal: state.overview.portal.id,
        name,
        handler,
        ...(installer && { installer }),
      })
      const keys = el(
        'dl',
        {},
        el('dt', {}, 'client_id'),
        el('dd', {}, app.id),
        el('dt', {}, 'client_secret'),
        el('dd', {}, app.secret),
      )
      openSlider('Aplicación local creada', keys)
    } catch (error) {
      complain(error.message)
    }
  })
  return form
}

/** An application's own page in its frame; before the end of the installation it is the installer's. */
export function appScreen(clientId, given) {
  const app = state.overview.apps.find(({ id }) => id === clientId)
  if (!app?.install) return el('p', { class: 'hint' }, 'Esta aplicación no está instalada.')
  const options = given ? JSON.parse(decodeURIComponent(given)) : undefined
  const bound = options && state.overview.placements.find((one) => one.clientId === clientId && one.placement === 'REST_APP_URI')
  const wanted = {
    clientId,
    ...(options && { options, placement: bound ? 'REST_APP_URI' : 'DEFAULT' }),
    ...(bound && { handler: bound.handler }),
  }
  return el('section', { 'aria-label': app.name }, frameFor(wanted))
}

export function placementScreen(id) {
  const one = state.overview.placements.find((each) => String(each.id) === id)
  if (!one) return el('p', { class: 'hint' }, 'Ya no existe.')
  return el(
    'section',
    {},
    frameFor({ clientId: one.clientId, placement: one.placement, handler: one.handler, options: { URI: '/' } }),
  )
}

const CRM_CREATE = { none: 'No crear nada', lead: 'Crear prospecto', deal: 'Crear contacto y negociación' }

export function linesScreen() {
  const rows = state.overview.lines.map((line) => {
    const create = el('select', { onchange: () => void does('line', { line: line.id, params: { CRM_CREATE: create.value } }) })
    create.append(
      ...Object.entries(CRM_CREATE).map(([value, word]) =>
        el('option', { value, selected: line.params.CRM_CREATE === value }, word),
      ),
    )
    const queue = el('select', {
      multiple: true,
      size: 4,
      onchange: () => void does('line', { line: line.id, queue: [...queue.selectedOptions].map(({ value }) => Number(value)) }),
    })
    queue.append(
      ...state.overview.users.map(({ id }) =>
        el('option', { value: id, selected: line.queue.some((one) => one.type === 'user' && one.id === id) }, nameOf(id)),
      ),
    )
    const flag = (name, word) => {
      const box = el('input', {
        type: 'checkbox',
        checked: line.params[name] === 'Y',
        onchange: () => void does('line', { line: line.id, params: { [name]: box.checked ? 'Y' : 'N' } }),
      })
      return el('label', { class: 'check' }, box, ` ${word}`)
    }
    const isActive = el('input', {
      type: 'checkbox',
      checked: line.active,
      onchange: () => void does('line', { line: line.id, active: isActive.checked }),
    })
    return el(
      'li',
      { class: 'line-card form' },
      el('h3', {}, `${line.name} (línea ${line.id})`),
      el('label', { class: 'check' }, isActive, ' Activa'),
      el('label', {}, 'Cliente desconocido ', create),
      el('label', {}, 'Cola ', queue),
      flag('CRM_FORWARD', 'Al responsable de la ficha'),
      flag('CRM_TRANSFER_CHANGE', 'La transferencia cambia el responsable'),
      flag('VOTE_MESSAGE', 'Pedir calificación al cerrar'),
      el('button', { type: 'button', onclick: () => void does('delete-line', { line: line.id }) }, 'Eliminar línea'),
    )
  })
  const name = el('input', { required: true, id: 'line-name', maxlength: 60 })
  const form = el(
    'form',
    { class: 'form' },
    el('label', {}, 'Nueva línea ', name),
    el('button', { type: 'submit', class: 'main' }, 'Crear línea'),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void does('line', { name: name.value })
  })
  return el('section', {}, el('h2', {}, 'Líneas abiertas'), el('ul', { class: 'cards' }, ...rows), form)
}

/** Links in a notice lead into the portal. */
export function noticesScreen() {
  const mine = state.overview.notices.filter(({ userId }) => userId === state.me).toReversed()
  const rows = mine.map((one) => el('li', {}, el('p', {}, ...linked(one.text)), el('small', {}, timeOf(one.at))))
  return el(
    'section',
    {},
    el('h2', {}, 'Avisos'),
    mine.length > 0 ? el('ul', { class: 'timeline' }, ...rows) : el('p', { class: 'hint' }, 'No hay avisos para usted.'),
  )
}

function linked(text) {
  return text.split(/(\[url=[^\]]+\][^[]*\[\/url\])/i).map((part) => {
    const [, href, word] = /^\[url=([^\]]+)\](.*)\[\/url\]$/i.exec(part) ?? []
    return href && /^(\/|https?:)/.test(href) ? el('a', { href }, word) : part.replaceAll(/\[\/?[a-z]+\]/gi, '')
  })
}

const FAULTS = {
  isAway: 'El portal no responde',
  isOverloaded: 'Bloqueado por sobrecarga (OVERLOAD_LIMIT)',
  isFree: 'Plan gratuito, sin REST',
  gaps: 'Listas con huecos en los eventos',
  echo: 'Los mensajes en nombre de un empleado vuelven como evento',
}

/** What goes wrong, for who wants to see how the application takes it. */
export function faultsScreen() {
  const { settings } = state.overview.portal
  const boxes = Object.entries(FAULTS).map(([name, word]) => {
    const box = el('input', { type: 'checkbox', checked: settings[name], onchange: () => void change({ [name]: box.checked }) })
    return el('label', { class: 'check' }, box, ` ${word}`)
  })
  const life = el('input', {
    type: 'number',
    min: 1,
    value: settings.tokenLifeS,
    onchange: () => void change({ tokenLifeS: Number(life.value) }),
  })
  const dismiss = state.overview.users
    .filter(({ id }) => id > 1)
    .slice(0, 20)
    .map((user) => {
      const box = el('input', {
        type: 'checkbox',
        checked: user.active,
        onchange: () => void ask('PUT', `/sim/do/users/${user.id}`, { active: box.checked }),
      })
      return el('label', { class: 'check' }, box, ` ${nameOf(user.id)}`)
    })
  return el(
    'section',
    { class: 'form' },
    el('h2', {}, 'Fallos'),
    ...boxes,
    el('label', {}, 'Vida de los tokens, en segundos ', life),
    el('button', { type: 'button', onclick: () => void rename() }, 'Cambiar el nombre del portal'),
    el('h3', {}, `Empleados en activo (${state.overview.employees} en total)`),
    ...dismiss,
  )
}

async function change(settings) {
  complain('')
  await ask('PUT', '/sim/do/settings', settings).catch((error) => complain(error.message))
}

async function rename() {
  const row = await does('rename')
  if (row) location.href = `http://${row.domain}/#/faults`
}
