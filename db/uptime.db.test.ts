/** What is written down of how steadily a number was there: CRM-90. */
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Written = z.object({
  kind: z.string(),
  rests: z.array(z.object({ what: z.string(), endedAt: z.nullable(z.string()) })),
  outages: z.array(z.object({ problem: z.string(), endedAt: z.nullable(z.string()) })),
})
const sql = (text: string, ...params: unknown[]) => doors().owner.query(text, params)
const uptime = (account: AnAccount, channelId = account.channelId, from = new Date(Date.now() - 86_400_000)) =>
  account.api('api_uptime', { channelId, from: from.toISOString() })

test('pauses, times in the archive and outages are written as they begin and end; what is older is not told', async () => {
  const account = await anAccount()
  const set = (what: string) => sql(`update channel set ${what} where id = $1`, account.channelId)
  await set('sending_paused_at = now()')
  await set('receiving_paused_at = now()')
  await set('sending_paused_at = null')
  expect(Written.parse(await uptime(account)).rests).toEqual([{ what: 'paused', endedAt: null }])
  await set('receiving_paused_at = null')
  await set("problem = 'token_invalid'")
  await set('problem = null')
  await set('archived_at = now()')
  const written = Written.parse(await uptime(account))
  expect(written.rests).toMatchObject([
    { what: 'paused', endedAt: expect.any(String) },
    { what: 'archived', endedAt: null },
  ])
  expect(written.outages).toMatchObject([{ problem: 'token_invalid', endedAt: expect.any(String) }])
  await sql(
    "update channel_rest set began_at = began_at - interval '9 days', ended_at = ended_at - interval '9 days' where channel_id = $1",
    account.channelId,
  )
  expect(Written.parse(await uptime(account)).rests).toMatchObject([{ what: 'archived' }])
})

test('another company’s number has no history here', async () => {
  const [mine, theirs] = [await anAccount(), await anAccount()]
  expect(await uptime(mine, theirs.channelId)).toBeNull()
})
