/** Hours of a number and what it says by itself. Each number has its own; departments may say something else. */
import { AUTOMATIC_RULES, strangeVariable } from '#contract/automatic.ts'
import * as settings from '#contract/channel-settings.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { hoursProblem } from '#contract/hours.ts'
import { hasLink } from '#contract/policy.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callFor } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { channelByKey } from './lines.ts'

const run = async (c: Request, row: Endpoint, fn: string, args: object): Promise<string> =>
  (await callFor(c, row, fn, args)).result

/** A rule that is on has words, and names only what will be known when it is sent. */
function refuseBadTexts(texts: settings.AutomaticTexts): void {
  for (const rule of AUTOMATIC_RULES) {
    const { on, text } = texts[rule]
    if (on && text.trim() === '') throw new Refusal('text_missing', { rule })
    const name = strangeVariable(rule, text)
    if (name !== null) throw new Refusal('variable_unknown', { name, rule })
  }
}

const Inner = z.object({ key: z.string() })
const Policy = z.object({ settings: z.object({ allowLinks: z.boolean() }) })

/** Content policy is the number's: said when the text is written, and again when it is sent. */
async function refuseLinks(c: Request, channelId: string, texts: settings.AutomaticTexts): Promise<void> {
  if (!AUTOMATIC_RULES.some((rule) => texts[rule].on && hasLink(texts[rule].text))) return
  const row = await run(c, settings.changeChannelTexts, 'api_channel', { channelId })
  if (!Policy.parse(JSON.parse(row)).settings.allowLinks) throw new Refusal('link_not_allowed')
}

/** Everything of contract/channel-settings.ts that is written in our own database. */
export function ownSettingsRoutes(app: App): void {
  serve(app, settings.getChannelOwn, async (c, input) => {
    return new RawJson(await run(c, settings.getChannelOwn, 'api_channel_own', input))
  })
  serve(app, settings.changeChannelHours, async (c, input) => {
    const problem = hoursProblem(input.hours)
    if (problem) throw new Refusal(problem)
    const changed = await run(c, settings.changeChannelHours, 'api_channel_hours_set', input)
    // Hooks that come now are judged by the new hours here; elsewhere within the seconds that a number is remembered for.
    const { key } = Inner.parse(JSON.parse(await run(c, settings.changeChannelHours, 'api_channel_inner', input)))
    await channelByKey(c.env, key, 0)
    return new RawJson(changed)
  })
  serve(app, settings.changeChannelTexts, async (c, input) => {
    refuseBadTexts(input.texts)
    await refuseLinks(c, input.channelId, input.texts)
    return new RawJson(await run(c, settings.changeChannelTexts, 'api_channel_texts_set', input))
  })
  serve(app, settings.changeDepartmentTexts, async (c, input) => {
    refuseBadTexts(input.texts)
    return new RawJson(await run(c, settings.changeDepartmentTexts, 'api_department_texts_set', input))
  })
}
