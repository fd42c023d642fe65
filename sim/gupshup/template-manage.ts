/** Making, changing and deleting templates as a partner, and the samples of their headers: reference/gupshup.md §4. */
import { randomUUID } from 'node:crypto'
import { fieldsOf, jsonIn, listOf, textOf } from '../lib/fields.ts'
import { bodyForm, fieldOf, json } from '../lib/http.ts'
import type { Choice, GupshupNumber } from '../model.ts'
import type { Call, Handled } from '../provider.ts'
import { handIn } from '../template-review.ts'
import { keepTemplate, templatesOf } from '../kept-templates.ts'
import { gupshupTemplateId, variablesOf } from '../templates.ts'
import type { Template } from '../model.ts'
import { templateNode } from './account.ts'
import { refused, success } from './answers.ts'

type GupshupCall = Call<GupshupNumber>

export async function createTemplate({ sim, number, asked }: GupshupCall): Promise<Handled> {
  const template = templateIn(await bodyForm(asked))
  if (typeof template === 'string') return refused(400, template)
  const isThere = templatesOf(sim, number.id).some(
    ({ name, language }) => name === template.name && language === template.language,
  )
  if (isThere) return refused(400, 'Template Already exists with same namespace and elementName and languageCode')
  handIn(sim, number, template)
  return success({ template: templateNode(number, template) })
}

export async function editTemplate({ sim, number, asked, names }: GupshupCall): Promise<Handled> {
  const known = templatesOf(sim, number.id).find((each) => gupshupTemplateId(number.id, each) === names.templateId)
  if (!known) return refused(400, 'Template not found')
  const template = templateIn(await bodyForm(asked))
  if (typeof template === 'string') return refused(400, template)
  handIn(sim, number, { ...template, name: known.name, language: known.language })
  return success({})
}

export function deleteTemplate({ sim, number, names }: GupshupCall): Handled {
  const meant = templatesOf(sim, number.id).filter(({ name }) => name === names.name)
  if (meant.length === 0) return refused(400, 'Template not found')
  for (const each of meant) keepTemplate(sim, number.id, each, true)
  return success({})
}

export async function uploadSample({ asked }: GupshupCall): Promise<Handled> {
  const file = (await bodyForm(asked))?.get('file')
  if (!file || typeof file === 'string' || file.size === 0) return refused(400, 'file is required', { what: 'media' })
  return {
    reply: json(200, { status: 'success', handleId: { message: `4::${randomUUID()}` } }),
    note: { what: 'media', processed: true },
  }
}

function templateIn(form: FormData | undefined): Template | string {
  const field = (name: string) => fieldOf(form, name)
  const [name, language, body, example] = [field('elementName'), field('languageCode'), field('content'), field('example')]
  const category = (['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const).find((one) => one === field('category'))
  if (!/^[a-z0-9_]+$/.test(name) || language === '' || !category) return 'Invalid Template Details'
  if (body === '' || example === '') return 'Example is required'
  const type = (['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT'] as const).find((one) => one === field('templateType'))
  if (!type) return 'Invalid template type'
  if (type !== 'TEXT' && !field('exampleMedia').startsWith('4::')) return 'exampleMedia is required'
  const samples = [...example.matchAll(/\[(.*?)\]/g)].map(([, sample = '']) => sample)
  if (samples.length < variablesOf(body).length) return 'Example does not match the content'
  const header = type === 'TEXT' ? (field('header') === '' ? null : { format: type, text: field('header') }) : { format: type }
  const buttons = listOf(jsonIn(field('buttons'))).map((each, index) => choiceOf(fieldsOf(each), index))
  const named = variablesOf(body).some((variable) => !/^\d+$/.test(variable))
  const format = named ? 'NAMED' : 'POSITIONAL'
  return { name, language, category, status: 'PENDING', format, header, body, samples, footer: field('footer') || null, buttons }
}

function choiceOf({ text, url }: ReturnType<typeof fieldsOf>, index: number): Choice {
  const address = textOf(url)
  return { id: `b${index}`, title: textOf(text) ?? '', ...(address !== undefined && { url: address }) }
}
