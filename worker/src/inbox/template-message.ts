/** A template on its way out: what the provider approved of that name, filled (template.rules.ts). */
import type { TemplateToSend } from '#contract/inbox.ts'
import { TemplateContent } from '#contract/templates.ts'
import * as z from 'zod'
import { channelByKey, readTemplates, refusalOf } from '../channels/index.ts'
import type { Request } from '../http/app.ts'
import { callKnown } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { fillTemplate, type KnownTemplate, type WrittenTemplate } from './template.rules.ts'

const Known = z.object({
  key: z.string(),
  template: z.nullable(
    z.object({ providerId: z.nullable(z.string()), status: z.string(), category: z.string(), content: TemplateContent }),
  ),
})
async function find(c: Request, chatId: string, asked: TemplateToSend): Promise<z.infer<typeof Known>> {
  const { name, language } = asked
  const { result } = await callKnown(c, 'templates.send', 'api_template_to_send', { chatId, name, language })
  return Known.parse(JSON.parse(result))
}

/** One that we do not know may be new at the provider: it is asked once. */
async function knownTemplate(c: Request, chatId: string, asked: TemplateToSend): Promise<KnownTemplate & { category: string }> {
  const known = await find(c, chatId, asked)
  if (known.template) return known.template
  const channel = await channelByKey(c.env, known.key)
  const read = channel && (await readTemplates(c.env, channel))
  if (read && !read.ok) throw refusalOf(read)
  const { template } = await find(c, chatId, asked)
  if (!template) throw new Refusal('template_unknown', { name: asked.name, language: asked.language })
  return template
}

/** The message that this template becomes in this chat. `judge` refuses one of its category. */
export async function templateMessage(
  c: Request,
  chatId: string,
  asked: TemplateToSend,
  judge: (category: string) => void,
): Promise<WrittenTemplate> {
  const template = await knownTemplate(c, chatId, asked)
  judge(template.category)
  return fillTemplate(template, asked)
}
