/** Who wants to hear from the company: each verb is one SQL function; chats of that customer hear of a change at once. */
import { strangeVariable } from '#contract/automatic.ts'
import * as consents from '#contract/consents.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { hasLink } from '#contract/policy.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callFor, rawFor } from '../identity/index.ts'
import { cleanName } from '../lib/clean-text.ts'
import { Refusal } from '../lib/refusal.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'
import { toWholeNumber } from './phone.rules.ts'

const Rows = z.array(z.looseObject({ id: z.string() }))
const Told = z.object({ chats: Rows, messages: Rows, facts: Facts, seen: z.unknown() })

async function run(c: Request, row: Endpoint, fn: string, args: object): Promise<{ accountId: string; result: string }> {
  const { caller, result } = await callFor(c, row, fn, args)
  return { accountId: caller.account.id, result }
}

/** Runs a change and tells phones of the chats that it is about. */
async function change(c: Request, row: Endpoint, fn: string, args: object): Promise<RawJson> {
  const { accountId, result } = await run(c, row, fn, args)
  const { seen, ...told } = Told.parse(JSON.parse(result))
  if (told.chats.length > 0) await deskOf(c.env, accountId).tell(changeEvents(told))
  return new RawJson(JSON.stringify(seen))
}

/** Words are compared as the database does: letters and figures only. */
const plainly = (word: string) =>
  word
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Refuses words by which nobody can say no, or by which one says both. */
export function refuseBadWords({ outWords, inWords }: { outWords: string[]; inWords: string[] }): void {
  const [out, yes] = [outWords.map(plainly), inWords.map(plainly)]
  if (out.length === 0 || [...out, ...yes].includes('') || out.some((word) => yes.includes(word)))
    throw new Refusal('words_invalid')
}

const Policy = z.object({ settings: z.object({ allowLinks: z.boolean() }) })

async function changeWords(c: Request, input: z.output<typeof consents.changeChannelConsent.input>): Promise<RawJson> {
  const row = consents.changeChannelConsent
  refuseBadWords(input)
  for (const text of [input.outReply, input.inReply]) {
    const name = strangeVariable('greeting', text)
    if (name !== null) throw new Refusal('variable_unknown', { name })
  }
  if (hasLink(`${input.outReply} ${input.inReply}`)) {
    const { result } = await run(c, row, 'api_channel', { channelId: input.channelId })
    if (!Policy.parse(JSON.parse(result)).settings.allowLinks) throw new Refusal('link_not_allowed')
  }
  return rawFor(c, row, 'api_channel_consent_set', input)
}

/** Everything of contract/consents.ts. */
export function consentRoutes(app: App): void {
  serve(app, consents.listConsents, (c, input) => rawFor(c, consents.listConsents, 'api_consents', input))
  serve(app, consents.listContactConsents, (c, input) => {
    return rawFor(c, consents.listContactConsents, 'api_contact_consents', input)
  })
  serve(app, consents.setConsent, (c, input) => change(c, consents.setConsent, 'api_consent_set', input))
  serve(app, consents.addConsent, async (c, { country: chosen, name, ...input }) => {
    const country = chosen ?? (await call(c, 'consents.manage', null, {})).caller.account.country
    const phone = toWholeNumber(input.phone, country)
    if (phone === null) throw new Refusal('phone_invalid', { country })
    return change(c, consents.addConsent, 'api_consent_add', { ...input, phone, name: cleanName(name ?? '', 120) })
  })
  serve(app, consents.importConsents, (c, { rows, country, ...input }) => {
    const judged = rows.map(({ phone: typed, name }, n) => {
      const phone = toWholeNumber(typed, country)
      const why = typed.trim() === '' ? 'phone_missing' : phone === null ? 'phone_invalid' : null
      return { n, phone, name: cleanName(name ?? '', 120), why }
    })
    return change(c, consents.importConsents, 'api_consents_import', { ...input, rows: judged })
  })
  serve(app, consents.getChannelConsent, (c, input) => rawFor(c, consents.getChannelConsent, 'api_channel_consent', input))
  serve(app, consents.changeChannelConsent, changeWords)
}
