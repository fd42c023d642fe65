/** The CRM: lists, and cards with the tabs, messages and robots that applications bring. */
import { $, ask, does, go, nameOf, state } from './state.js'
import { frameFor, openSlider } from './frames.js'
import { el, timeOf } from '../../phone/words.js'

const TYPES = {
  1: ['Prospectos', 'LEAD'],
  2: ['Negociaciones', 'DEAL'],
  3: ['Contactos', 'CONTACT'],
  4: ['Compañías', 'COMPANY'],
}
const stageName = (id) => state.overview.statuses.find(({ statusId }) => statusId === id)?.name ?? id

export function crmScreen(open) {
  if (open) {
    const box = el('section', { 'aria-label': 'Ficha' })
    void fillCard(box, open)
    return box
  }
  const lists = Object.entries(TYPES).map(([typeId, [name]]) => {
    const items = state.overview.items.filter((one) => String(one.typeId) === typeId).toReversed()
    const rows = items.map((one) =>
      el(
        'li',
        {},
        el(
          'a',
          { href: `#/crm/${one.id}`, class: 'row' },
          el('b', {}, one.title),
          el(
            'small',
            {},
            [one.phone, one.stageId && stageName(one.stageId), nameOf(one.assignedById)].filter(Boolean).join(', '),
          ),
        ),
      ),
    )
    return el(
      'section',
      { class: 'crm-list' },
      el('h3', {}, `${name} (${items.length})`),
      el('button', { type: 'button', onclick: () => openSlider(`Nuevo: ${name}`, newItem(Number(typeId))) }, 'Crear'),
      rows.length > 0 ? el('ul', {}, ...rows) : el('p', { class: 'hint' }, 'Vacío.'),
    )
  })
  return el('section', {}, el('h2', {}, 'CRM'), el('div', { class: 'columns' }, ...lists))
}

function newItem(typeId) {
  const name = el('input', { required: true, maxlength: 80, id: 'item-name' })
  const phone = el('input', { inputmode: 'tel', id: 'item-phone', placeholder: '+593 98 765 4321' })
  const form = el(
    'form',
    { class: 'form' },
    el('label', {}, 'Nombre ', name),
    typeId === 2 ? null : el('label', {}, 'Teléfono ', phone),
    el('button', { type: 'submit', class: 'main' }, 'Crear'),
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const fm = phone.value.trim() === '' ? {} : { fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: phone.value.trim() }] }
    const item = await does('item', {
      typeId,
      fields: { ...(typeId === 3 ? { name: name.value } : { title: name.value }), ...fm },
    })
    if (!item) return
    $('slider').close()
    go(`#/crm/${item.id}`)
  })
  return form
}

/** The tab that is open on each card, and what was begun to be written. */
const kept = { tab: 'main', sms: '' }

async function fillCard(box, id) {
  const card = await ask('GET', `/sim/view/card?id=${encodeURIComponent(id)}`).catch(() => null)
  if (!card) return box.replaceChildren(el('p', { class: 'hint' }, 'Esta ficha no existe.'))
  const [, type] = TYPES[card.typeId] ?? ['', `DYNAMIC_${card.typeId}`]
  const tabs = state.overview.placements.filter(({ placement }) => placement === `CRM_${type}_DETAIL_TAB`)
  const more = state.overview.placements.filter(({ placement }) =>
    [`CRM_${type}_DETAIL_ACTIVITY`, `CRM_${type}_DETAIL_TOOLBAR`].includes(placement),
  )
  const place = el('div', {})
  const buttons = [['main', 'General'], ...tabs.map((one) => [String(one.id), one.title || 'Aplicación'])].map(([key, word]) =>
    el('button', { type: 'button', role: 'tab', 'data-tab': key, onclick: () => show(key) }, word),
  )
  const show = (key) => {
    kept.tab = key
    for (const button of buttons) button.setAttribute('aria-selected', String(button.dataset.tab === key))
    const tab = tabs.find((one) => String(one.id) === key)
    place.replaceChildren(tab ? frameOf(tab, card) : general(card))
  }
  const bar = more.map((one) =>
    el(
      'button',
      { type: 'button', onclick: () => openSlider(one.title || 'Aplicación', frameOf(one, card)) },
      one.title || 'Aplicación',
    ),
  )
  box.replaceChildren(
    el(
      'header',
      { class: 'card-head' },
      el('button', { type: 'button', onclick: () => go('#/crm') }, '← CRM'),
      el('h2', {}, card.title),
      ...bar,
    ),
    el('div', { role: 'tablist', class: 'tabs' }, ...buttons),
    place,
  )
  show(tabs.some((one) => String(one.id) === kept.tab) ? kept.tab : 'main')
}

