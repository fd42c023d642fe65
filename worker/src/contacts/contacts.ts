/** Contacts: each verb is one SQL function; whoever has one of their chats open hears of a change at once. */
import * as contacts from '#contract/contacts.ts'
import type { Endpoint, ParsedOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callFor, rawFor } from '../identity/index.ts'
import { cleanName } from '../lib/clean-text.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'
import { partsOf, rowsOf } from './import.rules.ts'
import { toWholeNumber } from './phone.rules.ts'

const Rows = z.array(z.looseObject({ id: z.string() }))
const Forgets = z.array(z.object({ chatId: z.string(), into: z.string(), objectKey: z.string(), channelId: z.string() }))
const Told = z.object({ chats: Rows, messages: Rows, facts: Facts, forgets: Forgets })

/** Runs a change, tells phones of the chats behind it, and hands on what stands under `answer`. */
async function change(c: Request, row: Endpoint, fn: string, args: object, answer: 'contact' | 'result'): Promise<RawJson> {
  const { caller, result } = await callFor(c, row, fn, args)
  const found = z.looseObject({}).parse(JSON.parse(result))
  const told = Told.parse(found)
  if (told.chats.length + told.forgets.length > 0) await deskOf(c.env, caller.account.id).tell(changeEvents(told))
  return new RawJson(JSON.stringify(found[answer]))
}

/** What was typed, as it is kept. A number that is none, or not whole, is refused with the country that it was read for. */
async function fieldsOf<T extends { name?: string | undefined; phone?: string | undefined; email?: string | undefined }>(
  c: Request,
  input: T & { country?: string | undefined },
): Promise<Omit<T, 'country'>> {
  const { country: chosen, ...fields } = input
  if (fields.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields.email)) throw new Refusal('bad_request', { where: 'email' })
  const name = fields.name === undefined ? undefined : cleanName(fields.name, 120)
  if (name === '') throw new Refusal('bad_request', { where: 'name' })
  if (!fields.phone) return { ...fields, name, phone: undefined }
  const country = chosen ?? (await call(c, 'contacts.write', null, {})).caller.account.country
  const phone = toWholeNumber(fields.phone, country)
  if (phone === null) throw new Refusal('phone_invalid', { country })
  return { ...fields, name, phone }
}

/** Everything of contract/contacts.ts. */
export function contactRoutes(app: App): void {
  serve(app, contacts.listContacts, (c, input) => rawFor(c, contacts.listContacts, 'api_contacts', input))
  serve(app, contacts.getContact, (c, input) => rawFor(c, contacts.getContact, 'api_contact', input))
  serve(app, contacts.addContact, async (c, input) => {
    return rawFor(c, contacts.addContact, 'api_contact_add', await fieldsOf(c, input))
  })
  serve(app, contacts.changeContact, async (c, input) => {
    return change(c, contacts.changeContact, 'api_contact_change', await fieldsOf(c, input), 'contact')
  })
  serve(app, contacts.archiveContact, (c, input) => rawFor(c, contacts.archiveContact, 'api_contact_archive', input))
  serve(app, contacts.mergeContacts, (c, input) => change(c, contacts.mergeContacts, 'api_contacts_merge', input, 'contact'))
  serve(app, contacts.listContactIssues, (c, input) => rawFor(c, contacts.listContactIssues, 'api_contact_issues', input))
  serve(app, contacts.settleContactIssue, (c, input) => {
    return change(c, contacts.settleContactIssue, 'api_contact_issue_settle', input, 'contact')
  })
  serve(app, contacts.listContactImports, (c, input) => rawFor(c, contacts.listContactImports, 'api_contact_imports', input))
  serve(app, contacts.undoContactImport, (c, input) => {
    return change(c, contacts.undoContactImport, 'api_contact_import_undo', input, 'result')
  })
  serve(app, contacts.importContacts, importContacts)
}

type Imported = z.infer<typeof contacts.importContacts.returns>
const { importId: ImportId, rows: Outcomes } = contacts.importContacts.returns.shape
const Part = z.object({ importId: ImportId, counts: z.record(z.string(), z.number()), rows: Outcomes })

/** Part by part, each kept as it is done: whoever asks again goes on after the last one, and is told of all of them. */
async function importContacts(c: Request, input: ParsedOf<typeof contacts.importContacts>) {
  if (new Set(input.columns).size < input.columns.length || !input.columns.includes('phone'))
    throw new Refusal('bad_request', { where: 'columns' })
  const { fileName, existing, dryRun, importId: id = newId() } = input
  const parts = partsOf(rowsOf(input))
  const said: Imported = { importId: null, counts: { created: 0, updated: 0, same: 0, conflict: 0, refused: 0 }, rows: [] }
  for (const [part, rows] of parts.entries()) {
    const args = { id, part, of: parts.length, fileName, existing, dryRun, rows }
    const { text } = await change(c, contacts.importContacts, 'api_contacts_import', args, 'result')
    const { importId, counts, rows: done } = Part.parse(JSON.parse(text))
    said.importId = importId
    said.rows.push(...done)
    for (const outcome of contacts.IMPORT_OUTCOMES) said.counts[outcome] += counts[outcome] ?? 0
  }
  return said
}
