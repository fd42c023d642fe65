/** The Worker's doors: requests, queue, clock, objects. Wiring only. */
import { env as bootEnv } from 'cloudflare:workers'
import type { ChannelEvent } from '#contract/channel-event.ts'
import { app } from './app.ts'
import { channelByKey, heard, HOUSE, SessionHome } from './channels/index.ts'
import { deliver } from './inbox/index.ts'
import { buried, consume, sweep } from './jobs.ts'
import { settingsOf, type Env } from './lib/env.ts'

export { PortalObject } from './bitrix24/index.ts'
export { FleetObject } from './channels/index.ts'
export { ChatObject } from './inbox/index.ts'
export { DeskObject } from './live/index.ts'

/** The Session object with the whole house around it: what happens on its number goes to the inbox. */
export class SessionObject extends SessionHome {
  protected override readonly house = {
    ...HOUSE,
    deliver: async (env: Env, { channelKey }: { channelKey: string }, events: ChannelEvent[], traceId: string): Promise<void> => {
      const channel = await channelByKey(env, channelKey)
      if (!channel) throw new Error('the number of a session is not in the database')
      await deliver(env, channel, events, traceId)
      await heard(env, channel).catch(() => undefined)
    },
  }
}

const DEAD = 'jobs-dead'

// A missing secret stops the boot here, with a line that names it, and not at the first customer's message.
settingsOf(bootEnv)

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  queue: async (batch: MessageBatch<{ jobId: string; kind: string }>, env) =>
    batch.queue === DEAD ? buried(batch) : consume(batch, env),
  scheduled: (controller, env) => sweep(env, new Date(controller.scheduledTime)),
} satisfies ExportedHandler<Env, { jobId: string; kind: string }>
