/** Clients of the company's own database: asked live, kept for the time when it is away, written through. */
import * as clients from '#contract/clients.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import type { Permission } from '#contract/permissions.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callKnown, type Caller } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { typedValue, type ClientRow, type Scalar } from './client-map.rules.ts'
import {
  addRemote,
  changeRemote,
  findRemote,
  listRemote,
  type Outcome,
  type Source,
  type SourceFailure,
} from './client-remote.ts'
import { Inner, opened, sealedSecret, typed } from './client-source.ts'
import { toWholeNumber } from './phone.rules.ts'

const Kept = z.object({ items: z.array(clients.Client), fields: z.array(clients.ShownField) })
type Kept = z.infer<typeof Kept>
const Asked = z.object({ phone: z.nullable(z.string()), document: z.nullable(z.string()), source: Inner })

async function shaped(c: Request, may: Permission, fn: string, args: object): Promise<Kept> {
  const { result } = await callKnown(c, may, fn, args)
  return Kept.parse(JSON.parse(result))
}

/** Keeps what was just read, and gives it as this caller may see it. */
function keep(c: Request, may: Permission, rows: readonly ClientRow[]): Promise<Kept> {
  const readAt = new Date().toISOString()
  return shaped(c, may, 'api_clients_keep', { rows: rows.map((row) => ({ ...row, readAt })) })
}

function refuse({ failure, status }: { failure: SourceFailure; status: number | null }): never {
  if (failure === 'not_found') throw new Refusal('not_found')
  if (failure === 'unreachable') throw new Refusal('clients_unreachable', { status }, 5)
  throw new Refusal('clients_refused', { failure, status })
}

async function clientOfContact(c: Request, { contactId }: { contactId: string }): Promise<clients.FoundClient> {
  const { caller, result } = await callKnown(c, 'clients.read', 'api_client_inner', { contactId })
  const { phone, document, source } = Asked.parse(JSON.parse(result))
  if (!source) return { connected: false, client: null, fields: [], stale: null }
  const found = await findRemote(await opened(c, caller, source), phone, document)
  const { items, fields } = found.ok
    ? await keep(c, 'clients.read', found.client ? [found.client] : [])
    : await shaped(c, 'clients.read', 'api_client_cached', { contactId })
  return { connected: true, client: items[0] ?? null, fields, stale: found.ok ? null : found.failure }
}

/** What a quick reply may use of the client behind a chat. `nobody`: their database has no such client, whatever is kept. */
export type Freshness = 'fresh' | 'stale' | 'nobody'

/** Reads the client behind a chat anew, before a text is filled with their data. Quick: somebody waits for it. */
export async function refreshClientOf(c: Request, chatId: string): Promise<Freshness> {
  const { caller, result } = await call(c, 'messages.send', 'api_client_inner', { chatId })
  if (result === null || !('clients.read' in caller.sight.grants)) return 'nobody'
  const { phone, document, source } = Asked.parse(JSON.parse(result))
  if (!source) return 'nobody'
  const found = await findRemote({ ...(await opened(c, caller, source)), isHasty: true }, phone, document)
  if (!found.ok) return 'stale'
  if (!found.client) return 'nobody'
  await keep(c, 'messages.send', [found.client])
  return 'fresh'
}

async function connected(c: Request, may: Permission): Promise<{ caller: Caller; source: Source | null }> {
  const { caller, result } = await call(c, may, 'api_client_source_inner', {})
  const { source } = z.object({ source: Inner }).parse(JSON.parse(result ?? '{}'))
  return { caller, source: source && (await opened(c, caller, source)) }
}

async function listClients(c: Request, { q, cursor }: ParsedOf<typeof clients.listClients>) {
  const { source } = await connected(c, 'clients.write')
  if (!source) return { connected: false, items: [], fields: [], next: null, stale: null }
  const words = q?.trim()
  const phone = words && /^[-+() 0-9.]{7,}$/.test(words) ? toWholeNumber(words, source.country) : null
  const page = await listRemote(source, phone ? { phone, cursor } : { words, cursor })
  const kept = page.ok
    ? await keep(c, 'clients.write', page.clients)
    : await shaped(c, 'clients.write', 'api_clients_cached', { q: words })
  return { connected: true, ...kept, next: page.ok ? page.next : null, stale: page.ok ? null : page.failure }
}

type Typed = ParsedOf<typeof clients.addClient>['values']

