/** A company with departments, people of every kind and chats of which each may see only some; all of it made over HTTP. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import * as z from 'zod'
import { startHouse, type DemoFile, type House } from '../../scripts/house.ts'
import type { DemoNumber } from '../chaos/signed.ts'
import { until } from '../chaos/until.ts'
import type { SharedCompany } from './shared-house.ts'

export type Answer = { status: number; text: string; json: unknown }
export type Who = { name: string; token: string | null; personId: string | null }

const Item = z.looseObject({ id: z.string() })
const Items = z.object({ items: z.array(Item) })
const Shared: z.ZodType<SharedCompany> = z.custom<SharedCompany>(
  (value) => typeof value === 'object' && value !== null && 'demo' in value,
)

export type Company = Awaited<ReturnType<typeof openCompany>>

/** A company of its own in the house that all files share; what a test may do to that house. Close it afterwards. */
export async function openCompany() {
  const at = inject('sharedHouse')
  const post = async (path: string): Promise<unknown> => {
    const response = await fetch(`${at}${path}`, { method: 'POST' })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const { demo, databaseUrl } = Shared.parse(await post('/company'))
  const company = await companyIn(demo, databaseUrl)
  return {
    ...company,
    /** What the clock starts each minute, now. */
    minute: () => post('/minute'),
    /** Ends workerd itself, as a power cut would; resolves when it answers again. */
    killRuntime: () => post('/kill-runtime'),
    close: () => company.leave(),
  }
}

/** Starts a house of its own with the demo's people. `env`: settings of the house. */
export async function openOwnHouse(env: Record<string, string>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'wb24-people-'))
  const house: House = await startHouse({ dataDir, pages: false, env, logs: Boolean(process.env['E2E_LOGS']) })
  const { demo, databaseUrl } = house
  if (!demo || !databaseUrl) throw new Error('the house has no demo')
  const company = await companyIn(demo, databaseUrl)
  return {
    ...company,
    ...{ house, dataDir },
    async close() {
      await company.leave()
      await house.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function companyIn(demo: DemoFile, databaseUrl: string) {
  const database = new pg.Client({ connectionString: databaseUrl })
  // Where a test takes the database away, it has a connection of its own.
  database.on('error', () => undefined)
  await database.connect()
  /** The password and the address of one of its people, by the first part of the address: `admin`. */
  const personOf = (name: string) => demo.people.find(({ email }) => email.startsWith(`${name}@`))

  async function ask(token: string | null, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${demo.address}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
    })
    const text = await response.text()
    return { status: response.status, text, json: jsonOf(text) }
  }

  /** As `ask`, where nothing but success will do. */
  async function must(token: string | null, method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await ask(token, method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.json
  }

  async function signIn(name: string): Promise<Who> {
    const { email, password } = personOf(name) ?? {}
    const answer = await must(null, 'POST', '/api/session', { email, password })
    const { token, person: me } = z.object({ token: z.string(), person: Item }).parse(answer)
    return { name, token, personId: me.id }
  }

  /** A session of a person who never signs in by hand, written by the owner of the database. */
  async function sessionFor(personId: string, name: string): Promise<Who> {
    const token = randomBytes(32).toString('base64url')
    await database.query(
      `insert into session (account_id, person_id, token_hash, expires_at)
       select account_id, id, $2, now() + interval '1 day' from person where id = $1`,
      [personId, createHash('sha256').update(token).digest()],
    )
    return { name, token, personId }
  }

  const items = async (token: string | null, path: string) => Items.parse(await must(token, 'GET', path)).items
  const roleOf = async (admin: Who, base: string) =>
    (await items(admin.token, '/api/roles')).find((role) => role['base'] === base && role['isOwn'] === false)?.id ?? ''

  /** A customer writes on a number; resolves when the chat is there. Gives its id. */
  async function customerWrites(admin: Who, number: DemoNumber, phone: string, text: string): Promise<string> {
    // Through the simulated provider: it knows then that this customer may be answered.
    const { control } = demo.simulators
    const post = async (path: string, body: object) => {
      const response = await fetch(`${control}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    }
    await post(`/customers/${phone}/messages`, { kind: 'text', to: number.phone, text, customerName: `Cliente ${phone}` })
    await post('/hooks/flush', { wait: true })
    let id = ''
    await until(
      `the chat of ${phone}`,
      async () => {
        const { rows } = await database.query(
          'select m.chat_id from message m where m.text = $1 and m.account_id = (select account_id from person where id = $2)',
          [text, admin.personId],
        )
        id = rows[0]?.chat_id ?? ''
        return id !== ''
      },
      20_000,
    )
    return id
  }

  return {
    demo,
    database,
    personOf,
    ask,
    must,
    signIn,
    sessionFor,
    items,
    roleOf,
    customerWrites,
    leave: () => database.end().catch(() => undefined),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
