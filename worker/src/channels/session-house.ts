/** What a Session object needs of the house around it, but for the inbox: that arrow goes down, so it is handed in by index.ts. */
import * as z from 'zod'
import { conversationKey, type PastMessage } from '#contract/channel-event.ts'
import { idAt } from '../lib/ids.ts'
import { databaseOf } from '../lib/sql.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'
import { channelVerdict, pastAnchors, pastWritten } from './channels.store.ts'
import { channelAnew, channelByKey } from './lines.ts'
import { fleetOf, type House } from './registry.ts'
import { keepPhoto } from './photos.ts'
import { tellTaken } from './phone-contacts.ts'
import { tellNumber } from './tell-number.ts'

const PEOPLE_MS = 30_000

const Linked = z.object({ refusal: z.optional(z.string()), channel: z.optional(z.looseObject({ id: z.string() })) })

const Woken = z.object({ jobs: z.unknown(), messages: z.array(z.looseObject({ id: z.string() })), facts: Facts })
/** A message of the past as the database takes it. */
function pastEntry({ at, media, ...item }: PastMessage): object {
  const { mime, name, size, id, url, sound } = media ?? {}
  return {
    ...item,
    at: new Date(at).toISOString(),
    messageId: idAt(at),
    objectKey: conversationKey(item.customer),
    ...(media && { media: { mime, name, size, ref: { id, url }, ...(sound && { details: { sound } }) } }),
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
  async pace(env, { channelKey }, anew) {
    const channel = await (anew ? channelAnew : channelByKey)(env, channelKey)
    return channel === null || channel.archived || channel.sendingPaused ? null : channel.pace
  },
  async opened(env, { accountId, channelId }) {
    const [row] = await databaseOf(env).query('select media_wake($1, $2) as woken', [accountId, channelId])
    const { jobs, messages, facts } = Woken.parse(row?.['woken'])
    if (messages.length > 0) await deskOf(env, accountId).tell(changeEvents({ messages, facts }))
    await wakeJobs(env, jobs)
  },
  async froze(env, { accountId, channelId }) {
    await databaseOf(env).query('select first_frozen($1, $2)', [accountId, channelId])
  },
  want: async (env, { channelId, accountId }, place, isWanted) =>
    env.FLEETS.get(env.FLEETS.idFromName(fleetOf(accountId, place))).want(channelId, isWanted, place),
  async past(env, { accountId, channelId }, { kind, trace, items }) {
    const slice = { kind, items: items.map(pastEntry) }
    const { changes, ...written } = await pastWritten(databaseOf(env), accountId, channelId, trace, slice)
    if (changes.chats.length > 0) await deskOf(env, accountId).tell(changeEvents(changes))
    return written
  },
  async people(env, { accountId, channelId }, people) {
    const [row] = await databaseOf(env).query(
      'select session_people($1, $2, $3) as told',
      [accountId, channelId, JSON.stringify(people)],
      PEOPLE_MS,
    )
    await tellTaken(env, accountId, row?.['told'])
  },
  photo: (env, origin, to, askId) => keepPhoto(env, origin, to, askId),
  anchors: (env, { accountId, channelId }, since, most) =>
    pastAnchors(databaseOf(env), accountId, channelId, new Date(since), most),
}
