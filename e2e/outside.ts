/** The world around the product, for tests: what the simulators are told and tell, the database's owner, sudden death. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import * as z from 'zod'
import type { DemoFile } from '../scripts/house.ts'
import { HOUSE_FILE, killQuietly, recall } from '../scripts/processes.ts'
import { RUNTIME_FILE } from '../scripts/worker-host.ts'

/** The data folder of this worker's own house (e2e/house.ts). */
export const DATA_DIR = dataDir()

function dataDir(): string {
  const houses = z.array(z.string()).parse(JSON.parse(process.env['E2E_HOUSES'] ?? '[]'))
  const mine = houses[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)]
  if (!mine) throw new Error('this worker has no house: run through playwright.config.ts')
  return mine
}

/** What the clock starts each minute, now: sweeps find what nobody told them. */
export function aMinutePasses(): void {
  const house = recall(join(DATA_DIR, HOUSE_FILE))
  if (!house) throw new Error('nobody keeps this house')
  process.kill(house, 'SIGUSR2')
}

/** Runs a session-node, as a company does on a computer of its own; gives what ends it. */
export async function ownComputer(demo: DemoFile, token: string): Promise<() => Promise<void>> {
  const { whatsappWeb, whatsappWebCa } = demo.simulators
  const settings = {
    APP_URL: demo.address,
    SESSION_NODE_TOKEN: token,
    WA_WEB_URL: whatsappWeb,
    NODE_EXTRA_CA_CERTS: whatsappWebCa,
  }
  const program = spawn(process.execPath, [join(import.meta.dirname, '..', 'session-node', 'src', 'main.ts')], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: 'ignore',
  })
  return async () => {
    program.kill('SIGTERM')
    if (program.exitCode === null) await once(program, 'exit')
  }
}

export type Received = { phone: string; text: string | null; what: string; processed: boolean }

/** What a browser's push subscription holds. */
export type Subscription = { id: string; endpoint: string; p256dh: string; auth: string }

/** The simulators' control API (sim/README.md). */
export class Simulators {
  readonly #control: string
  constructor(control: string) {
    this.#control = control
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const sent = body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}
    const response = await fetch(`${this.#control}${path}`, { method, ...sent })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  /** A customer of an unofficial number types. */
  async types(phone: string, number: string): Promise<void> {
    await this.#ask('POST', `/whatsapp-web/people/${phone}/typing`, { number, state: 'composing' })
  }

  /** A customer writes; resolves when the product has taken the webhook, unless `isAway`. */
  async writes(phone: string, message: { to: string; text?: string } & Record<string, unknown>, isAway = false): Promise<void> {
    await this.#ask('POST', `/customers/${phone}/messages`, { kind: 'text', ...message })
    if (!isAway) await this.#ask('POST', '/hooks/flush', { wait: true })
  }

  /** A number that a business has at this provider. */
  async adds(number: Record<string, unknown>): Promise<void> {
    await this.#ask('POST', '/numbers', number)
  }

  /** What the phone of an unofficial number remembers from before it is linked: words with one customer, taking turns. */
  async remembers(number: string, past: { phone: string; name: string; messages: number; days: number }): Promise<void> {
    await this.#ask('POST', `/whatsapp-web/numbers/${number}/history`, { chats: 1, ...past })
  }

  /** The owner of an unofficial number saves somebody in the address book of its phone. */
  async saves(number: string, contact: { phone: string; name: string }): Promise<void> {
    await this.#ask('POST', `/whatsapp-web/numbers/${number}/contact`, contact)
  }

  /** A customer reads all that we wrote from this number. */
  async reads(phone: string, number: string): Promise<void> {
    await this.#ask('POST', `/customers/${phone}/read`, { number })
  }

  /** A customer listens to a voice note of ours. */
  async plays(phone: string, id: string): Promise<void> {
    await this.#ask('POST', `/customers/${phone}/played`, { id })
  }

