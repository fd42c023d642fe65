/** The Worker's doors: requests, queue, clock, objects. Wiring only. */
import { env as bootEnv } from 'cloudflare:workers'
import { app } from './app.ts'
import { buried, consume, sweep } from './jobs.ts'
import { settingsOf, type Env } from './lib/env.ts'

export { ChatObject } from './inbox/index.ts'
export { DeskObject } from './live/index.ts'

const DEAD = 'jobs-dead'

// A missing secret stops the boot here, with a line that names it, and not at the first customer's message.
settingsOf(bootEnv)

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  queue: async (batch: MessageBatch<{ jobId: string; kind: string }>, env) =>
    batch.queue === DEAD ? buried(batch) : consume(batch, env),
  scheduled: (controller, env) => sweep(env, new Date(controller.scheduledTime)),
} satisfies ExportedHandler<Env, { jobId: string; kind: string }>
