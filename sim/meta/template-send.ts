/** A template on its way out: does it exist, do its parameters fit, and how does it read. */
import { fieldsOf, listOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import type { MetaNumber, SimMessage } from '../model.ts'
import type { Sim } from '../sim.ts'
import { templatesOf } from '../kept-templates.ts'
import { rendered, variablesOf } from '../templates.ts'
import type { Template } from '../model.ts'
import { invalid, numbered } from './answers.ts'
import type { GraphError } from './answers.ts'
import type { OutgoingMedia } from './content.ts'

type TemplateContent = { message: Partial<SimMessage>; media: OutgoingMedia | undefined }

/** What the template shows, or Graph's refusal (132xxx). */
export function templateContent(sim: Sim, number: MetaNumber, fields: Fields): TemplateContent | GraphError {
  const name = textOf(fields.name) ?? ''
  const language = textOf(fieldsOf(fields.language).code) ?? ''
  const template = templatesOf(sim, number.wabaId).find((each) => each.name === name && each.language === language)
  if (!template || template.status === 'REJECTED' || template.status === 'PENDING') {
    return numbered(
      132001,
      'Template name does not exist in the translation',
      `template name (${name}) does not exist in ${language}`,
      404,
    )
  }
  if (template.status === 'PAUSED')
    return numbered(132015, 'Template is paused', `Template ${name} is paused due to low quality.`)
  const components = listOf(fields.components).map(fieldsOf)
  const values = bodyValues(template, components)
  if (!(values instanceof Map)) return values
  const header = headerOf(sim, number, template, components)
  if (header && 'code' in header) return header
  const url = urlProblem(template, components)
  if (url) return url
  const text = rendered(template.body, values)
  const category = template.category.toLowerCase()
  const shown: Partial<SimMessage> = {
    kind: 'template',
    text,
    header: template.header?.text ?? null,
    footer: template.footer,
    choices: [...template.buttons],
  }
  return { message: { ...shown, category, mediaId: header?.id ?? null }, media: header }
}

function bodyValues(template: Template, components: Fields[]): Map<string, string> | GraphError {
  const expected = variablesOf(template.body)
  const given = parametersOf(components, 'body')
  if (given.length !== expected.length) {
    const details = `body: number of localizable_params (${given.length}) does not match the expected number of params (${expected.length})`
    return numbered(132000, 'Number of parameters does not match the expected number of params', details)
  }
  const values = new Map<string, string>()
  for (const [index, parameter] of given.entries()) {
    const value = textOf(parameter.text) ?? ''
    const name = template.format === 'NAMED' ? textOf(parameter.parameter_name) : expected[index]
    if (name === undefined || !expected.includes(name)) {
      return invalid({ message: 'Invalid parameter', details: 'Parameter name is missing or empty' })
    }
    if (value === '' || /[\n\t]| {5,}/.test(value)) {
      const details = 'Param text cannot be empty or have new-line/tab characters or more than 4 consecutive spaces'
      return numbered(132012, 'Parameter format does not match format in the created template', details)
    }
    values.set(name, value)
  }
  return values
}

/** A header with a file must always be given one (§7). */
function headerOf(
  sim: Sim,
  number: MetaNumber,
  template: Template,
  components: Fields[],
): OutgoingMedia | GraphError | undefined {
  const format = template.header?.format.toLowerCase()
  if (format !== 'image' && format !== 'document' && format !== 'video') return undefined
  const [parameter] = parametersOf(components, 'header')
  const file = fieldsOf(parameter?.[format])
  if (parameter?.type !== format || (file.id === undefined && file.link === undefined)) {
    const details = `header: Format mismatch, expected ${format.toUpperCase()}, received ${String(parameter?.type ?? 'UNKNOWN').toUpperCase()}`
    return numbered(132012, 'Parameter format does not match format in the created template', details)
  }
  const id = textOf(file.id)
  if (id !== undefined && sim.world.media.get(id)?.numberId !== number.id) {
    return invalid({ message: 'Invalid parameter', details: `Media ID ${id} not found or does not belong to this phone number.` })
  }
  return { type: format, id, link: textOf(file.link), name: textOf(file.filename) }
}

/** A button with a variable in its address must be given the rest of it (§7). */
function urlProblem(template: Template, components: Fields[]): GraphError | null {
  const wanting = template.buttons.findIndex(({ url }) => url?.includes('{{') === true)
  if (wanting < 0) return null
  const given = components.find((each) => textOf(each.type) === 'button' && textOf(each.index) === String(wanting))
  if (given && textOf(fieldsOf(listOf(given.parameters)[0]).text)) return null
  const details = `buttons: Button at index ${wanting} of type Url requires a parameter`
  return numbered(131008, 'Required parameter is missing', details)
}

function parametersOf(components: Fields[], type: string): Fields[] {
  const component = components.find((each) => textOf(each.type)?.toLowerCase() === type)
  return listOf(component?.parameters).map(fieldsOf)
}