/** What was typed as their database takes it. Refuses a field that this caller may not write, naming it. */
function valuesOf(given: Typed, { settings }: Source, { sight }: Caller): Record<string, Scalar | null> {
  const values = Object.entries(given).map(([key, text]): [string, Scalar | null] => {
    const field = settings.fields.find((one) => one.key === key)
    if (!field) throw new Refusal('bad_request', { where: key })
    if (!field.editable || (field.sensitive && !('clients.sensitive' in sight.grants)))
      throw new Refusal('forbidden', { where: key })
    const value = typedValue(text, field)
    if (value === undefined) throw new Refusal('bad_request', { where: key })
    return [key, value]
  })
  return Object.fromEntries(values)
}

async function ready(c: Request, given: Typed) {
  const { caller, source } = await connected(c, 'clients.write')
  if (!source) throw new Refusal('clients_not_connected')
  return { source, values: valuesOf(given, source, caller) }
}

/** Notes who wrote what; names of fields only where a value is not for everybody. */
async function note(c: Request, action: string, client: ClientRow, names: string[]): Promise<void> {
  const after = { fields: names.join(', ') }
  await call(c, 'clients.write', 'api_client_noted', {
    action,
    clientId: client.clientId,
    name: client.texts['titular'],
    before: null,
    after,
  })
}

async function keptOne(c: Request, outcome: Outcome<{ client: ClientRow | null }>) {
  if (!outcome.ok) return refuse(outcome)
  const { items } = await keep(c, 'clients.write', outcome.client ? [outcome.client] : [])
  return items[0] ?? null
}

async function addClient(c: Request, { phone, values: given }: ParsedOf<typeof clients.addClient>) {
  const { source, values } = await ready(c, given)
  const digits = toWholeNumber(phone, source.country)
  if (!digits) throw new Refusal('phone_invalid', { country: source.country })
  const outcome = await addRemote(source, digits, values)
  const client = await keptOne(c, outcome)
  if (!client || !outcome.ok) throw new Refusal('clients_refused')
  await note(c, 'client.added', outcome.client, Object.keys(values))
  return client
}

async function changeClient(c: Request, { clientId, version, values: given }: ParsedOf<typeof clients.changeClient>) {
  const { source, values } = await ready(c, given)
  const outcome = await changeRemote(source, clientId, version, values)
  if (!outcome.ok) return refuse(outcome)
  const { client, conflict } = outcome
  const shown = await keptOne(c, { ok: true, client: client ?? conflict })
  if (client) await note(c, 'client.changed', client, Object.keys(values))
  return client ? { client: shown, conflict: null } : { client: null, conflict: shown }
}

async function testSource(c: Request, input: ParsedOf<typeof clients.testClientSource>) {
  const { caller, source } = await typed(c, input)
  const phone = input.phone ? toWholeNumber(input.phone, source.country) : null
  if (input.phone && phone === null) throw new Refusal('phone_invalid', { country: source.country })
  const found = phone === null ? await firstOf(source) : await findRemote(source, phone, null)
  if (!found.ok) return { failure: found.failure, status: found.status, client: null }
  if (!found.client) return { failure: 'not_found' as const, status: null, client: null }
  const { clientId, data, texts, version, phone: theirs } = found.client
  const mayAll = 'clients.sensitive' in caller.sight.grants
  const values = source.settings.fields.map(({ key, sensitive }) => {
    const isOpen = mayAll || !sensitive
    return [key, { text: isOpen ? (texts[key] ?? null) : '•••', value: isOpen ? (data[key] ?? null) : null }] as const
  })
  const client = { clientId, phone: theirs, version, values: Object.fromEntries(values), readAt: new Date().toISOString() }
  return { failure: null, status: null, client }
}

async function firstOf(source: Source): Promise<Outcome<{ client: ClientRow | null }>> {
  const page = await listRemote(source, {})
  return page.ok ? { ok: true, client: page.clients[0] ?? null } : page
}

/** Everything of contract/clients.ts. */
export function clientRoutes(app: App): void {
  serve(app, clients.getClientSource, async (c) => {
    const { result } = await call(c, 'clients.manage', 'api_client_source', {})
    return new RawJson(result ?? '{"source":null}')
  })
  serve(app, clients.changeClientSource, async (c, input) => {
    const { caller, source, isKept } = await typed(c, input)
    const sealed = source.secret === null || isKept ? null : await sealedSecret(c.env, caller.account.id, source.secret)
    const args = { settings: source.settings, ...(isKept ? {} : { sealed }) }
    const { result } = await call(c, 'clients.manage', 'api_client_source_set', args)
    return new RawJson(result ?? 'null')
  })
  serve(app, clients.testClientSource, testSource)
  serve(app, clients.getClientOfContact, clientOfContact)
  serve(app, clients.listClients, listClients)
  serve(app, clients.addClient, addClient)
  serve(app, clients.changeClient, changeClient)
}