const frameOf = (one, card) =>
  frameFor({
    clientId: one.clientId,
    placement: one.placement,
    handler: one.handler,
    options: { ID: String(card.number), URI: `/crm/details/${card.number}/` },
  })

function general(card) {
  const about = [
    ...card.fm
      .filter(({ typeId }) => typeId !== 'IM')
      .map(({ typeId, value }) => [typeId === 'PHONE' ? 'Teléfono' : 'Correo', value]),
    ['Responsable', nameOf(card.assignedById)],
    ...(card.stageId ? [['Etapa', stageName(card.stageId)]] : []),
    ...(card.fields.sourceId ? [['Fuente', card.fields.sourceId]] : []),
  ]
  const chats = card.chats.map((one) => el('a', { href: `#/chats/${one.id}` }, one.name))
  return el(
    'div',
    { class: 'columns' },
    el(
      'section',
      {},
      el('h3', {}, 'Datos'),
      el('dl', {}, ...about.flatMap(([word, value]) => [el('dt', {}, word), el('dd', {}, String(value))])),
      changeForm(card),
      ...chats,
    ),
    el(
      'section',
      {},
      el('h3', {}, 'Cronología'),
      ...tools(card),
      el('ol', { class: 'timeline' }, ...card.runs.map(runRow), ...card.activities.map((one) => activityRow(one))),
    ),
  )
}

function changeForm(card) {
  const options = state.overview.users
    .filter(({ active }) => active)
    .map(({ id }) => el('option', { value: id, selected: id === Number(card.assignedById) }, nameOf(id)))
  const select = el(
    'select',
    {
      'aria-label': 'Cambiar responsable',
      onchange: () => void does('item', { id: card.id, fields: { assignedById: Number(select.value) } }),
    },
    ...options,
  )
  const entity =
    card.typeId === 1 ? 'STATUS' : (card.fields.categoryId ?? 0) > 0 ? `DEAL_STAGE_${card.fields.categoryId}` : 'DEAL_STAGE'
  const stages = state.overview.statuses.filter(({ entityId }) => entityId === entity)
  const stage = el(
    'select',
    { 'aria-label': 'Cambiar etapa', onchange: () => void does('item', { id: card.id, fields: { stageId: stage.value } }) },
    ...stages.map(({ statusId, name }) => el('option', { value: statusId, selected: statusId === card.stageId }, name)),
  )
  return el('p', { class: 'change' }, select, card.typeId <= 2 ? stage : null)
}

/** A message by a sender, and a robot started by hand. */
function tools(card) {
  const { senders, robots } = state.overview
  const made = []
  if (senders.length > 0) {
    const by = el(
      'select',
      { 'aria-label': 'Proveedor' },
      ...senders.map(({ code, name }) => el('option', { value: code }, name)),
    )
    const text = el('textarea', { rows: 2, 'aria-label': 'SMS', placeholder: 'Mensaje por proveedor de SMS' }, kept.sms)
    text.addEventListener('input', () => {
      kept.sms = text.value
    })
    const send = async () => {
      if (!(await does('sms', { sender: by.value, id: card.id, text: text.value }))) return
      kept.sms = ''
      text.value = ''
    }
    made.push(el('div', { class: 'tool' }, by, text, el('button', { type: 'button', onclick: () => void send() }, 'Enviar SMS')))
  }
  for (const robot of robots)
    made.push(
      el(
        'div',
        { class: 'tool' },
        el(
          'button',
          { type: 'button', onclick: () => openSlider(robotName(robot), robotForm(robot, card)) },
          `Ejecutar robot: ${robotName(robot)}`,
        ),
      ),
    )
  return made
}

