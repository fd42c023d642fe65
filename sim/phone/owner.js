/** The phone of a business: its linked devices, linking another, and a word to a customer. */
import { $, ask, complain } from './state.js'
import { el, phoneOf } from './words.js'

const MEMORY = 'telefono-de-la-empresa'
const day = new Intl.DateTimeFormat('es-EC', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
let own = { phone: '', name: '' }
let stream = null

async function become(phone, name) {
  own = { phone, name }
  localStorage.setItem(MEMORY, phone)
  said('')
  complain('')
  await load()
  listen()
}

/** The simulator has the truth: what is shown is read again whenever something happens. */
async function load() {
  const { name, numbers, devices, waiting } = await ask('GET', `api/owner?phone=${own.phone}`)
  own.name = name ?? own.name
  $('who').replaceChildren(el('strong', {}, own.name), el('span', {}, phoneOf(own.phone)))
  $('who').setAttribute('aria-label', `Cambiar de teléfono. Ahora: ${own.name}, ${phoneOf(own.phone)}`)
  $('devices').replaceChildren(...devices.map(deviceCard))
  $('no-devices').hidden = devices.length > 0
  $('waiting').replaceChildren(...waiting.map(waitingCard))
  const known = numbers.map((each) =>
    el('button', { type: 'button', onclick: () => fill(each) }, `${each.name} ${phoneOf(each.phone)}`),
  )
  $('who-known').replaceChildren(...known)
  await loadCustomers()
}

function deviceCard({ index, name, linkedAt, isOnline }) {
  const about = `${isOnline ? 'Conectado' : 'Sin conexión'}, vinculado ${day.format(linkedAt)}`
  const leave = () => act(() => ask('DELETE', `api/owner/devices/${own.phone}/${index}`), 'El dispositivo quedó fuera.')
  return el(
    'li',
    { class: 'card' },
    el('div', {}, el('b', {}, name), el('small', {}, about)),
    el(
      'button',
      { type: 'button', class: 'leave', 'aria-label': `Cerrar la sesión de ${name}`, onclick: leave },
      'Cerrar sesión',
    ),
  )
}

function waitingCard({ id, name, since, canScan, codeFor }) {
  const shows = codeFor ? `pide el código que muestra, para ${phoneOf(codeFor)}` : 'muestra un código QR'
  const about = `${shows} desde las ${day.format(since).split(' ').at(-1)}`
  const tap = () => link({ id })
  return el(
    'li',
    { class: 'card' },
    el('div', {}, el('b', {}, name), el('small', {}, about)),
    canScan ? el('button', { type: 'button', 'aria-label': `Escanear el código de ${name}`, onclick: tap }, 'Escanear') : null,
  )
}

const LINKED = 'Dispositivo vinculado.'
const link = (given) => act(() => ask('POST', 'api/owner/scan', { phone: own.phone, name: own.name, ...given }), LINKED)

/** Does something and says how it went; true when it went well. */
async function act(task, sentence) {
  complain('')
  said('')
  try {
    await task()
    said(sentence)
    await load()
    return true
  } catch (error) {
    complain(error.message)
    return false
  }
}

function said(sentence) {
  $('done').textContent = sentence
  $('done').hidden = sentence === ''
}

async function loadCustomers() {
  const { items } = await ask('GET', '../control/customers')
  const chosen = $('to').value
  $('to').replaceChildren(...items.map(({ phone, name }) => el('option', { value: phone }, `${name} ${phoneOf(phone)}`)))
  if (chosen) $('to').value = chosen
  $('write-form').hidden = items.length === 0
  $('no-customers').hidden = items.length > 0
}

function listen() {
  stream?.close()
  stream = new EventSource(`api/live?customer=${own.phone}`)
  stream.addEventListener('open', () => {
    $('line').hidden = true
    void load()
  })
  stream.addEventListener('error', () => {
    $('line').hidden = false
  })
  stream.addEventListener('message', ({ data }) => {
    const { type } = JSON.parse(data)
    if (type === 'devices' || type === 'chats') void load()
  })
}

function fill({ name, phone }) {
  $('who-name').value = name
  $('who-phone').value = phoneOf(phone)
}

const onSubmit = (id, task) =>
  $(id).addEventListener('submit', async (event) => {
    event.preventDefault()
    if (await task()) $(id).reset()
  })

onSubmit('scan-form', () => link({ qr: $('qr').value }))
onSubmit('code-form', () =>
  act(() => ask('POST', 'api/owner/code', { phone: own.phone, name: own.name, code: $('code').value }), LINKED),
)
onSubmit('write-form', () =>
  act(
    () =>
      ask('POST', `../control/customers/${$('to').value}/messages`, {
        to: own.phone,
        kind: 'echo',
        text: $('words').value.trim(),
      }),
    'Mensaje enviado desde este teléfono.',
  ),
)

// A QR code that is a link can be dragged here from the window which shows it.
$('scan-form').addEventListener('dragover', (event) => {
  event.preventDefault()
  $('qr').classList.add('is-over')
})
$('scan-form').addEventListener('dragleave', () => $('qr').classList.remove('is-over'))
$('scan-form').addEventListener('drop', (event) => {
  event.preventDefault()
  $('qr').classList.remove('is-over')
  $('qr').value = event.dataTransfer.getData('text/uri-list') || event.dataTransfer.getData('text/plain')
})

$('who').addEventListener('click', () => {
  fill(own)
  $('who-dialog').showModal()
})
$('who-cancel').addEventListener('click', () => $('who-dialog').close())
$('who-form').addEventListener('submit', async () => {
  const phone = $('who-phone').value.replace(/\D/g, '')
  const name = $('who-name').value.trim()
  await ask('POST', '../control/numbers', { kind: 'session', phone, name })
  await become(phone, name)
})

const { numbers } = await ask('GET', 'api/owner?phone=')
const wanted = (new URLSearchParams(location.search).get('phone') ?? localStorage.getItem(MEMORY) ?? '').replace(/\D/g, '')
const first = numbers.find(({ phone }) => phone === wanted) ?? numbers[0]
await become(wanted || first?.phone || '593961234567', first?.name ?? 'Mi empresa')
