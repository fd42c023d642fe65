/** The rules of a configurable activity's layout: reference/bitrix24.md §7.4. Any field too many is an error. */
import { fieldsOf, isFields } from '../../lib/fields.ts'
import { RestError } from '../service.ts'

export const ICONS = [
  'info',
  'IM',
  'call',
  'call-completed',
  'comment',
  'mail',
  'sms',
  'check',
  'robot',
  'whatsapp',
  'attention',
  'notification',
]
export const LOGOS = ['document', 'call', 'comment', 'info', 'robot', 'sms', 'mail', 'open-line', 'clock', 'flag']

const wrong = (code: string, message: string): RestError => new RestError(400, code, message)

function only(value: unknown, names: readonly string[], where: string): void {
  const extra = Object.keys(fieldsOf(value)).find((name) => !names.includes(name))
  if (extra !== undefined) throw wrong('FIELD_IS_REDUNDANT', `Field '${where}.${extra}' is redundant`)
}

function need(value: unknown, name: string): void {
  if (value === undefined || value === null || value === '') throw wrong('FIELD_IS_REQUIRED', `Field '${name}' is required`)
}

function few(value: unknown, most: number, where: string): [string, unknown][] {
  const entries = Object.entries(fieldsOf(value))
  if (entries.length > most) throw wrong('TOO_MANY_ITEMS', `Too many items in '${where}'`)
  const bad = entries.find(([name]) => !/^[A-Za-z0-9_-]+$/.test(name))
  if (bad) throw wrong('KEY_CONTAIN_WRONG_SYMBOLS', `Key '${bad[0]}' contains wrong symbols`)
  return entries
}

const TAGS = new Set(['warning', 'success', 'failure', 'primary', 'secondary'])
const BUTTONS = new Set(['primary', 'secondary'])
const ACTIONS = new Set(['redirect', 'restEvent', 'openRestApp'])

/** Throws what REST answers to a layout that is not right. */
export function checkLayout(layout: unknown): void {
  if (!isFields(layout) || Object.keys(layout).length === 0) throw wrong('ERROR_EMPTY_LAYOUT', 'Layout must not be empty')
  only(layout, ['icon', 'header', 'body', 'footer'], 'layout')
  const icon = fieldsOf(layout.icon)
  need(icon.code, 'layout.icon.code')
  if (!ICONS.includes(String(icon.code))) throw wrong('ENUM_FIELD', `Icon '${String(icon.code)}' does not exist`)
  const header = fieldsOf(layout.header)
  need(header.title, 'layout.header.title')
  for (const [name, tag] of few(header.tags, 2, 'header.tags')) {
    only(tag, ['type', 'title', 'action'], `header.tags.${name}`)
    if (!TAGS.has(String(fieldsOf(tag).type))) throw wrong('ENUM_FIELD', `Wrong type of tag '${name}'`)
  }
  const body = fieldsOf(layout.body)
  const { code } = fieldsOf(body.logo)
  if (code !== undefined && !LOGOS.includes(String(code))) throw wrong('ENUM_FIELD', `Logo '${String(code)}' does not exist`)
  const blocks = few(body.blocks, 20, 'body.blocks')
  if (blocks.length === 0) throw wrong('FIELD_IS_REQUIRED', "Field 'layout.body.blocks' is required")
  for (const [name, block] of blocks) {
    only(block, ['type', 'properties'], `body.blocks.${name}`)
    need(fieldsOf(block).type, `layout.body.blocks.${name}.type`)
  }
  for (const [name, button] of few(fieldsOf(layout.footer).buttons, 2, 'footer.buttons')) {
    only(button, ['title', 'type', 'scope', 'action', 'hideIfReadonly', 'sort', 'state'], `footer.buttons.${name}`)
    const fields = fieldsOf(button)
    if (!BUTTONS.has(String(fields.type))) throw wrong('ENUM_FIELD', `Wrong type of button '${name}'`)
    if (!ACTIONS.has(String(fieldsOf(fields.action).type))) throw wrong('ENUM_FIELD', `Wrong action of button '${name}'`)
  }
}
