/** A template with what was given for it: the provider's own words, filled, or what is missing. Pure. */
import type { TemplateToSend } from '#contract/inbox.ts'
import {
  fieldsOfTemplate,
  fileOfTemplate,
  filledTemplate,
  isPlainValue,
  missingInTemplate,
  placesIn,
  unsendable,
  valuesOfParams,
} from '#contract/template-rules.ts'
import type { TemplateContent } from '#contract/templates.ts'
import { Refusal } from '../lib/refusal.ts'

export type KnownTemplate = { providerId: string | null; status: string; content: TemplateContent }

/** The written message of a template: its text as the customer reads it, and what the provider must be told. */
export type WrittenTemplate = { text: string; mediaId: string | undefined; extra: { template: Record<string, unknown> } }

/** Refuses template_not_approved, template_unsupported, template_incomplete (which), template_value (which), template_header. */
export function fillTemplate(template: KnownTemplate, asked: TemplateToSend): WrittenTemplate {
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
