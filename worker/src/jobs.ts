/** Jobs: a queue message says "look at this"; the row says what it is; one verb a kind does it. */
import * as z from 'zod'
import { sendAlert, sweepBilling, workOnEvent } from './billing/index.ts'
import { portalsDue, wakePortal } from './bitrix24/index.ts'
import { dropParts, fetchMedia, readTemplatesJob, watchNumber } from './channels/index.ts'
import { sendPhoneContacts } from './contacts/index.ts'
import { AutomaticRef, sendAutomatic, tellRules, tellTransfer } from './inbox/index.ts'
import type { Env } from './lib/env.ts'
import { errorText, log } from './lib/log.ts'
import { deliverPush, deskOf, PushRef } from './live/index.ts'
import { wakeJobs } from './lib/jobs.ts'
import { databaseOf } from './lib/sql.ts'
import { linesJob, DeedRef, doDeed } from './bitrix24/index.ts'
import * as store from './jobs.store.ts'

/** Waits before tries 2, 3 … in seconds; after the last one the job is a dead letter. */
const RETRY_AFTER_S = [5, 20, 60, 300, 900, 3_600] as const

/** `afterS`: when it is worth another look, where that is longer than the job's own pause, or it is no failure. */
type Outcome = { done: true } | { done: false; again: boolean; code: string; afterS?: number | undefined }
type Verb = (env: Env, accountId: string, ref: Record<string, unknown>, last: boolean, tries: number) => Promise<Outcome>

const MediaRef = z.looseObject({ mediaId: z.string() })
/** Jobs that came of a change, as told_chats gives them. */
const Begun = z.looseObject({ begun: z.unknown() })
const PortalRef = z.looseObject({ portalId: z.string() })
const ChannelRef = z.looseObject({ channelId: z.string() })

const VERBS: Record<string, Verb> = {
  media: (env, accountId, ref, last, tries) => fetchMedia(env, accountId, MediaRef.parse(ref).mediaId, last, tries),
  templates: (env, accountId, ref) => readTemplatesJob(env, accountId, ChannelRef.parse(ref).channelId),
  watch: (env, accountId, ref) => watchNumber(env, accountId, ChannelRef.parse(ref).channelId),
  automatic: async (env, accountId, ref) => {
    await sendAutomatic(env, accountId, AutomaticRef.parse(ref))
    return { done: true }
  },
  portal_deed: (env, accountId, ref, last) => doDeed(env, accountId, DeedRef.parse(ref), last),
  phone_contacts: (env, accountId, _ref, last) => sendPhoneContacts(env, accountId, last),
  portal_lines: (env, accountId, ref) => linesJob(env, accountId, PortalRef.parse(ref).portalId),
  push: (env, accountId, ref, last) => deliverPush(env, accountId, PushRef.parse(ref), last),
}

async function run(env: Env, verb: Verb, job: store.TakenJob, last: boolean): Promise<Outcome> {
  try {
    return await verb(env, job.account_id, job.ref, last, job.attempts)
  } catch (error) {
    log('warn', { event: 'job_failed', account: job.account_id, code: job.kind, attempts: job.attempts, error: errorText(error) })
    return { done: false, again: true, code: 'internal' }
  }
}

/** Does one job, once: whoever gets the row does it; a job that somebody else has, or that is done, is nothing to do. */
export async function doJob(env: Env, jobId: string): Promise<void> {
  const db = databaseOf(env)
  const job = await store.takeJob(db, jobId)
  if (!job) return
  const verb = VERBS[job.kind]
  const wait = RETRY_AFTER_S[job.attempts - 1]
  const outcome: Outcome = verb
    ? await run(env, verb, job, wait === undefined)
    : { done: false, again: false, code: 'unknown_job' }
  if (outcome.done) await store.settleJob(db, job.account_id, jobId, 'done', null, 0)
  else if (!outcome.again || wait === undefined) await store.settleJob(db, job.account_id, jobId, 'dead', outcome.code, 0)
  else {
    const pause = outcome.afterS ?? wait
    await store.settleJob(db, job.account_id, jobId, 'again', outcome.code, pause)
    await env.JOBS.send({ jobId, kind: job.kind }, { delaySeconds: pause })
  }
}

/** Rows that are a list of jobs of their own: the message only says what to look at. */
const WAKERS: Record<string, (env: Env, id: string) => Promise<void>> = {
  portal: wakePortal,
  gateway_event: workOnEvent,
  alert_delivery: sendAlert,
}

