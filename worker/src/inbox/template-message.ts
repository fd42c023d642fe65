/** A template on its way out: what the provider approved, filled with what was given, and refused where something is missing. */
import type { TemplateToSend } from '#contract/inbox.ts'
import {
  fileOfTemplate,
  filledTemplate,
  isPlainValue,
  missingInTemplate,
  fieldsOfTemplate,
  placesIn,
  unsendable,
  valuesOfParams,
} from '#contract/template-rules.ts'
import { TemplateContent } from '#contract/templates.ts'
import * as z from 'zod'
import { channelByKey, readTemplates, refusalOf } from '../channels/index.ts'
import type { Request } from '../http/app.ts'
import { call } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'

const Known = z.object({
  key: z.string(),
  template: z.nullable(z.object({ providerId: z.nullable(z.string()), status: z.string(), content: TemplateContent })),
})
type Template = NonNullable<z.infer<typeof Known>['template']>

/** The written message of a template: its text as the customer reads it, and what the provider must be told. */
export type WrittenTemplate = { text: string; mediaId: string | undefined; extra: { template: Record<string, unknown> } }

async function find(c: Request, chatId: string, asked: TemplateToSend): Promise<z.infer<typeof Known>> {
  const { name, language } = asked
  const { result } = await call(c, 'templates.send', 'api_template_to_send', { chatId, name, language })
  if (result === null) throw new Refusal('not_found')
  return Known.parse(JSON.parse(result))
}

/** One that we do not know may be new at the provider: it is asked once. */
async function knownTemplate(c: Request, chatId: string, asked: TemplateToSend): Promise<Template> {
  const known = await find(c, chatId, asked)
  if (known.template) return known.template
  const channel = await channelByKey(c.env, known.key)
  const read = channel && (await readTemplates(c.env, channel))
  if (read && !read.ok) throw refusalOf(read)
  const { template } = await find(c, chatId, asked)
  if (!template) throw new Refusal('template_unknown', { name: asked.name, language: asked.language })
  return template
}

/** Refuses template_unknown, template_not_approved, template_unsupported, template_incomplete (which), template_value (which), template_header. */
export function fillTemplate(template: Template, asked: TemplateToSend): WrittenTemplate {
  const { content, status, providerId } = template
  const { name, language, params, headerMediaId } = asked
  if (status !== 'approved') throw new Refusal('template_not_approved', { name, status })
  const part = unsendable(content)
  if (part !== null) throw new Refusal('template_unsupported', { part })
  const values = valuesOfParams(content, asked)
  const missing = missingInTemplate(content, values)
  if (missing.length > 0) throw new Refusal('template_incomplete', { missing: missing.map((field) => field.name).join(', ') })
  const places = placesIn(content.body)
  if (params.length !== places.length)
    throw new Refusal('template_incomplete', { missing: '', expected: places.length, found: params.length })
  const wrong = fieldsOfTemplate(content).find(({ key }) => !isPlainValue(values[key] ?? ''))
  if (wrong) throw new Refusal('template_value', { name: wrong.name })
  const file = fileOfTemplate(content)
  if ((file !== null) !== (headerMediaId !== undefined)) throw new Refusal('template_header', { kind: file })

  const { body, header, footer, buttons } = filledTemplate(content, values)
  const headerName = content.header?.kind === 'text' ? placesIn(content.header.text)[0] : undefined
  return {
    text: body,
    // Also a file of the message: so it is shown in the chat, and read by whoever reads that.
    mediaId: headerMediaId,
    extra: {
      template: {
        ...{ name, language, params: params.map((value) => value.trim()) },
        ...(providerId === null ? {} : { providerId }),
        ...(content.format === 'named' ? { names: places } : {}),
        ...(headerMediaId === undefined ? {} : { headerMediaId }),
        ...(headerName === undefined ? {} : { headerText: asked.headerText?.trim(), headerName }),
        ...(asked.buttons ? { buttons: asked.buttons.flatMap((button) => buttonOf(content, button)) } : {}),
        shown: { header, footer, buttons },
      },
    },
  }
}

function buttonOf({ buttons }: TemplateContent, { index, text }: { index: number; text: string }): object[] {
  const kind = buttons[index]?.kind
  return kind === 'url' || kind === 'copy_code' ? [{ index, kind, text: text.trim() }] : []
}

/** The message that this template becomes in this chat. */
export async function templateMessage(c: Request, chatId: string, asked: TemplateToSend): Promise<WrittenTemplate> {
  return fillTemplate(await knownTemplate(c, chatId, asked), asked)
}
