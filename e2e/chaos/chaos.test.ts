/**
 * Everything breaks while customers write and agents answer. Afterwards nothing is lost, nothing is doubled, order holds,
 * and every phone shows what the database holds. `CHAOS_SEED=…` repeats the decisions of a run.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import type { Message } from '#contract/inbox.ts'
import { startHouse, type DemoFile, type House } from '../../scripts/house.ts'
import { answer, received } from './agents.ts'
import { conversationsOf, textOf, writeBatches, writeThroughSimulator, type Conversation, type Tally } from './customers.ts'
import { wreak, type Damage } from './disasters.ts'
import { startPhone, type Outgoing } from './phone.ts'
import { randomOf } from './random.ts'
import type { Status } from './signed.ts'
import { differences, readTruth, type Truth } from './truth.ts'
import { until } from './until.ts'

const CHATS = 50
const EACH = 40
const ANSWERS_EACH = 100
const SEED = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000)
/** Every misbehaviour of a provider at once: slow, failing, losing answers, repeating, reordering and mixing webhooks. */
const MISBEHAVIOUR = {
  slowMs: 150,
  slowRate: 0.3,
  failRate: 0.08,
  dropRate: 0.08,
  duplicateHooks: 1,
  reorderStatuses: true,
  batchHooks: 4,
}
const SETTLE_MS = 90_000

let dataDir: string
let house: House
let demo: DemoFile

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wb24-chaos-'))
  house = await startHouse({ dataDir, pages: false })
  if (!house.demo) throw new Error('the house has no demo')
  demo = house.demo
}, 120_000)

