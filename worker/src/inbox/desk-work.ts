/** Giving chats to people, closing them, transfers: each is one SQL function; what changed is told at once. */
import * as bulk from '#contract/bulk.ts'
import * as desk from '#contract/desk.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callFor, type Caller } from '../identity/index.ts'
import type { Env } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'

const Rows = z.array(z.looseObject({ id: z.string() }))
const Changed = z.object({ chats: Rows, messages: Rows, facts: Facts })
const Seen = Changed.extend({ seen: z.nullable(z.unknown()) })
const TransferTold = Seen.extend({ transfer: z.looseObject({ id: z.string() }), about: Facts.element })

/** Tells the company's phones what a transfer has become, and the chat that it may have moved. */
export async function tellTransfer(env: Env, accountId: string, told: unknown): Promise<unknown> {
  const { chats, messages, facts, transfer, about, seen } = TransferTold.parse(told)
  const events = changeEvents({ chats, messages, facts, transfers: [{ transfer, about }] })
  await deskOf(env, accountId).tell(events)
  return seen ?? transfer
}

async function run(c: Request, row: Endpoint, fn: string, args: object): Promise<{ caller: Caller; result: unknown }> {
  const { caller, result } = await callFor(c, row, fn, args)
  return { caller, result: JSON.parse(result) }
}

async function change(c: Request, row: Endpoint, fn: string, args: object): Promise<z.infer<typeof Seen> & { raw: unknown }> {
  const { caller, result } = await run(c, row, fn, args)
  const seen = Seen.parse(result)
  await deskOf(c.env, caller.account.id).tell(changeEvents(seen))
  return { ...seen, raw: result }
}

const chatOf = ({ seen }: { seen?: unknown }): RawJson => new RawJson(JSON.stringify({ chat: seen ?? null }))

const Jobs = z.object({ jobs: z.array(z.object({ id: z.string(), kind: z.string() })) })
/** As long as the app offers to take the closing back. */
const FAREWELL_AFTER_S = 10
/** What the queue takes at once. */
const MESSAGES_AT_ONCE = 100

/** Wakes the jobs that say good-bye. Their rows are written: if the courier fails, the minute's sweep sends them. */
async function sendFarewells(env: Env, changed: unknown): Promise<void> {
  const { jobs } = Jobs.parse(changed)
  for (let from = 0; from < jobs.length; from += MESSAGES_AT_ONCE) {
    const batch = jobs.slice(from, from + MESSAGES_AT_ONCE)
    const messages = batch.map(({ id, kind }) => ({ body: { jobId: id, kind }, delaySeconds: FAREWELL_AFTER_S }))
    await env.JOBS.sendBatch(messages).catch(() => undefined)
  }
}

const Colleagues = z.object({
  items: z.array(z.looseObject({ id: z.string(), isHere: z.boolean(), isAway: z.boolean() })),
  departments: z.array(z.unknown()),
})

function assignRoutes(app: App): void {
  serve(app, desk.listColleagues, async (c) => {
    const { caller, result } = await run(c, desk.listColleagues, 'api_colleagues', {})
    const { items, departments } = Colleagues.parse(result)
    const here = new Set(await deskOf(c.env, caller.account.id).whoIsHere())
    const now = items.map((one) => ({ ...one, isHere: !one.isAway && (one.isHere || here.has(one.id)) }))
    return new RawJson(JSON.stringify({ items: now, departments }))
  })
  serve(app, desk.assignChat, async (c, input) => chatOf(await change(c, desk.assignChat, 'api_chat_assign', input)))
  serve(app, desk.closeChat, async (c, input) => {
    const changed = await change(c, desk.closeChat, 'api_chat_state', input)
    await sendFarewells(c.env, changed.raw)
    return chatOf(changed)
  })
  serve(app, desk.settleChat, async (c, input) => chatOf(await change(c, desk.settleChat, 'api_chat_settle', input)))
}

const Told = Changed.extend({ items: z.array(bulk.ChatOutcome), seen: z.array(z.unknown()) })

/** Does something to several chats: what has changed is told, and each chat has its answer. */
async function each(c: Request, row: Endpoint, fn: string, args: object): Promise<{ answer: RawJson; raw: unknown }> {
  const { caller, result } = await run(c, row, fn, args)
  const { items, seen, ...changes } = Told.parse(result)
  await deskOf(c.env, caller.account.id).tell(changeEvents(changes))
  return { answer: new RawJson(JSON.stringify({ items, chats: seen })), raw: result }
}

function bulkRoutes(app: App): void {
  serve(app, bulk.assignChats, async (c, input) => (await each(c, bulk.assignChats, 'api_chats_assign', input)).answer)
  serve(app, bulk.labelChats, async (c, input) => (await each(c, bulk.labelChats, 'api_chats_label', input)).answer)
  serve(app, bulk.settleChats, async (c, input) => (await each(c, bulk.settleChats, 'api_chats_settle', input)).answer)
  serve(app, bulk.closeChats, async (c, input) => {
    const { answer, raw } = await each(c, bulk.closeChats, 'api_chats_state', input)
    await sendFarewells(c.env, raw)
    return answer
  })
}

async function settle(c: Request, row: Endpoint, fn: string, args: object): Promise<RawJson> {
  const { caller, result } = await run(c, row, fn, args)
  return new RawJson(JSON.stringify(await tellTransfer(c.env, caller.account.id, result)))
}

function transferRoutes(app: App): void {
  serve(app, desk.requestTransfer, async (c, input) => {
    if ((input.toPersonId === undefined) === (input.toDepartmentId === undefined))
      throw new Refusal('bad_request', { where: 'toPersonId' })
    return settle(c, desk.requestTransfer, 'api_transfer_request', input)
  })
  serve(app, desk.listTransfers, async (c, input) => {
    return new RawJson(JSON.stringify((await run(c, desk.listTransfers, 'api_transfers', input)).result))
  })
  serve(app, desk.decideTransfer, (c, input) => settle(c, desk.decideTransfer, 'api_transfer_decide', input))
  serve(app, desk.cancelTransfer, (c, input) => settle(c, desk.cancelTransfer, 'api_transfer_cancel', input))
}

/** Tells the company's phones what rules have given away. */
export async function tellRules(env: Env, accountId: string, told: unknown): Promise<void> {
  await deskOf(env, accountId).tell(changeEvents(Changed.parse(told)))
}

/** Everything of contract/desk.ts and contract/bulk.ts. */
export function deskWorkRoutes(app: App): void {
  assignRoutes(app)
  bulkRoutes(app)
  transferRoutes(app)
}
