/** The demo account: people, three numbers and their credentials at the simulators. Running it again changes nothing. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { CLIENTS_TOKEN } from '../sim/clients/debtors.ts'
import { hashPassword } from '../worker/src/identity/password.ts'
import { newId } from '../worker/src/lib/ids.ts'
import { keyringOf, seal } from '../worker/src/lib/seal.ts'

export type DemoPerson = { name: string; email: string; password: string; role: 'administrator' | 'supervisor' | 'agent' }
export type DemoChannel = {
  id: string
  name: string
  kind: 'meta' | 'gupshup'
  key: string
  phone: string
  phoneNumberId: string
  wabaId: string
  accessToken: string
  appSecret: string
  verifyToken: string
  appName: string
  appId: string
  apiKey: string
}
/** What `$DATA_DIR/demo.json` holds beside the addresses; made once, kept for ever. */
export type Demo = { accountId: string; people: DemoPerson[]; channels: DemoChannel[] }

const secret = (bytes: number): string => randomBytes(bytes).toString('base64url')

function channel(kind: DemoChannel['kind'], name: string, phone: string, n: number): DemoChannel {
  return {
    id: newId(),
    name,
    kind,
    key: secret(24),
    phone,
    phoneNumberId: kind === 'meta' ? String(106340000000000 + n) : '',
    wabaId: kind === 'meta' ? '102290129340398' : '',
    accessToken: kind === 'meta' ? `EAAdemo${secret(30)}` : '',
    appSecret: kind === 'meta' ? secret(24) : '',
    verifyToken: kind === 'meta' ? secret(18) : '',
    appName: kind === 'gupshup' ? 'DemoLima' : '',
    appId: kind === 'gupshup' ? crypto.randomUUID() : '',
    apiKey: kind === 'gupshup' ? secret(24) : '',
  }
}

/**
 * A new demo: the sign-ins are the same everywhere, the secrets are this machine's own. `at`: another company beside the first,
 * with addresses and numbers of its own.
 */
export function newDemo(at = 0): Demo {
  const host = at === 0 ? 'demo.local' : `demo${at}.local`
  return {
    accountId: newId(),
    people: [
      { name: 'Jorge Álvarez', email: `agente@${host}`, password: 'demo-agente', role: 'agent' },
      { name: 'Milagros Quispe', email: `agente2@${host}`, password: 'demo-agente-2', role: 'agent' },
      { name: 'Alexandra Abad', email: `supervisor@${host}`, password: 'demo-supervisor', role: 'supervisor' },
      { name: 'Carmen Ríos', email: `admin@${host}`, password: 'demo-admin', role: 'administrator' },
    ],
    channels: [
      channel('meta', 'Loja', String(593981112233 + at), 10 * at + 1),
      channel('meta', 'Guayaquil', String(593942223344 + at), 10 * at + 2),
      channel('gupshup', 'Lima', String(51987654321 + at), 10 * at + 3),
    ],
  }
}

function credentialsOf(c: DemoChannel): object {
  if (c.kind === 'gupshup') return { kind: 'gupshup', appName: c.appName, appId: c.appId, access: 'self-serve', apiKey: c.apiKey }
  const { phoneNumberId, wabaId, accessToken, appSecret, verifyToken } = c
  return { kind: 'meta', phoneNumberId, wabaId, accessToken, appSecret, verifyToken }
}

/** The simulated client database, as somebody would have filled in Ajustes, Base de clientes. */
function clientSettings(simulators: string): object {
  const field = (key: string, label: string, path: string, kind: string, more: object = {}) => {
    return { ...{ key, label, path, kind, sensitive: false, editable: true }, ...more }
  }
  return {
    ...{ baseUrl: `${simulators}/clients-api`, auth: 'bearer', authName: '', listPath: '/debtors', onePath: '/debtors/{id}' },
    ...{ phoneParam: 'phone', searchParam: 'q', cursorParam: 'cursor', itemsPath: 'data', nextPath: 'meta.next' },
    ...{ idPath: 'id', phonePath: 'holder.phone', versionPath: 'updatedAt', writeMethod: 'PATCH', currency: 'USD' },
    fields: [
      field('titular', 'Titular', 'holder.name', 'text'),
      field('saldo', 'Saldo', 'account.balance', 'money'),
      field('mora', 'Días de mora', 'account.daysOverdue', 'number'),
      field('vencimiento', 'Vencimiento', 'account.dueDate', 'date'),
      field('documento', 'Documento', 'holder.document', 'text', { sensitive: true, editable: false }),
      field('correo', 'Correo', 'holder.email', 'text', { sensitive: true }),
    ],
  }
}

