/** A company in the middle of its day: something of everything, so that no screen is looked at empty. */
import type { DemoFile } from '../scripts/house.ts'
import { expect, personOf } from './demo.ts'
import { aCustomer, aDeadEvent, ofNobody } from './money.ts'
import { sql, type Simulators } from './outside.ts'

export type World = { chatId: string; channelId: string; portalId: string; customerId: string; name: string }

const MINUTE = 60_000
const [ROSA, ROSA_PHONE] = ['Rosa Huamán', '593987654321']

type Line = { minutesAgo: number; text?: string; kind?: string }
/** Who writes, to which of the three numbers, and what was said; `echo` is our own phone's answer. */
const STORIES: { name: string; phone: string; number: number; lines: Line[] }[] = [
  {
    ...{ name: 'Wilson Guamán Tituaña', phone: '593991204417', number: 0 },
    lines: [{ minutesAgo: 78, text: 'Ya hice el depósito, ¿me confirma por favor?' }],
  },
  {
    ...{ name: 'Nelly Sarango', phone: '593984471029', number: 1 },
    lines: [
      { minutesAgo: 24, text: 'Buenos días' },
      { minutesAgo: 23, text: 'Quisiera saber cuánto debo todavía' },
    ],
  },
  {
    ...{ name: ROSA, phone: ROSA_PHONE, number: 0 },
    lines: [
      { minutesAgo: 22, text: 'Buenas tardes, soy Rosa. Le escribo por la cuota de noviembre' },
      { minutesAgo: 19, kind: 'echo', text: 'Buenas tardes, señora Rosa. Con gusto la reviso.' },
      { minutesAgo: 9, text: 'Gracias. Le mando la foto del comprobante' },
      { minutesAgo: 8, kind: 'image' },
      { minutesAgo: 7, kind: 'document' },
      { minutesAgo: 6, kind: 'voice' },
    ],
  },
  { ...{ name: 'Édgar Ñahui', phone: '51986220145', number: 2 }, lines: [{ minutesAgo: 4, kind: 'voice' }] },
  {
    ...{ name: 'María José Íñiguez de la Torre Maldonado', phone: '593979903316', number: 1 },
    lines: [
      { minutesAgo: 51, text: '¿Puedo pagar el lunes?' },
      { minutesAgo: 46, kind: 'echo', text: 'Claro que sí, queda anotado para el lunes.' },
    ],
  },
]

type Role = 'administrator' | 'supervisor' | 'agent'
type Ask = (method: string, path: string, body?: object) => Promise<unknown>

