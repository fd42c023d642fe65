/** What `POST /<PNID>/messages` takes: reference/meta-cloud-api.md §7. */
import { any, bool, list, object, oneOf, text, wrongIn } from '../lib/shape.ts'
import type { Rule } from '../lib/shape.ts'
import type { Fields } from '../lib/fields.ts'
import { invalid } from './answers.ts'
import type { GraphError } from './answers.ts'

const media = (more: Record<string, Rule> = {}): Rule => object({ id: text(), link: text(), ...more }, [], ['id', 'link'])
const caption = text(1024, true)
const number: Rule = { is: 'number' }

const headerRule = object(
  {
    type: oneOf('text', 'image', 'video', 'document'),
    text: text(60),
    image: media(),
    video: media(),
    document: media({ filename: text() }),
  },
  ['type'],
)
const around = {
  type: text(),
  header: headerRule,
  body: object({ text: text(4096) }, ['text']),
  footer: object({ text: text(60) }, ['text']),
}
const shortBody = object({ text: text(1024) }, ['text'])
const button = object({ type: oneOf('reply'), reply: object({ id: text(256), title: text(20) }, ['id', 'title']) }, [
  'type',
  'reply',
])
const row = object({ id: text(200), title: text(24), description: text(72) }, ['id', 'title'])
const section = object({ title: text(24), rows: list(row, 10) }, ['rows'])

/** By `interactive.type`; those which our product does not send are taken with any action. */
const INTERACTIVE: Readonly<Record<string, Rule>> = {
  button: object({ ...around, body: shortBody, action: object({ buttons: list(button, 3) }, ['buttons']) }, [
    'type',
    'body',
    'action',
  ]),
  list: object({ ...around, action: object({ button: text(20), sections: list(section, 10) }, ['button', 'sections']) }, [
    'type',
    'body',
    'action',
  ]),
  cta_url: object(
    {
      ...around,
      body: shortBody,
      action: object(
        { name: oneOf('cta_url'), parameters: object({ display_text: text(20), url: text() }, ['display_text', 'url']) },
        ['name', 'parameters'],
      ),
    },
    ['type', 'body', 'action'],
  ),
  location_request_message: object({ ...around, body: shortBody, action: any }, ['type', 'body', 'action']),
  flow: object({ ...around, action: any }, ['type', 'body', 'action']),
  contact_request: object({ ...around, action: any }, ['type', 'body', 'action']),
  call_permission_request: object({ ...around, action: any }, ['type', 'action']),
  voice_call: object({ ...around, action: any }, ['type', 'action']),
  product: object({ ...around, action: any }, ['type', 'action']),
  product_list: object({ ...around, action: any }, ['type', 'body', 'action']),
  catalog_message: object({ ...around, action: any }, ['type', 'body', 'action']),
}

const parameter = object(
  {
    type: text(),
    text: text(1024),
    parameter_name: text(),
    payload: text(),
    image: media(),
    video: media(),
    document: media({ filename: text() }),
    location: any,
    currency: any,
    date_time: any,
    coupon_code: text(),
    action: any,
  },
  ['type'],
)
const component = object(
  {
    type: oneOf('header', 'body', 'button', 'carousel', 'limited_time_offer'),
    sub_type: text(),
    index: any,
    parameters: list(parameter),
    cards: any,
  },
  ['type'],
)
const card = object(
  {
    name: object(
      { formatted_name: text(), first_name: text(), last_name: text(), middle_name: text(), suffix: text(), prefix: text() },
      ['formatted_name'],
    ),
    phones: any,
    emails: any,
    addresses: any,
    org: any,
    urls: any,
    birthday: text(),
  },
  ['name'],
)

const CONTENT: Readonly<Record<string, Rule>> = {
  text: object({ body: text(4096), preview_url: bool }, ['body']),
  image: media({ caption }),
  video: media({ caption }),
  audio: media({ voice: bool }),
  document: media({ caption, filename: text(240) }),
  sticker: media(),
  location: object({ latitude: number, longitude: number, name: text(undefined, true), address: text(undefined, true) }, [
    'latitude',
    'longitude',
  ]),
  contacts: list(card, 257),
  reaction: object({ message_id: text(), emoji: text(undefined, true) }, ['message_id']),
  interactive: any,
  template: object(
    {
      name: text(512),
      language: object({ code: text(), policy: oneOf('deterministic') }, ['code']),
      namespace: text(),
      components: { is: 'list', of: component },
    },
    ['name', 'language'],
  ),
}

const TYPES = Object.keys(CONTENT).toSorted()
const HEAD = { messaging_product: any, recipient_type: oneOf('individual', 'group'), to: text(), recipient: text(), type: text() }
const ENVELOPE = {
  ...HEAD,
  context: object({ message_id: text() }, ['message_id']),
  biz_opaque_callback_data: text(512),
  recipient_identity_key_hash: text(),
}

/** The first thing that Graph would refuse in this body, by its shape alone; null when there is none. */
export function wrongMessage(body: Fields): GraphError | null {
  if (body.messaging_product !== 'whatsapp') return invalid({ message: 'The parameter messaging_product is required.' })
  if (body.to === undefined && body.recipient === undefined) return invalid({ message: 'The parameter to is required.' })
  const type = body.type ?? 'text'
  const rule = typeof type === 'string' ? CONTENT[type] : undefined
  if (typeof type !== 'string' || !rule) {
    return invalid({ message: `Param type must be one of {${TYPES.join(', ').toUpperCase()}} - got "${String(type)}".` })
  }
  const wrong = wrongIn(body, object({ ...ENVELOPE, [type]: rule }, [type]), '')
  if (wrong) return invalid(wrong)
  return type === 'interactive' ? wrongInteractive(body.interactive) : null
}

function wrongInteractive(value: unknown): GraphError | null {
  const open = wrongIn(value, { is: 'object', fields: { ...around, action: any }, required: ['type'] }, 'interactive')
  if (open) return invalid(open)
  const type = typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : ''
  const rule = INTERACTIVE[type]
  if (!rule) {
    const known = Object.keys(INTERACTIVE).join(', ').toUpperCase()
    return invalid({ message: `Param interactive['type'] must be one of {${known}} - got "${type}".` })
  }
  const wrong = wrongIn(value, rule, 'interactive')
  return wrong ? invalid(wrong) : null
}

const READ = object(
  {
    messaging_product: any,
    status: oneOf('read'),
    message_id: text(),
    typing_indicator: object({ type: oneOf('text') }, ['type']),
  },
  ['message_id'],
)

/** The same for "mark as read". */
export function wrongRead(body: Fields): GraphError | null {
  if (body.messaging_product !== 'whatsapp') return invalid({ message: 'The parameter messaging_product is required.' })
  const wrong = wrongIn(body, READ, '')
  return wrong ? invalid(wrong) : null
}
