/** A company with departments, people of every kind and chats of which each may see only some; all of it made over HTTP. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import * as z from 'zod'
import { startHouse, type DemoFile, type House } from '../../scripts/house.ts'
import type { DemoNumber } from '../chaos/signed.ts'
import { until } from '../chaos/until.ts'

export type Answer = { status: number; text: string; json: unknown }
export type Who = { name: string; token: string | null; personId: string | null }

const Item = z.looseObject({ id: z.string() })
const Items = z.object({ items: z.array(Item) })

export type Company = Awaited<ReturnType<typeof openCompany>>

/** Starts a house of its own with the demo's people, and signs them in. Stop it afterwards. `env`: settings of the house. */
export async function openCompany(env: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'wb24-people-'))
  const house: House = await startHouse({ dataDir, pages: false, env })
  const { demo, databaseUrl } = house
  if (!demo || !databaseUrl) throw new Error('the house has no demo')
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()

  async function ask(token: string | null, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${demoOf(demo).address}${path}`, {
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

  async function signIn(email: string): Promise<Who> {
    const person = demoOf(demo).people.find((one) => one.email === email)
    const answer = await must(null, 'POST', '/api/session', { email, password: person?.password })
    const { token, person: me } = z.object({ token: z.string(), person: Item }).parse(answer)
    return { name: email, token, personId: me.id }
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
    const { control } = demoOf(demo).simulators
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
      10_000,
    )
    return id
  }

  return {
    house,
    demo,
    database,
    ask,
    must,
    signIn,
    sessionFor,
    items,
    roleOf,
    customerWrites,
    async close() {
      await database.end()
      await house.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function demoOf(demo: DemoFile | null): DemoFile {
  if (!demo) throw new Error('the house has no demo')
  return demo
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