/** The API as one of the company's people. What is there already may be there. */
async function asPerson(demo: DemoFile, role: Role): Promise<Ask> {
  const { email, password } = personOf(demo, role)
  const ask = async (method: string, path: string, body?: object, token?: string): Promise<unknown> => {
    const response = await fetch(`${demo.address}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    expect([200, 409], `${method} ${path}: ${await response.clone().text()}`).toContain(response.status)
    return response.json()
  }
  const { token } = (await ask('POST', '/session', { email, password })) as { token: string }
  return (method, path, body) => ask(method, path, body, token)
}

/** An id for something that is sent: time first, as every phone makes them. */
export function newId(): string {
  const hex = Date.now().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${crypto.randomUUID().slice(15)}`
}

/** Fills the demo: chats in every state, notes, a transfer that waits, labels, rules, rights, a notice, what stands still. */
export async function fillWorld(demo: DemoFile, sim: Simulators): Promise<World> {
  const [admin, agent] = await Promise.all([asPerson(demo, 'administrator'), asPerson(demo, 'agent')])
  await notice(admin)
  for (const { name, phone, number, lines } of STORIES) {
    const to = demo.channels[number]?.phone ?? ''
    for (const { minutesAgo, kind = 'text', text } of lines)
      await sim.writes(phone, { to, kind, at: Date.now() - minutesAgo * MINUTE, customerName: name, ...(text && { text }) })
  }
  const [rosa] = await sql<{ id: string; contact_id: string }>(
    'select c.id, c.contact_id from chat c join contact k on k.id = c.contact_id where k.phone = $1 and c.merged_into is null',
    [ROSA_PHONE],
  )
  if (!rosa) throw new Error('Rosa has no chat')
  const people = await sql<{ id: string; email: string }>('select id, email from person')
  const idOf = (role: Role) => people.find(({ email }) => email === personOf(demo, role).email)?.id ?? ''
  await admin('PUT', `/chats/${rosa.id}/assignee`, { personId: idOf('agent') })
  const label = { name: 'Promesa de pago', color: 'eucalipto', description: 'Dijo cuándo paga' }
  await admin('POST', '/labels', label)
  const [{ id: labelId } = { id: '' }] = await sql<{ id: string }>('select id from label where name = $1', [label.name])
  await admin('PUT', `/chats/${rosa.id}/labels/${labelId}`, { on: true })
  const note = { id: newId(), text: 'Es la segunda cuota. Quedan 3 por pagar.', mentions: [idOf('administrator')] }
  await agent('POST', `/chats/${rosa.id}/notes`, note)
  await agent('POST', `/chats/${rosa.id}/messages`, { id: newId(), kind: 'text', text: 'Recibido: $ 184,20. Gracias.' })
  await agent('POST', `/chats/${rosa.id}/transfers`, { toPersonId: idOf('supervisor'), reason: 'Conoce mejor su caso' })
  await ofContact(admin, rosa.contact_id)
  await ofCompany(admin)
  await ofService(admin)
  await ofAlerts(admin, demo)
  const customerId = await ofOperator(admin)
  return { chatId: rosa.id, channelId: demo.channels[2]?.id ?? '', portalId: await aPortal(), customerId, name: ROSA }
}

async function notice(admin: Ask): Promise<void> {
  const fields = { responsible: 'Cobranzas del Sur S. A.', taxNumber: '1191234567001', address: 'Bolívar 12-34, Loja' }
  const contact = { email: 'datos@cobranzas.example', officer: 'María Paz Ordóñez, 07 257 0000' }
  const text = (who: string, rights: string, write: string) =>
    `# ${who}\n{responsable}, RUC {ruc}, {domicilio}.\n\n# ${rights}\n- ${write} {correo}.\n- {delegado}\n${write} {plazo}.`.padEnd(
      100,
      '.',
    )
  const texts = {
    es: text('Quién es responsable de sus datos', 'Sus derechos', 'Escríbanos a'),
    en: text('Who is responsible for your data', 'Your rights', 'Write to'),
    pt: text('Quem é responsável por seus dados', 'Seus direitos', 'Escreva para'),
  }
  await admin('POST', '/privacy/notices', { after: 0, fields: { ...fields, ...contact }, texts })
}

async function ofContact(admin: Ask, contactId: string): Promise<void> {
  await admin('POST', `/contacts/${contactId}/consents`, { purpose: 'marketing', state: 'out', how: 'Llamó por teléfono' })
  const asked = { kind: 'access', asked: 'Quiere saber qué guardamos de ella', receivedOn: '2026-01-02' }
  await admin('POST', `/contacts/${contactId}/privacy-requests`, asked)
}

async function ofCompany(admin: Ask): Promise<void> {
  await admin('POST', '/departments', { name: 'Cobranzas' })
  await admin('POST', '/api-keys', { name: 'Reportes de la noche', grants: { 'chats.read': 'all' } })
  const rule = { channelId: null, departmentId: null, way: 'least_loaded', roles: [], moveOnMinutes: null, isActive: false }
  await admin('PUT', '/rules/assignment', rule)
  await sql(
    `insert into dead_letter (account_id, kind, subject, reason, payload, attempts) select a.id, 'media', 'pantallas', 'media_unavailable', '{}', 7
     from account a where a.name like '%(demo)' and not exists (select from dead_letter where subject = 'pantallas')`,
  )
}

/** Alerts of money go to a simulated automation: one that was taken, one that was given up. */
async function ofAlerts(admin: Ask, { simulators }: DemoFile): Promise<void> {
  const url = new URL('/mail-hook/pantallas', simulators.control).href
  await admin('PUT', '/billing/alert-hook', { url, language: 'es', isOn: true })
  await admin('POST', '/billing/alert-hook/test', {})
  await sql(
    `insert into alert_delivery (account_id, subject, kind, facts, state, tries, problem, status, answer, took_ms, done_at)
     select h.account_id, 'pantallas', 'topup.stopped', '{}', 'dead', 9, 'refused', 503, 'El buzón de salida está lleno', 412, now() from alert_hook h
     where h.url = $1 on conflict do nothing`,
    [url],
  )
}

/** What who runs the service looks after: our books beside a gateway's, with a difference that nobody has decided over. */
async function ofService(admin: Ask): Promise<void> {
  await sql(
    `insert into recon_item (gateway, ref, day, at, kind, payment_ref, subject, amount, fee, currency, code, verdict, their_sum, our_sum)
     values ('stripe', 'txn_pantallas', current_date - 1, now() - interval '26 hours', 'payment', 'pi_pantallas', 'in:pi_pantallas', 49000000, 1720000, 'USD', 'charge',
       'missing_here', 49000000, 0) on conflict do nothing`,
  )
  await sql("select ledger_open(id, 'USD') from account where name like '%(demo)'")
  await admin('POST', '/operator/reconciliation', {})
  await sql(
    `insert into recon_balance (gateway, currency, available, pending, books, explained, seen_at, off_since)
     values ('paypal', 'EUR', 40250000, 12000000, 53250000, 0, now(), now()) on conflict do nothing`,
  )
}

/** What who runs the service has to decide; the company that it is about. */
async function ofOperator(admin: Ask): Promise<string> {
  await ofNobody()
  await aDeadEvent()
  const { id } = await aCustomer('Ferretería El Perno')
  await sql(
    `insert into channel (account_id, kind, name, key, phone, line, sealed, who_pays)
     values ($1, 'meta', 'Ventas', new_id()::text, '593960001122', new_id()::text, '', 'us')`,
    [id],
  )
  const gift = { id: newId(), kind: 'gift', amount: '12.50', reason: 'Por la demora del jueves' }
  await admin('POST', `/operator/customers/${id}/decisions`, gift)
  return id
}

/** A portal of Bitrix24 whose employees were read: two in a department, one with access. */
async function aPortal(): Promise<string> {
  await sql(
    `with p as (insert into portal (account_id, member_id, domain, people_read_at) select a.id, 'pantallas', 'andina.bitrix24.es', now()
       from account a where a.name like '%(demo)' on conflict do nothing returning id, account_id),
     d as (insert into portal_department (portal_id, account_id, department_id, name) select id, account_id, '2', 'Red Digital' from p)
     insert into portal_person (portal_id, account_id, user_id, name, position, departments)
     select p.id, p.account_id, n, name, 'Asesora de ventas', '{2}' from p, (values ('31', 'Paula Núñez'), ('32', 'Óscar Játiva')) x (n, name)`,
  )
  await sql(
    `with l as (insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name)
       select p.account_id, p.id, (select c.id from channel c where c.account_id = p.account_id order by c.id limit 1), 'wab24_pantallas', 7, 'Ventas' from portal p
       where p.member_id = 'pantallas' on conflict do nothing returning *),
     x as (insert into portal_chat (account_id, portal_id, chat_id, connector, external_id)
       select l.account_id, l.portal_id, (select c.id from chat c where c.account_id = l.account_id and c.last is not null order by c.id limit 1), l.connector, 'wa-pantallas' from l on conflict do nothing returning *)
     insert into portal_delivery (account_id, portal_id, portal_chat_id, kind, message_id, state, code, explanation, settled_at)
     select x.account_id, x.portal_id, x.id, kind, (select m.id from message m where m.chat_id = x.chat_id limit 1), state, code, said, now() from x,
       (values ('send', 'failed', 'portal_refused', 'ERROR_FILE'), ('file', 'unconfirmed', 'portal_answer_lost', null)) v (kind, state, code, said)`,
  )
  await sql(
    `insert into portal_deed (account_id, portal_id, kind, key, code, body, state, problem, stands, settled_at)
     select account_id, id, 'robot', 'pantallas', 'wab24_send', '{"template": {"name": "pedido_listo", "language": "es"}, "params": [], "text": "", "phone": "", "card": {"entity": "deal", "id": 540}}'::jsonb,
       'refused', 'deed_no_phone', 'failed', now() from portal where member_id = 'pantallas' on conflict do nothing`,
  )
  const [portal] = await sql<{ id: string }>("select id from portal where member_id = 'pantallas'")
  return portal?.id ?? ''
}

/** Takes away what would stand in the way of others: departments narrow what supervisors see, rules give chats away. */
export async function leaveWorld(): Promise<void> {
  await sql(
    "delete from alert_delivery d using alert_hook h where h.account_id = d.account_id and h.url like '%/mail-hook/pantallas'",
  )
  await sql("delete from alert_hook where url like '%/mail-hook/pantallas'")
  await sql("update transfer set state = 'cancelled' where state = 'requested' and reason = 'Conoce mejor su caso'")
  await sql("update department set archived_at = now() where name = 'Cobranzas' and archived_at is null")
  // What is written on that number from now on is told to no portal.
  await sql("update portal_line set ended_at = now() where connector = 'wab24_pantallas' and ended_at is null")
  await sql(
    "update portal_delivery d set state = 'discarded', settled_at = now() from portal p where p.id = d.portal_id and p.member_id = 'pantallas' and d.state = 'waiting'",
  )
  await sql("update label set archived_at = now() where name = 'Promesa de pago' and archived_at is null")
  await sql('update assignment_rule set archived_at = now() where archived_at is null and not is_active')
  await sql("delete from recon_item where ref = 'txn_pantallas'")
  await sql("delete from recon_balance where gateway = 'paypal' and currency = 'EUR'")
  await sql("delete from dead_letter where subject = 'pantallas'")
}
