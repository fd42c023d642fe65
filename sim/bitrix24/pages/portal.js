/** The portal's page: who plays, the menu, and the screen that is open. */
import { appScreen, appsScreen, faultsScreen, linesScreen, noticesScreen, placementScreen } from './admin.js'
import { chatsScreen, keepFocus } from './chats.js'
import { centerScreen } from './contact-center.js'
import { crmScreen } from './crm.js'
import { hashOf } from './frames.js'
import { $, ask, complain, nameOf, state } from './state.js'
import { el } from '../../phone/words.js'

const MEMORY = `b24-me-${location.host}`

const SCREENS = {
  chats: chatsScreen,
  center: centerScreen,
  crm: crmScreen,
  apps: appsScreen,
  app: appScreen,
  placement: placementScreen,
  lines: linesScreen,
  notices: noticesScreen,
  faults: faultsScreen,
}

const screenNow = () => location.hash.replace(/^#\/?/, '').split('/')

function menuItem(href, word, count) {
  const isHere = location.hash === href || location.hash.startsWith(`${href}/`)
  return el(
    'li',
    {},
    el(
      'a',
      { href, 'aria-current': isHere ? 'page' : null },
      word,
      count > 0 ? el('span', { class: 'mark' }, String(count)) : null,
    ),
  )
}

function drawMenu() {
  const { overview } = state
  const installed = overview.apps.filter(({ install }) => install)
  const left = overview.placements.filter(({ placement }) => placement === 'LEFT_MENU' || placement === 'IM_NAVIGATION')
  const mine = overview.notices.filter(({ userId }) => userId === state.me).length
  const list = (...items) => el('ul', {}, ...items)
  $('menu').replaceChildren(
    list(
      menuItem('#/chats', 'Chats', overview.chats.filter(({ waits }) => waits).length),
      menuItem('#/notices', 'Avisos', mine),
      menuItem('#/crm', 'CRM'),
      menuItem('#/center', 'Centro de contacto'),
      menuItem('#/lines', 'Líneas abiertas'),
      menuItem('#/apps', 'Aplicaciones'),
      menuItem('#/faults', 'Fallos'),
    ),
    el('h2', {}, 'Instaladas'),
    installed.length > 0
      ? list(
          ...installed.map((app) => menuItem(`#/app/${app.id}`, app.name)),
          ...left.map((one) => menuItem(`#/placement/${one.id}`, one.title || 'Aplicación')),
        )
      : el('p', { class: 'hint' }, 'Ninguna todavía.'),
    el('p', { class: 'hint' }, 'Esto es una simulación para pruebas. No es Bitrix24.'),
  )
  $('portal-name').textContent = overview.portal.name
  document.title = `${overview.portal.name}, portal simulado`
}

function drawMe() {
  const people = state.overview.users.filter(({ active }) => active)
  const me = Number(localStorage.getItem(MEMORY) ?? 1)
  state.me = people.some(({ id }) => id === me) ? me : 1
  $('me').replaceChildren(
    ...people.map(({ id, admin }) =>
      el('option', { value: id, selected: id === state.me }, `${nameOf(id)}${admin ? ' (administra)' : ''}`),
    ),
  )
}

function drawScreen() {
  const [name, ...given] = screenNow()
  const screen = SCREENS[name] ?? chatsScreen
  $('main').replaceChildren(screen(...given.map((part) => (name === 'app' ? part : decodeURIComponent(part)))))
}

async function load(isLive) {
  state.overview = await ask('GET', '/sim/view/overview')
  drawMe()
  drawMenu()
  // A frame that is open stays: drawing it anew would load the application again.
  if (isLive && ($('main').querySelector('iframe') || isBusy())) return
  keepFocus(drawScreen)
}

/** Somebody types or chooses in a form here. */
function isBusy() {
  const { activeElement } = document
  return (
    activeElement?.id !== 'message' &&
    $('main').contains(activeElement) &&
    /^(INPUT|SELECT|TEXTAREA)$/.test(activeElement.tagName)
  )
}

let asked = false
/** Many things happen at once: they are read once. */
function loadSoon() {
  if (asked) return
  asked = true
  setTimeout(() => {
    asked = false
    void load(true)
  }, 80)
}

function listen() {
  const stream = new EventSource('/sim/live')
  stream.addEventListener('open', () => {
    $('line').hidden = true
    loadSoon()
  })
  stream.addEventListener('error', () => {
    $('line').hidden = false
  })
  stream.addEventListener('message', loadSoon)
}

$('me').addEventListener('change', () => {
  localStorage.setItem(MEMORY, $('me').value)
  void load(false)
})
const menu = (isOpen) => {
  document.body.classList.toggle('menu-open', isOpen)
  $('menu-button').setAttribute('aria-expanded', String(isOpen))
}
$('menu-button').addEventListener('click', () => menu(!document.body.classList.contains('menu-open')))
addEventListener('hashchange', () => {
  complain('')
  menu(false)
  drawMenu()
  drawScreen()
})

state.overview = await ask('GET', '/sim/view/overview')
// An address of the real portal, from a notice or a link: the same thing here.
if (location.pathname !== '/') history.replaceState(null, '', `/${hashOf(location.pathname + location.search) ?? '#/chats'}`)
else if (location.hash === '') history.replaceState(null, '', '#/chats')
await load(false)
listen()
