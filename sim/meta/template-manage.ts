/** Making, changing and deleting templates at the simulated Graph, and the samples of their headers: reference §12, §14. */
import { randomUUID } from 'node:crypto'
import { fieldsOf, jsonIn, listOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { json } from '../lib/http.ts'
import { saveMedia } from '../media.ts'
import type { Choice, MetaNumber } from '../model.ts'
import type { Call, Handled } from '../provider.ts'
import { handIn } from '../template-review.ts'
import { keepTemplate, templatesOf } from '../kept-templates.ts'
import { metaTemplateId, variablesOf } from '../templates.ts'
import type { Template } from '../model.ts'
import { graphError, invalid, noSuchObject } from './answers.ts'

type MetaCall = Call<MetaNumber>

export function createTemplate({ sim, names, number, asked }: MetaCall): Handled {
  if (names.id !== number.wabaId) return notThere(names.id ?? '', 'POST')
  const body = fieldsOf(jsonIn(asked.body.toString('utf8')))
  const template = templateIn(body)
  if (typeof template === 'string') return wrong(template)
  const { name, language } = template
  if (templatesOf(sim, number.wabaId).some((each) => each.name === name && each.language === language)) {
    return wrong(
      'There is already content in this language for this template.',
      'Content in this language already exists',
      2388024,
    )
  }
  handIn(sim, number, template)
  const reply = json(200, { id: metaTemplateId(number.wabaId, template), status: 'PENDING', category: template.category })
  return { reply, note: { processed: true } }
}

export function editTemplate({ sim, names, number, asked }: MetaCall): Handled {
  const known = templatesOf(sim, number.wabaId).find((each) => metaTemplateId(number.wabaId, each) === names.id)
  if (!known) return notThere(names.id ?? '', 'POST')
  if (known.status === 'PENDING') return wrong('Message template cannot be edited while it is in review.', 'Template in review')
  const body = fieldsOf(jsonIn(asked.body.toString('utf8')))
  const changed = templateIn({
    name: known.name,
    language: known.language,
    category: known.category,
    parameter_format: known.format,
    ...body,
  })
  if (typeof changed === 'string') return wrong(changed)
  handIn(sim, number, changed)
  return { reply: json(200, { success: true }), note: { processed: true } }
}

export function deleteTemplate({ sim, names, number, asked }: MetaCall): Handled {
  if (names.id !== number.wabaId) return notThere(names.id ?? '', 'DELETE')
  const [name, id] = [asked.query.get('name'), asked.query.get('hsm_id')]
  const meant = templatesOf(sim, number.wabaId).filter(
    (each) => each.name === name && (id === null || metaTemplateId(number.wabaId, each) === id),
  )
  if (meant.length === 0) return wrong('Message template was not found')
  for (const each of meant) keepTemplate(sim, number.wabaId, each, true)
  return { reply: json(200, { success: true }), note: { processed: true } }
}

/** `POST /app/uploads`: the session of a resumable upload. */
export function openUpload({ asked }: MetaCall): Handled {
  if (!asked.query.get('file_type') || !Number(asked.query.get('file_length')))
    return wrong('file_type and file_length are required')
  return { reply: json(200, { id: `upload:${randomUUID()}` }), note: { what: 'media', processed: true } }
}

/** `POST /upload:…`: its bytes; the handle goes into a template. */
export function takeUpload({ sim, number, asked }: MetaCall): Handled {
  if (asked.headers.file_offset !== '0' || asked.body.length === 0) return wrong('file_offset and the bytes are required')
  const { id } = saveMedia(sim, number.id, new Uint8Array(asked.body), mimeOf(asked.body), null)
  return { reply: json(200, { h: `4::${id}` }), note: { what: 'media', processed: true } }
}

/** By its first bytes, as Graph judges an upload. */
function mimeOf(bytes: Buffer): string {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  return bytes.subarray(1, 4).toString('latin1') === 'PNG' ? 'image/png' : 'application/octet-stream'
}

/** A template as it was handed in; or why it is none, in Graph's words. */
function templateIn(body: Fields): Template | string {
  const [name, language] = [textOf(body.name) ?? '', textOf(body.language) ?? '']
  const category = (['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const).find((one) => one === body.category)
  if (!/^[a-z0-9_]{1,512}$/.test(name)) return 'Template name can only have lowercase letters and underscores.'
  if (language === '' || !category) return 'Parameter value is not valid'
  const parts = listOf(body.components).map(fieldsOf)
  const part = (type: string) => fieldsOf(parts.find((each) => each.type === type))
  const text = textOf(part('BODY').text) ?? ''
  if (text === '' || text.length > 1024) return 'Message body is missing or too long.'
  const samples = samplesIn(fieldsOf(part('BODY').example))
  if (samples.length !== variablesOf(text).length) return 'Message templates with variables need sample values.'
  const header = headerIn(part('HEADER'))
  if (typeof header === 'string') return header
  const footer = textOf(part('FOOTER').text) ?? null
  const buttons = listOf(part('BUTTONS').buttons).map((each, index) => choiceOf(fieldsOf(each), index))
  const format = body.parameter_format === 'NAMED' ? 'NAMED' : 'POSITIONAL'
  return { name, language, category, status: 'PENDING', format, header, body: text, samples, footer, buttons }
}

function samplesIn(example: Fields): string[] {
  const named = listOf(example.body_text_named_params).map((each) => textOf(fieldsOf(each).example) ?? '')
  const list = named.length > 0 ? named : listOf(listOf(example.body_text)[0]).map((each) => textOf(each) ?? '')
  return list.filter((each) => each !== '')
}

function headerIn(part: Fields): Template['header'] | string {
  const format = (['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT'] as const).find((one) => one === part.format)
  if (!format) return null
  if (format === 'TEXT') return { format, text: textOf(part.text) ?? '' }
  const [handle] = listOf(fieldsOf(part.example).header_handle)
  return textOf(handle)?.startsWith('4::') === true
    ? { format }
    : 'Templates with a media header need an example (header_handle).'
}

function choiceOf({ text, url }: Fields, index: number): Choice {
  const address = textOf(url)
  return { id: `b${index}`, title: textOf(text) ?? '', ...(address !== undefined && { url: address }) }
}

function wrong(words: string, title = 'Invalid parameter', subcode = 2388073): Handled {
  const error = { ...invalid({ message: 'Invalid parameter' }), subcode }
  const reply = graphError(error)
  const body = fieldsOf(jsonIn(String(reply.body)))
  const told = { ...fieldsOf(body.error), error_user_title: title, error_user_msg: words }
  return { reply: { ...reply, body: JSON.stringify({ error: told }) }, note: { errorCode: 100 } }
}

function notThere(id: string, method: string): Handled {
  return { reply: graphError(noSuchObject(id, method)), note: { errorCode: 100 } }
}
