/** Files that did not come: asked for by a person, and by themselves when their number is back. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Woken = z.object({ jobs: z.array(z.object({ id: z.string(), kind: z.literal('media') })), messages: z.array(z.unknown()) })
const Fetched = Woken.extend({ messages: z.array(z.looseObject({ media: z.looseObject({ state: z.string() }) })) })

/** A picture of a customer; how it stands. */
async function aPicture(account: AnAccount, state: 'pending' | 'lost', reason: string | null = null): Promise<string> {
  const mediaId = randomUUID()
  await account.ingest(
    account.entry({ mediaId, kind: 'image', providerId: `wa-${mediaId}`, media: { ref: { id: mediaId }, mime: 'image/jpeg' } }),
  )
  await doors().owner.query('update media set state = $2, reason = $3 where id = $1', [mediaId, state, reason])
  if (state === 'lost') await doors().owner.query("update job set done_at = now() where ref ->> 'mediaId' = $1", [mediaId])
  return mediaId
}

const wake = async ({ id, channelId }: AnAccount) =>
  Woken.parse((await doors().owner.query('select media_wake($1, $2) as woken', [id, channelId])).rows[0].woken)
const stateOf = async (mediaId: string) =>
  (await doors().owner.query('select state, reason from media where id = $1', [mediaId])).rows[0]

test('a lost file is asked for again: it is on its way for everybody, once', async () => {
  const account = await anAccount()
  const mediaId = await aPicture(account, 'lost', 'media_download_failed')
  const asked = Fetched.parse(await account.api('api_media_fetch', { mediaId }))
  expect(asked).toMatchObject({
    jobs: [{ kind: 'media' }],
    messages: [{ media: { id: mediaId, state: 'pending', reason: null } }],
  })
  expect(Fetched.parse(await account.api('api_media_fetch', { mediaId })).jobs).toEqual([])
})

test('nobody asks for a file of another company', async () => {
  const [account, other] = [await anAccount(), await anAccount()]
  const mediaId = await aPicture(other, 'lost', 'media_gone')
  expect(await account.api('api_media_fetch', { mediaId })).toBeNull()
  expect(await stateOf(mediaId)).toMatchObject({ state: 'lost' })
})

test('a number that is back fetches what waited, and what was given up because it was away; nothing else', async () => {
  const account = await anAccount()
  const [waiting, away, gone] = [
    await aPicture(account, 'pending'),
    await aPicture(account, 'lost', 'session_away'),
    await aPicture(account, 'lost', 'media_gone'),
  ]
  await doors().owner.query(
    "update job set attempts = 3, run_after = now() + interval '1 hour' where ref ->> 'mediaId' = $1 and done_at is null",
    [waiting],
  )
  const woken = await wake(account)
  expect(woken.jobs).toHaveLength(2)
  expect(woken.messages).toHaveLength(1)
  expect([await stateOf(waiting), await stateOf(away), await stateOf(gone)]).toEqual([
    { state: 'pending', reason: null },
    { state: 'pending', reason: null },
    { state: 'lost', reason: 'media_gone' },
  ])
  const { rows } = await doors().owner.query("select attempts from job where ref ->> 'mediaId' = $1 and done_at is null", [
    waiting,
  ])
  expect(rows).toEqual([{ attempts: 0 }])
})
