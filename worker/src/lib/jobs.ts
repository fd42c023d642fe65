/** Waking jobs. Their rows are in PostgreSQL already: when the courier fails, the minute's sweep finds them. */
import * as z from 'zod'
import type { Env } from './env.ts'
import { errorText, log } from './log.ts'

const Begun = z.array(z.object({ id: z.string(), kind: z.string() }))

/** Sends word of these jobs ([{id, kind}], as `jobs_begun` gives them) to the queue. Never throws. */
export async function wakeJobs(env: Env, begun: unknown, delaySeconds = 0): Promise<void> {
  const jobs = Begun.safeParse(begun)
  if (!jobs.success || jobs.data.length === 0) return
  try {
    await env.JOBS.sendBatch(jobs.data.map(({ id, kind }) => ({ body: { jobId: id, kind }, delaySeconds })))
  } catch (error) {
    log('warn', { event: 'queue_send_failed', count: jobs.data.length, error: errorText(error) })
  }
}