  /** Time goes by since the customer's last word: at the provider and here. */
  async ages(phone: string, ms: number): Promise<void> {
    const found = await this.#ask('GET', '/conversations')
    for (const { numberId, customer } of (found as { items: { numberId: string; customer: string }[] }).items) {
      if (customer !== phone) continue
      await this.#ask('POST', `/customers/${phone}/window`, { number: numberId, hoursAgo: ms / 3_600_000 })
    }
    await sql(
      `update chat set last_inbound_at = last_inbound_at - make_interval(secs => $2::float / 1000), rev = rev + 1
       where contact_id in (select contact_id from contact_identity where kind = 'phone' and value = $1)`,
      [phone, ms],
    )
  }

  /** What the provider really took from us for this customer, in its order. */
  async received(phone: string, what = 'message'): Promise<Received[]> {
    const found = await this.#ask('GET', `/received?phone=${phone}&what=${what}&processed=true`)
    return (found as { items: Received[] }).items
  }

  /** Adds or changes somebody of the client database, behind our back. */
  async debtor(debtor: { id: string } & Record<string, unknown>): Promise<void> {
    await this.#ask('POST', '/debtors', debtor)
  }

  debtorOf(id: string): Promise<unknown> {
    return this.#ask('GET', `/debtors/${id}`)
  }

  /** A browser subscribes at the simulated push service, which keeps its private key. */
  async subscribes(): Promise<Subscription> {
    return (await this.#ask('POST', '/push/subscriptions')) as Subscription
  }

  /** What was pushed to it and taken, as the browser reads it. */
  async pushed(subscription: string): Promise<string[]> {
    const found = await this.#ask('GET', `/push/received?subscription=${subscription}`)
    const { items } = found as { items: { status: number; text: string | null }[] }
    return items.flatMap(({ status, text }) => (status === 201 && text !== null && !text.includes('"kind":"test"') ? [text] : []))
  }

  /** Days go by at Stripe, and what it tells of them arrives. When a payment fails it tries twice more within three days, and gives up. */
  async daysPassAtStripe(days: number): Promise<void> {
    await this.#ask('PUT', '/stripe/settings', { retryDays: [1, 3], afterRetries: 'unpaid' })
    await this.#ask('PUT', '/stripe/clock', { by: days * 86_400 })
    await this.#ask('POST', '/stripe/hooks/flush', { wait: true })
  }

  /** The automation behind `/mail-hook/<name>` learns the secret of its company, or what to answer next. */
  async mailHook(name: string, given: { secret?: string; answers?: { status: number; body?: string }[] }): Promise<void> {
    await this.#ask('PUT', `/mail-hook/${name}`, given)
  }

  /** The posts that it got, and the mails that it made of them. */
  async mails(
    name: string,
  ): Promise<{ posts: { signed: boolean | null; status: number }[]; mails: { subject: string; text: string }[] }> {
    return (await this.#ask('GET', `/mail-hook/${name}`)) as Awaited<ReturnType<Simulators['mails']>>
  }

  async misbehave(how: { target: 'meta' | 'gupshup' | 'clients'; number?: string } & Record<string, unknown>): Promise<void> {
    await this.#ask('PUT', '/misbehaviour', how)
  }

  async behave(): Promise<void> {
    await this.#ask('DELETE', '/misbehaviour')
  }
}

/** Asks the database as its owner. */
export async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const [, , , port] = readFileSync(join(DATA_DIR, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const client = new pg.Client({ connectionString: `postgres://postgres@127.0.0.1:${port}/postgres` })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Everybody has been answered: a test sees its own chats at the top and nobody else's waits. */
export async function quietInbox(): Promise<void> {
  await sql(
    "update chat set state = 'closed', unanswered = 0, waiting_since = null, rank = chat_rank(null, last_at) where state <> 'closed'",
  )
}

/** Ends workerd as a power cut would; the house starts it again. */
export function killRuntime(): void {
  const pid = recall(join(DATA_DIR, RUNTIME_FILE))
  if (pid === null) throw new Error('no runtime to kill')
  killQuietly(pid)
}