/** The queue's consumer. Each message stands alone: one that fails is not acknowledged, the others are. */
export async function consume(batch: MessageBatch<{ jobId: string; kind: string }>, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        const { kind, jobId } = message.body
        await (WAKERS[kind] ?? doJob)(env, jobId)
        message.ack()
      } catch (error) {
        log('warn', { event: 'job_not_taken', code: message.body.kind, attempts: message.attempts, error: errorText(error) })
        message.retry({ delaySeconds: Math.min(900, 5 * 2 ** message.attempts) })
      }
    }),
  )
}

/** A queue message that nobody could take: the row is still there, and the minute's sweep sends it again. */
export function buried(batch: MessageBatch<{ jobId: string; kind: string }>): void {
  for (const message of batch.messages) {
    log('error', { event: 'queue_message_dead', code: message.body.kind })
    message.ack()
  }
}

/**
 * Works every audit chain out again and puts the heads where the database cannot reach them: whoever rewrites history in
 * PostgreSQL, chain and all, no longer agrees with the file of the day before (reference/platform.md §12).
 */
async function checkAudit(env: Env, now: Date): Promise<void> {
  const heads = await store.auditHeads(databaseOf(env))
  await env.MEDIA.put(`audit/${now.toISOString().slice(0, 10)}.json`, JSON.stringify(heads))
  for (const { accountId, brokenAt } of heads) {
    if (brokenAt !== null) log('error', { event: 'audit_chain_broken', account: accountId, count: brokenAt })
  }
  const broken = heads.flatMap(({ accountId, brokenAt }) => (brokenAt === null ? [] : [{ accountId, figure: brokenAt }]))
  await tellAlarms(env, await store.alarmsKeep(databaseOf(env), 'audit_broken', broken))
  log('info', { event: 'audit_checked', count: heads.length })
}

const Alarms = z.array(z.object({ id: z.string() }))

/** Told from here, not through the queue: it may be the queue that stands still. */
async function tellAlarms(env: Env, begun: unknown): Promise<void> {
  for (const { id } of Alarms.parse(begun ?? [])) {
    await doJob(env, id).catch((error: unknown) => log('warn', { event: 'alarm_not_told', error: errorText(error) }))
  }
}

const UPLOADS_AT_ONCE = 100

/** Parts of files that never became one, or did long ago: first from R2, then the rows that know of them. */
export async function forgetUploads(env: Env): Promise<number> {
  const db = databaseOf(env)
  let forgotten = 0
  for (;;) {
    const past = await store.uploadsPast(db, UPLOADS_AT_ONCE)
    for (const { accountId, mediaId } of past) await dropParts(env, accountId, mediaId)
    if (past.length > 0)
      await store.uploadsForget(
        db,
        past.map(({ mediaId }) => mediaId),
      )
    forgotten += past.length
    if (past.length < UPLOADS_AT_ONCE) return forgotten
  }
}

/** Rules of assignment, company by company: one that fails keeps no other from its turn. */
async function giveByRule(env: Env): Promise<void> {
  const db = databaseOf(env)
  for (const accountId of await store.accountsWithRules(db)) {
    try {
      const told = await store.runRules(db, accountId, await deskOf(env, accountId).sessionsHere())
      if (told !== null) {
        await tellRules(env, accountId, told)
        await wakeJobs(env, Begun.parse(told).begun)
      }
    } catch (error) {
      log('warn', { event: 'rules_not_run', account: accountId, error: errorText(error) })
    }
  }
}

/** Each minute: sends what no queue message is going to wake. Once a day, retention and a look at the audit chains. */
export async function sweep(env: Env, now: Date): Promise<void> {
  const db = databaseOf(env)
  const portals = (await portalsDue(env)).map((id) => ({ id, kind: 'portal' }))
  const due = [...(await store.jobsDue(db, 100)), ...(await store.watchDue(db)), ...portals, ...(await sweepBilling(env, now))]
  if (due.length > 0) await env.JOBS.sendBatch(due.map((job) => ({ body: { jobId: job.id, kind: job.kind } })))
  for (const { accountId, told } of await store.transfersExpire(db)) {
    await tellTransfer(env, accountId, told)
    await wakeJobs(env, Begun.parse(told).begun)
  }
  await tellAlarms(env, await store.alarmsLook(db))
  await giveByRule(env)
  if (now.getUTCHours() !== 7 || now.getUTCMinutes() !== 0) return
  log('info', { event: 'retention', error: JSON.stringify(await store.retention(db)) })
  log('info', { event: 'uploads_forgotten', count: await forgetUploads(env) })
  await checkAudit(env, now)
}
