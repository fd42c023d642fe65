/** Frames: an application's page opened by a real POST, and what its BX24 script asks of the portal. */
import { ask, complain, does, go, state } from './state.js'
import { el } from '../../phone/words.js'

/** Open frames by their window: what they were opened with. */
const frames = new Map()

/**
 * A frame for an application. `wanted`: {clientId, placement, options, handler}. `ways`: {done, close} are called when the
 * installation is finished and when the application closes itself.
 */
export function frameFor(wanted, ways = {}) {
  const box = el('div', { class: 'frame-box' }, el('p', { class: 'hint' }, 'Abriendo…'))
  void open(box, wanted, ways)
  return box
}

async function open(box, wanted, ways) {
  const told = await does('frame', wanted)
  if (!told) return box.replaceChildren(el('p', { class: 'hint' }, 'No se pudo abrir la aplicación.'))
  const { frame } = told
  const name = `${location.host}|0|${frame.sid}`
  const view = el('iframe', { name, title: frame.title, class: 'app-frame', allow: 'clipboard-write; microphone; camera' })
  box.replaceChildren(view)
  const fields = Object.entries(frame.fields).map(([key, value]) => el('input', { type: 'hidden', name: key, value }))
  const form = el('form', { method: 'post', action: frame.action, target: name, hidden: true }, ...fields)
  document.body.append(form)
  form.submit()
  form.remove()
  frames.set(view, { frame, wanted, ways, box, reopen: () => open(box, wanted, ways) })
}

const ORIGIN = (frame) => new URL(frame.action).origin

addEventListener('message', (event) => {
  const [view, opened] = [...frames].find(([each]) => each.contentWindow === event.source) ?? []
  if (!view || event.data?.bx24 !== 'ask') return
  const { id, cmd, params } = event.data
  const reply = (result, error) => event.source.postMessage({ bx24: 'answer', id, result, error }, event.origin)
  const run = COMMANDS[cmd]
  // Only the application's own site is answered: whoever took its place in the frame learns no token.
  if (!run || event.origin !== ORIGIN(opened.frame)) return reply(null, 'METHOD_NOT_FOUND')
  void Promise.resolve(run(opened, params ?? {}, view)).then(reply, (error) => reply(null, error.message))
})

function authOf({ frame }) {
  const { AUTH_ID, REFRESH_ID, AUTH_EXPIRES } = frame.fields
  return { AUTH_ID, REFRESH_ID, AUTH_EXPIRES: Date.now() + Number(AUTH_EXPIRES) * 1000 }
}

const COMMANDS = {
  getInitData: (opened) => {
    const { fields, isInstaller } = opened.frame
    const { portal, users } = state.overview
    return {
      ...authOf(opened),
      ...{ DOMAIN: location.host, PROTOCOL: '0', LANG: portal.lang, MEMBER_ID: fields.member_id, INSTALL: isInstaller },
      ...{ IS_ADMIN: users.find(({ id }) => id === state.me)?.admin ?? false, PLACEMENT: fields.PLACEMENT },
      PLACEMENT_OPTIONS: JSON.parse(fields.PLACEMENT_OPTIONS),
    }
  },
  async refreshAuth(opened) {
    const { clientId } = opened.wanted
    const given = await ask('POST', '/sim/do/tokens', { clientId, userId: state.me })
    return { AUTH_ID: given.access_token, REFRESH_ID: given.refresh_token, AUTH_EXPIRES: Date.now() + given.expires_in * 1000 }
  },
  async callMethod(opened, { method, params }) {
    const body = JSON.stringify({ ...params, auth: opened.frame.fields.AUTH_ID })
    const response = await fetch(`/rest/${method}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    return response.json()
  },
  async installFinish(opened) {
    // Outside the installation it means nothing.
    if (!opened.frame.isInstaller) return false
    await does('finish', { clientId: opened.wanted.clientId })
    opened.ways.done?.()
    await opened.reopen()
    return true
  },
  resize: (_, { width, height }, view) => {
    if (height) view.style.height = `${Math.max(320, Math.min(20_000, height))}px`
    if (width && width !== '100%') view.style.width = `${width}px`
    return { width: view.clientWidth, height: view.clientHeight }
  },
  scroll: (_, { top }) => window.scrollTo({ top }),
  setTitle: (opened, { title }) => opened.ways.title?.(title),
  openPath(_, { path }) {
    const hash = hashOf(path)
    if (state.overview.portal.settings.isMobile) throw new Error('METHOD_NOT_SUPPORTED_ON_DEVICE')
    if (!hash) throw new Error('PATH_NOT_AVAILABLE')
    go(hash)
    return { result: 'ok' }
  },
  openApplication: (opened, { params }) => {
    go(`#/app/${opened.wanted.clientId}/${encodeURIComponent(JSON.stringify(params ?? {}))}`)
  },
  closeApplication: (opened) => (opened.ways.close ? opened.ways.close() : go('#/chats')),
  reload: (opened) => opened.reopen(),
  getInterface: () => ({ command: ['setPropertyValue', 'getStatus', 'bindLayoutEventCallback'], event: [] }),
  placementCall: (opened, { cmd, params }) => opened.ways.placementCall?.(cmd, params) ?? true,
}

const TYPES = { lead: 1, deal: 2, contact: 3, company: 4 }

/** Where an address of the real portal is on this page; undefined: nowhere. */
export function hashOf(path) {
  const url = new URL(path, location.origin)
  const [, type, id] = /^\/crm\/(lead|deal|contact|company)\/details\/(\d+)/.exec(url.pathname) ?? []
  if (type) return `#/crm/${TYPES[type]}:${id}`
  const [, code] = /^\/marketplace\/view\/([^/]+)/.exec(url.pathname) ?? []
  const app = state.overview.apps.find((one) => one.code === code && one.install)
  const given = Object.fromEntries(
    [...url.searchParams].map(([name, value]) => [/^params\[(.+)\]$/.exec(name)?.[1] ?? name, value]),
  )
  if (app) return `#/app/${app.id}/${encodeURIComponent(JSON.stringify(given))}`
  const chat = /chat(\d+)/.exec(url.searchParams.get('IM_DIALOG') ?? '')?.[1]
  if (chat) return `#/chats/${chat}`
  if (url.pathname.startsWith('/contact_center')) return '#/center'
  return url.pathname === '/crm/' || url.pathname === '/crm' ? '#/crm' : undefined
}

/** Opens something in the slider: a frame, or whatever else. */
export function openSlider(title, content, onClose) {
  const slider = document.getElementById('slider')
  document.getElementById('slider-title').textContent = title
  document.getElementById('slider-body').replaceChildren(content)
  complain('')
  slider.addEventListener('close', () => onClose?.(), { once: true })
  if (!slider.open) slider.showModal()
  document.getElementById('slider-close').onclick = () => slider.close()
  return () => slider.close()
}
