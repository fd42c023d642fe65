/** The address book of an unofficial number's phone: its list, what somebody decides about it, and reading it again. */
import * as phoneContacts from '#contract/phone-contacts.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callKnown } from '../identity/index.ts'
import type { Env } from '../lib/env.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { Refusal } from '../lib/refusal.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'
import { sessionOf } from './session-port.ts'

const READ_MS = 60_000
const Rows = z.array(z.looseObject({ id: z.string() }))
const Taken = z.object({ chats: Rows, messages: Rows, facts: Facts, jobs: z.unknown() })

/** Tells phones which chats have another name now, and has the client database hear of it. */
export async function tellTaken(env: Env, accountId: string, told: unknown): Promise<void> {
  const { jobs, ...changes } = Taken.parse(told)
  if (changes.chats.length > 0) await deskOf(env, accountId).tell(changeEvents(changes))
  await wakeJobs(env, jobs)
}

async function change(c: Request, fn: string, args: object): Promise<{ settled: number }> {
  const { caller, result } = await callKnown(c, 'channels.manage', fn, args)
  const told: unknown = JSON.parse(result)
  await tellTaken(c.env, caller.account.id, told)
  return z.object({ settled: z.number() }).parse(told)
}

/** Everything of contract/phone-contacts.ts. */
export function phoneContactRoutes(app: App): void {
  serve(app, phoneContacts.listPhoneContacts, async (c, input) => {
    const { result } = await callKnown(c, 'channels.manage', 'api_phone_contacts', input)
    return new RawJson(result)
  })
  serve(app, phoneContacts.settlePhoneContacts, (c, input) => {
    if ((input.ids === undefined) === (input.kind === undefined)) throw new Refusal('bad_request', { where: 'ids' })
    return change(c, 'api_phone_contacts_settle', input)
  })
  serve(app, phoneContacts.setPhoneContacts, (c, input) => change(c, 'api_phone_contacts_set', input))
  serve(app, phoneContacts.readPhoneContacts, async (c, { channelId }) => {
    await callKnown(c, 'channels.manage', 'api_session_act', {
      channelId,
      action: 'phone_contacts.read',
      facts: null,
    })
    const { ok } = await sessionOf(c.env, channelId).ask({ do: 'contacts' }, READ_MS)
    return { done: ok }
  })
}