/** Connects the demo to it. An address of another start (ports may differ) follows; what people changed stays. */
async function seedClients(client: pg.Client, encryptionKey: string, accountId: string, simulators: string): Promise<void> {
  const sealed = await seal(CLIENTS_TOKEN, `client_source|sealed|${accountId}`, keyringOf(encryptionKey))
  await client.query('insert into client_source (account_id, settings, sealed) values ($1, $2, $3) on conflict do nothing', [
    ...[accountId, clientSettings(simulators), sealed],
  ])
  await client.query(
    `update client_source set settings = jsonb_set(settings, '{baseUrl}', to_jsonb($2::text))
     where account_id = $1 and settings ->> 'baseUrl' ~ '^http://127[.]0[.]0[.]1:[0-9]+/clients-api$'`,
    [accountId, `${simulators}/clients-api`],
  )
}

/** Two plans to sell, and the first company's administrator as who runs the service: nothing needs to be bought until they say so. */
async function seedPlans(client: pg.Client, accountId: string): Promise<void> {
  await client.query(
    `with made as (insert into plan (code, name, about) values ('inicial', 'Inicial', 'Un número oficial o no oficial'),
       ('equipo', 'Equipo', 'Un número con más mensajes incluidos') on conflict do nothing returning id, code)
     insert into plan_price (plan_id, version, minor, currency, every, trial_days, included_messages)
     select id, 1, case code when 'inicial' then 1500 else 3900 end, 'USD', 'month', 14, case code when 'inicial' then 1000 else 5000 end from made`,
  )
  await client.query(
    "insert into platform_admin (person_id) select id from person where account_id = $1 and email = 'admin@demo.local' on conflict do nothing",
    [accountId],
  )
}

/** Who sells in the demo, so that receipts are made. An operator names the real one. */
async function seedSeller(client: pg.Client): Promise<void> {
  await client.query(
    `insert into seller (name, tax_number, address, email, valid_from)
     select 'Red Digital S. A. (demo)', '1190000000001', 'Bolívar 12-34, Loja, Ecuador', 'pagos@reddigital.example', now() where not exists (select from seller)`,
  )
}

/** Writes the demo as the database's owner, in one transaction. What is there already stays as people left it. */
export async function seedDemo(ownerUrl: string, encryptionKey: string, demo: Demo, simulators: string | null): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    const { rowCount } = await client.query(
      "insert into account (id, name, country, time_zone) values ($1, 'Cobranzas del Sur (demo)', 'EC', 'America/Guayaquil') on conflict do nothing",
      [demo.accountId],
    )
    await client.query('select roles_begin($1)', [demo.accountId])
    // Hashing is made to be slow: only for an account that is new.
    for (const person of rowCount ? demo.people : []) {
      await client.query(
        `insert into person (id, account_id, email, name, role_id, password_hash)
         select $1, $2, $3, $4, r.id, $6 from role r where r.account_id = $2 and r.base = $5 and not r.is_own`,
        [newId(), demo.accountId, person.email, person.name, person.role, await hashPassword(person.password)],
      )
    }
    for (const c of rowCount ? demo.channels : []) {
      const sealed = await seal(
        JSON.stringify(credentialsOf(c)),
        `channel|sealed|${c.id}|${demo.accountId}`,
        keyringOf(encryptionKey),
      )
      await client.query(
        'insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        [c.id, demo.accountId, c.kind, c.name, c.key, c.phone, c.kind === 'meta' ? c.phoneNumberId : c.appId, sealed],
      )
    }
    if (rowCount) {
      await client.query(
        "insert into quick_reply (account_id, shortcut, name, folder, text) values ($1, 'saldo', 'Saldo pendiente', 'Cobranzas', $2)",
        [
          ...[
            demo.accountId,
            'Hola {cliente}, le escribe {agente} de {empresa}. El saldo de {titular} es {saldo}, con {mora} días de mora.',
          ],
        ],
      )
    }
    await seedPlans(client, demo.accountId)
    await seedSeller(client)
    if (simulators) await seedClients(client, encryptionKey, demo.accountId, simulators)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    await client.end()
  }
}
