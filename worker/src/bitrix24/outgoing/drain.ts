/**
 * Tells the portal what waits for it: chat by chat in order, several chats in one request. What is under way is leased in the
 * database, so a death leaves a mark; what became of it is settled there. Nothing else is kept.
 */
import type { Called, Wanted } from '../call-queue.ts'
import type { Delivery, Outcome } from './delivery.ts'
import { echoHash } from '../incoming/echo.ts'
import { awaitsFile, employeeOf, fileFor, fileName, itemOf, outsideId, textOf } from './item.ts'
import { lookAgain } from './look-again.ts'
import { batchesOf, groupOf, type Group } from './order.ts'
import type { Posting, Taken } from './outgoing.store.ts'
import { noticeOf } from './notice.ts'
import { oneOutcome } from './single.ts'
import { callVerdict, itemOutcomes, refusedOutcomes } from './verdict.ts'

export type DrainWorld = {
  take: (limit: number) => Promise<Taken>
  settle: (outcomes: readonly Outcome[]) => Promise<void>
  post: (postings: readonly Posting[]) => Promise<void>
  call: (wanted: Wanted) => Promise<Called>
  /** An address of a stored file that the portal can read without our session. */
  link: (file: { key: string; mime: string; name: string }) => Promise<string>
  now: () => number
  sleep: (ms: number) => Promise<void>
}

/** Requests at once: as many as the portal's queue lets fly. */
const AT_ONCE = 4
const TAKEN_AT_ONCE = 80
const SETTLE_AGAIN_MS = 2_000

export class Drain {
  private readonly world: DrainWorld

  constructor(world: DrainWorld) {
    this.world = world
  }

  /** Until nothing is left that may go now. Gives when something may. */
  async run(): Promise<number | null> {
    const flying = new Set<Promise<void>>()
    const fly = (work: Promise<void>): void => {
      const one = work.finally(() => flying.delete(one))
      flying.add(one)
    }
    try {
      for (;;) {
        const taken = await this.world.take(TAKEN_AT_ONCE)
        for (const work of this.workOf(taken)) fly(work)
        if (flying.size === 0) return taken.nextAt === null ? null : Date.parse(taken.nextAt)
        // A chat goes on as soon as its own request is answered: nobody waits for the slowest. What was fewer than asked for was all.
        if (flying.size >= AT_ONCE || taken.rows.length < TAKEN_AT_ONCE) await Promise.race(flying)
      }
    } finally {
      await Promise.allSettled(flying)
    }
  }

  private workOf({ rows, unsure }: Taken): Promise<void>[] {
    const { batches, held } = batchesOf(rows, awaitsFile)
    const works = batches.map((batch) => this.tell(groupOf(batch[0]), batch))
    if (unsure.length > 0) works.push(this.look(unsure))
    if (held.length > 0) works.push(this.settle(held))
    return works
  }

  /** What a death or a lost answer left behind: is it there? */
  private async look(unsure: readonly Delivery[]): Promise<void> {
    await this.settle(await lookAgain((wanted) => this.world.call(wanted), unsure, this.world.now))
  }

  private async tell(group: Group, batch: readonly Delivery[]): Promise<void> {
    const outcomes = group === 'send' ? await this.send(batch) : await oneOutcome(this.world, group, batch)
    await this.settle(outcomes)
    const done = new Set(outcomes.flatMap(({ id, outcome }) => (outcome === 'done' ? [id] : [])))
    for (const notice of batch.filter(({ id }) => done.has(id)).map(noticeOf)) if (notice) await this.world.call(notice)
  }

  private async send(batch: readonly Delivery[]): Promise<Outcome[]> {
    const gone = batch.filter(({ kind, message }) => kind !== 'say' && message?.isDeleted === true)
    const left = batch.filter((one) => !gone.includes(one))
    const deleted = gone.map(({ id }): Outcome => ({ id, outcome: 'discarded', code: 'deleted' }))
    return left.length === 0 ? deleted : [...deleted, ...(await this.post(left))]
  }

  private async post(batch: readonly Delivery[]): Promise<Outcome[]> {
    const [first] = batch
    if (!first) return []
    const items = await Promise.all(batch.map((delivery) => this.item(delivery)))
    const postings = await postingsOf(batch)
    if (postings.length > 0) await this.world.post(postings)
    const params = { CONNECTOR: first.line.connector, LINE: first.line.line, MESSAGES: items }
    const about = batch.map(({ id }) => id)
    const called = await this.world.call({ method: 'imconnector.send.messages', params, priority: 'message', about })
    if (called.ok) return itemOutcomes(batch, called.result)
    return refusedOutcomes(called, callVerdict(called, false, this.world.now()), batch, (one) => this.post([one]))
  }

  private async item(delivery: Delivery): Promise<object> {
    const file = fileFor(delivery)
    const { photo } = delivery.contact
    const link = file?.r2Key ? { key: file.r2Key, mime: file.mime, name: fileName(file, delivery.message?.kind ?? '') } : null
    return itemOf(delivery, {
      file: link && (await this.world.link(link)),
      photo: photo === null ? null : await this.world.link({ key: photo, mime: 'image/jpeg', name: 'foto.jpg' }),
    })
  }

  /** What the portal said must not be forgotten because the database is away for a moment. */
  private async settle(outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.world.settle(outcomes)
      } catch (error) {
        if (tries >= 15) throw error
        await this.world.sleep(SETTLE_AGAIN_MS)
      }
    }
  }
}

/** What goes in the name of an employee, and may come back. */
async function postingsOf(batch: readonly Delivery[]): Promise<Posting[]> {
  const posted = batch.flatMap((delivery) => {
    const userId = employeeOf(delivery)
    return userId === null ? [] : [{ messageId: outsideId(delivery), chatId: delivery.chat.id, userId, text: textOf(delivery) }]
  })
  return Promise.all(posted.map(async ({ text, ...rest }) => ({ ...rest, hash: await echoHash(text) })))
}
