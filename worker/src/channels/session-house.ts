/** What a Session object needs of the house around it, but for the inbox: that arrow goes down, so it is handed in by index.ts. */
import * as z from 'zod'
import { conversationKey, type PastMessage } from '#contract/channel-event.ts'
import { idAt } from '../lib/ids.ts'
import { databaseOf } from '../lib/sql.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import { channelVerdict, pastAnchors, pastWritten } from './channels.store.ts'
import { channelByKey } from './lines.ts'
import type { House } from './registry.ts'
import { tellNumber } from './tell-number.ts'

/** The Fleet of the nodes that we run ourselves. */
export const SHARED_FLEET = 'shared'

const Linked = z.object({ refusal: z.optional(z.string()), channel: z.optional(z.looseObject({ id: z.string() })) })

/** A message of the past as the database takes it. */
function pastEntry({ at, media, ...item }: PastMessage): object {
  const { mime, name, size, id, url } = media ?? {}
  return {
    ...item,
    at: new Date(at).toISOString(),
    messageId: idAt(at),
    objectKey: conversationKey(item.customer),
    ...(media && { media: { mime, name, size, ref: { id, url } } }),
  }
}

export const HOUSE: Omit<House, 'deliver'> = {
  async problem(env, { accountId, channelId, channelKey }, code) {
    const changed = await channelVerdict(env, accountId, channelId, code)
    if (changed) await tellNumber(env, accountId, changed)
    if (code !== null) return
    await channelByKey(env, channelKey, 0)
    await deskOf(env, accountId).resume(channelId)
  },
  async linked(env, { accountId, channelId }, me) {
    const [row] = await databaseOf(env).query('select session_linked($1, $2, $3) as linked', [accountId, channelId, me.phone])
    const { refusal, channel } = Linked.parse(row?.['linked'])
    if (channel) await tellNumber(env, accountId, channel)
    return refusal ?? null
  },
  async pace(env, { channelKey }, maxAgeMs) {
    const channel = await channelByKey(env, channelKey, maxAgeMs)
    return channel === null || channel.archived || channel.sendingPaused ? null : channel.pace
  },
  async froze(env, { accountId, channelId }) {
    await databaseOf(env).query('select first_frozen($1, $2)', [accountId, channelId])
  },
  async past(env, { accountId, channelId }, { kind, trace, items }) {
    const slice = { kind, items: items.map(pastEntry) }
    const { changes, ...written } = await pastWritten(databaseOf(env), accountId, channelId, trace, slice)
    if (changes.chats.length > 0) await deskOf(env, accountId).tell(changeEvents(changes))
    return written
  },
  anchors: (env, { accountId, channelId }, since, most) =>
    pastAnchors(databaseOf(env), accountId, channelId, new Date(since), most),
  async want(env, { channelId }, isWanted) {
    await env.FLEETS.get(env.FLEETS.idFromName(SHARED_FLEET)).want(channelId, isWanted)
  },
}
