/** Looking after several numbers: how they do, when they did not work, and the same done to many at once. */
import * as care from '#contract/channel-care.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { callFor, rawFor, type Caller } from '../identity/index.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import { ChannelRow, shown } from './routes.ts'
import { followArchive, wakeSession } from './session-port.ts'

const Told = z.object({ items: z.array(care.NumberOutcome), channels: z.array(ChannelRow) })

/** Does something to several numbers: what has changed is told, and each number has its answer. */
async function each(c: Request, row: Endpoint, fn: string, args: object): Promise<{ caller: Caller; answer: care.EachNumber }> {
  const { caller, result } = await callFor(c, row, fn, args)
  const { items, channels: rows } = Told.parse(JSON.parse(result))
  const channels = rows.map((one) => shown(c, one))
  // The hook's address is a secret, and phones of all kinds hear this.
  const heard = channels.map((channel) => ({ ...channel, hookUrl: null }))
  await deskOf(c.env, caller.account.id).tell(changeEvents({ channels: heard }))
  return { caller, answer: { items, channels } }
}

/** Who sees which chats may be another by this, also for those who are online. */
async function eachWithRights(c: Request, row: Endpoint, fn: string, args: object): Promise<care.EachNumber> {
  const { caller, answer } = await each(c, row, fn, args)
  await deskOf(c.env, caller.account.id).rightsChanged()
  return answer
}

/** Everything of contract/channel-care.ts. */
export function careRoutes(app: App): void {
  serve(app, care.getChannelHealth, (c, input) => rawFor(c, care.getChannelHealth, 'api_channel_health', input))
  serve(app, care.listOutages, (c, input) => rawFor(c, care.listOutages, 'api_outages', input))
  serve(app, care.listUnseenOutages, (c, input) => rawFor(c, care.listUnseenOutages, 'api_outages_unseen', input))
  serve(app, care.seeOutages, (c, input) => rawFor(c, care.seeOutages, 'api_outages_seen', input))
  serve(app, care.pauseChannels, async (c, input) => {
    const { caller, answer } = await each(c, care.pauseChannels, 'api_channels_pause', input)
    // Whoever still waits for the other half is held again by its own object.
    for (const channel of answer.channels) {
      await deskOf(c.env, caller.account.id).resume(channel.id)
      await wakeSession(c.env, channel)
    }
    return answer
  })
  serve(app, care.archiveChannels, async (c, input) => {
    const { answer } = await each(c, care.archiveChannels, 'api_channels_archive', input)
    for (const channel of answer.channels) await followArchive(c.env, channel)
    return answer
  })
  serve(app, care.moveChannels, (c, input) => eachWithRights(c, care.moveChannels, 'api_channels_move', input))
  serve(app, care.staffChannels, (c, input) => eachWithRights(c, care.staffChannels, 'api_channels_staff', input))
}