const robotName = ({ code, fields }) =>
  typeof fields.NAME === 'string' ? fields.NAME : (fields.NAME?.es ?? fields.NAME?.la ?? code)

function robotForm(robot, card) {
  const values = {}
  const properties = Object.entries(robot.fields.PROPERTIES ?? {})
  const inputs = properties.map(([name, about]) => {
    const word = typeof about.Name === 'string' ? about.Name : (about.Name?.es ?? name)
    const options = Object.entries(about.Options ?? {})
    const field =
      options.length > 0
        ? el('select', {}, ...options.map(([value, label]) => el('option', { value }, label)))
        : el('input', { value: about.Default ?? '' })
    values[name] = field
    return el('label', {}, `${word} `, field)
  })
  const run = async () => {
    const given = Object.fromEntries(Object.entries(values).map(([name, field]) => [name, field.value]))
    if (await does('robot', { code: robot.code, id: card.id, properties: given })) $('slider').close()
  }
  const own = robot.fields.USE_PLACEMENT === 'Y' && robot.fields.PLACEMENT_HANDLER
  const options = {
    code: robot.code,
    activity_name: 'A1',
    properties: robot.fields.PROPERTIES ?? {},
    current_values: {},
    document_type: ['crm', '', ''],
  }
  const ways = {
    placementCall: (cmd, params) => {
      if (cmd === 'setPropertyValue')
        for (const [name, value] of Object.entries(params ?? {})) if (values[name]) values[name].value = value
      return true
    },
  }
  const frame = own
    ? frameFor({ clientId: robot.clientId, placement: 'BIZPROC_ROBOT', handler: robot.fields.PLACEMENT_HANDLER, options }, ways)
    : null
  return el(
    'div',
    { class: 'form' },
    frame,
    ...inputs,
    el('button', { type: 'button', class: 'main', onclick: () => void run() }, 'Ejecutar'),
  )
}

const KINDS = { comment: 'Comentario', log: 'Registro', configurable: 'Actividad', call: 'Llamada', sms: 'SMS', chat: 'Chat' }

function runRow(run) {
  const status = run.answer
    ? `respondió ${JSON.stringify(run.answer)}`
    : run.waits
      ? 'espera respuesta; el embudo está detenido'
      : 'iniciado'
  return el(
    'li',
    {},
    el('b', {}, `Robot ${run.code}`),
    el('p', {}, status),
    ...run.log.map((line) => el('p', {}, line)),
    el('small', {}, timeOf(run.at)),
  )
}

function activityRow(one) {
  const { header = {}, body = {}, footer = {} } = one.layout ?? {}
  const tags = Object.values(header.tags ?? {}).map((tag) => el('span', { class: `mark ${tag.type}` }, tag.title))
  const blocks = Object.values(body.blocks ?? {}).map((block) =>
    el('p', {}, String(block.properties?.value ?? block.properties?.text ?? '')),
  )
  const buttons = Object.values(footer.buttons ?? {}).map((button) =>
    el('button', { type: 'button', onclick: () => act(one, button) }, button.title),
  )
  return el(
    'li',
    { class: one.incoming && !one.completed ? 'waits' : null },
    el('b', {}, one.title || KINDS[one.kind], ...tags),
    one.text ? el('p', {}, one.text) : null,
    ...blocks,
    ...buttons,
    el(
      'small',
      {},
      [KINDS[one.kind], one.sms, one.author, timeOf(one.at), one.kind === 'configurable' && !one.completed ? 'pendiente' : '']
        .filter(Boolean)
        .join(', '),
    ),
  )
}

/** A button of a configurable activity. */
function act(activity, { action }) {
  const params = action.actionParams ?? {}
  if (action.type === 'redirect') return void window.open(action.uri, '_blank')
  if (action.type === 'openRestApp')
    return void openSlider(
      action.sliderParams?.title ?? 'Aplicación',
      frameFor({ clientId: activity.clientId, placement: 'DEFAULT', options: params }),
    )
  const data = {
    id: action.id,
    entityTypeId: activity.typeId,
    entityId: activity.number,
    activityId: activity.id,
    userId: state.me,
    ...params,
  }
  void does('event', { event: 'ONCRMTIMELINEITEMACTION', data })
}