afterAll(async () => {
  await house?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const Roles = z.object({
  items: z.array(z.object({ id: z.string(), rev: z.number(), grants: z.record(z.string(), z.string()) })),
})

/** Widens every role, as an administrator does it in the app. */
async function letEverybodySee(token: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const { items } = Roles.parse(await (await fetch(`${demo.address}/api/roles`, { headers })).json())
  const changes = items.map(({ id, rev, grants }) => ({
    ...{ roleId: id, rev },
    grants: Object.fromEntries(Object.keys(grants).map((permission) => [permission, 'all'])),
  }))
  const applied = await fetch(`${demo.address}/api/roles`, { method: 'PUT', headers, body: JSON.stringify({ changes }) })
  expect(applied.status).toBe(200)
}

async function signIn({ email, password }: DemoFile['people'][number]): Promise<string> {
  const response = await fetch(`${demo.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  return z.object({ token: z.string() }).parse(await response.json()).token
}

async function misbehave(): Promise<void> {
  for (const target of ['meta', 'gupshup']) {
    const body = JSON.stringify({ target, ...MISBEHAVIOUR })
    const response = await fetch(`${demo.simulators.control}/misbehaviour`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(response.status).toBe(200)
  }
}

/** Who writes by hand is a stranger to the simulator: it must know that their 24 hours run. */
async function openWindows(conversations: readonly Conversation[]): Promise<void> {
  await Promise.all(
    conversations.map(({ phone, number }) =>
      fetch(`${demo.simulators.control}/customers/${phone}/window`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ number: number.phone, hoursAgo: 0 }),
      }),
    ),
  )
}

async function hooksPending(): Promise<number> {
  const response = await fetch(`${demo.simulators.control}/hooks`)
  return z.object({ pending: z.array(z.unknown()) }).parse(await response.json()).pending.length
}

async function deadEvents(token: string): Promise<unknown[]> {
  const response = await fetch(`${demo.address}/api/dead-letters`, { headers: { authorization: `Bearer ${token}` } })
  const { items } = z.object({ items: z.array(z.looseObject({ kind: z.string() })) }).parse(await response.json())
  return items.filter(({ kind }) => kind === 'event')
}

/** What each customer said, in the order in which the chat shows it. */
function heardFrom(truth: Truth, { phone, number }: Conversation): (string | null)[] {
  const chat = [...truth.chats.values()].find((row) => row.channelId === number.id && row.contact.phone === phone)
  return (truth.order.get(chat?.id ?? '') ?? []).filter(({ direction }) => direction === 'in').map(({ text }) => text)
}

const REACHED = new Set(['sent', 'delivered', 'read', 'played'])

/** What is wrong with an answer of ours, if anything. `times`: how often the provider took it. */
function complaint({ id, text }: Outgoing, row: Message | undefined, times: number): string | null {
  if (times > 1) return `${text} (${id}) reached the customer ${times} times`
  if (!row) return `${text} (${id}) is not in its chat`
  if (REACHED.has(row.status ?? '')) return times === 1 ? null : `${text} is ${row.status}, but the provider never took it`
  const explained = (row.status === 'unconfirmed' || row.status === 'failed') && row.error !== null
  return explained ? null : `${text} is ${row.status} with ${JSON.stringify(row.error)}`
}

test(
  `nothing is lost, doubled or out of order while database, runtime and providers fail (CHAOS_SEED=${SEED})`,
  { timeout: 240_000 },
  async () => {
    const startedAt = Date.now()
    const random = randomOf(SEED)
    const conversations = conversationsOf(demo.channels, CHATS)
    const byHand = conversations.filter(({ viaSimulator }) => !viaSimulator)
    const total = byHand.length * EACH
    const tally: Tally = { allowed: 0, acknowledged: 0, posts: 0, repeated: 0, refused: 0, statuses: 0 }
    const damage: Damage = { runtimeKills: 0, databaseStops: 0, endpointFaults: 0, cuts: 0 }
    const told: Status[] = []
    const tokens = await Promise.all(demo.people.map(signIn))
    // What each may see is tested in e2e/people; here everybody sees everything, so that every stream is the whole of it.
    await letEverybodySee(tokens.at(-1) ?? '')
    const phones = tokens.map((token) => startPhone(demo.address, token))
    await openWindows(byHand)
    await misbehave()

    const answers = tokens.slice(0, 3).map((token, i) => {
      const phone = phones[i]
      if (!phone) throw new Error('an agent without a phone')
      const agent = {
        address: demo.address,
        token,
        phone,
        random: randomOf(SEED + i + 1),
        control: demo.simulators.control,
        name: `Agente ${i}`,
      }
      const mine = (chatId: string): boolean => Number.parseInt(chatId.slice(-6), 16) % 3 === i
      return answer(
        agent,
        ANSWERS_EACH,
        mine,
        (n) => tally.acknowledged >= (n / ANSWERS_EACH) * total,
        (status) => void told.push(status),
      )
    })
    const batches = demo.channels.map((number, i) =>
      writeBatches(
        byHand.filter((conversation) => conversation.number === number),
        EACH,
        randomOf(SEED + 10 + i),
        () => (number.kind === 'meta' ? told : []),
        tally,
      ),
    )
    const simulated = writeThroughSimulator(
      demo.simulators.control,
      conversations.filter(({ viaSimulator }) => viaSimulator),
      EACH,
      (round) => tally.acknowledged >= (round / EACH) * total,
    )
    const outgoing = (
      await Promise.all([
        ...answers,
        simulated.then(() => []),
        wreak({ house, phones, random, damage, tally }, total).then(() => []),
        ...batches.map((each) => each.then(() => [])),
      ])
    ).flat()
    const calmAt = Date.now()
    await fetch(`${demo.simulators.control}/misbehaviour`, { method: 'DELETE' })

    const [reader = ''] = tokens
    let truth: Truth = { chats: new Map(), messages: new Map(), order: new Map() }
    const unsettled = (): string[] => [
      ...conversations
        .filter((each) => heardFrom(truth, each).length < EACH)
        .map(({ phone }) => `${phone}: messages are missing`),
      ...[...truth.messages.values()]
        .filter(({ status }) => status === 'queued' || status === 'sending')
        .map(({ id, status }) => `${id} is ${status}`),
      ...phones.flatMap((phone, i) =>
        [...differences(phone.chats, truth.chats), ...differences(phone.messages, truth.messages)].map(
          (text) => `phone ${i}: ${text}`,
        ),
      ),
    ]
    await until('the last webhook is taken', async () => (await hooksPending()) === 0, SETTLE_MS)
    try {
      await until(
        'everything has settled',
        async () => {
          truth = await readTruth(demo.address, reader)
          return unsettled().length === 0
        },
        SETTLE_MS,
      )
    } catch (error) {
      expect.soft(unsettled(), String(error)).toEqual([])
    }
    for (const phone of phones) phone.close()

    // Nothing lost, nothing doubled, in order.
    for (const each of conversations) {
      expect(heardFrom(truth, each)).toEqual(Array.from({ length: EACH }, (_, n) => textOf(each, n)))
    }
    expect(truth.chats.size).toBe(CHATS)
    expect(outgoing.map(({ refused }) => refused).filter(Boolean)).toEqual([])
    const reached = (await received(demo.simulators.control)).filter(({ processed }) => processed)
    const timesOf = ({ id, text }: Outgoing): number =>
      reached.filter((each) => each.callbackData === id || (each.target === 'gupshup' && each.text === text)).length
    expect(outgoing.map((each) => complaint(each, truth.messages.get(each.id), timesOf(each))).filter(Boolean)).toEqual([])
    expect([...truth.messages.values()].filter(({ direction }) => direction === 'out')).toHaveLength(outgoing.length)
    // What the customers got, they got in the order in which it was written.
    for (const chatId of truth.chats.keys()) {
      const written = outgoing.filter((each) => each.chatId === chatId)
      const arrived = reached
        .flatMap((each) =>
          written.findIndex(({ id, text }) => each.callbackData === id || (each.target === 'gupshup' && each.text === text)),
        )
        .filter((n) => n >= 0)
      expect(arrived).toEqual(arrived.toSorted((a, b) => a - b))
    }
    for (const phone of phones) expect(phone.figures.gaps).toEqual([])
    expect(await deadEvents(tokens[2] ?? '')).toEqual([])

    const states = Object.groupBy(outgoing, ({ id }) => truth.messages.get(id)?.status ?? 'none')
    const counted = {
      seed: SEED,
      seconds: { traffic: (calmAt - startedAt) / 1000, settling: (Date.now() - calmAt) / 1000 },
      inbound: {
        messages: CHATS * EACH,
        chats: CHATS,
        byHand: total,
        posts: tally.posts,
        repeated: tally.repeated,
        refusedPosts: tally.refused,
        statusesToldAgain: tally.statuses,
      },
      outgoing: {
        messages: outgoing.length,
        tries: outgoing.reduce((sum, { tries }) => sum + tries, 0),
        reached: reached.length,
        ...Object.fromEntries(Object.entries(states).map(([state, list]) => [state, list?.length])),
      },
      damage,
      phones: phones.map(({ figures: { connections, events, resyncs } }) => ({ connections, events, resyncs })),
    }
    process.stdout.write(`chaos: ${JSON.stringify(counted)}\n`)
  },
)
