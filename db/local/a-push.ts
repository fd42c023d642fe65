/** Phones that push reaches, for tests, and what the queue would send to them. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { doors, type AnAccount } from './an-account.ts'

const Item = z.looseObject({
  id: z.string(),
  personId: z.string(),
  endpoint: z.string(),
  close: z.array(z.string()),
  badge: z.number(),
  facts: z.record(z.string(), z.unknown()),
})
const Due = z.object({
  kind: z.nullable(z.string()),
  tag: z.nullable(z.string()),
  again: z.nullable(z.number()),
  items: z.array(Item),
})
export type Due = z.infer<typeof Due>

/** A phone of this person, signed in; gives its address. */
export async function aPhoneOf(account: AnAccount, personId: string): Promise<string> {
  const endpoint = `https://fcm.googleapis.com/${randomUUID()}`
  await doors().owner.query(
    `with s as (insert into session (account_id, person_id, token_hash, expires_at)
       values ($1, $2, sha256($3::text::bytea), now() + interval '1 day') returning id)
     insert into push_device (account_id, person_id, session_id, install_id, endpoint, p256dh, auth)
     select $1, $2, id, id, $3::text, 'k', 'a' from s`,
    [account.id, personId, endpoint],
  )
  return endpoint
}

/** One look at one job, as the Worker takes it. */
export async function pushDue(account: AnAccount, ref: unknown): Promise<Due> {
  const { rows } = await doors().app.query('select push_due($1, $2) as due', [account.id, JSON.stringify(ref)])
  return Due.parse(rows[0].due)
}

/** Pushes that wait in the queue, oldest first. */
export async function pushJobs(account: AnAccount): Promise<{ id: string; what: string }[]> {
  const { rows } = await doors().owner.query(
    "select ref from job where account_id = $1 and kind = 'push' and done_at is null order by created_at, ref ->> 'what'",
    [account.id],
  )
  return rows.map(({ ref }) => ref)
}

/** Does every waiting push once, and says that all were taken: who was shown what. */
export async function sendPushes(
  account: AnAccount,
): Promise<(Due['items'][number] & { kind: string | null; tag: string | null })[]> {
  const sent = []
  for (const ref of await pushJobs(account)) {
    const due = await pushDue(account, ref)
    const results = due.items.map(({ id, endpoint }) => ({ id, endpoint, state: 'sent', code: '201' }))
    await doors().app.query('select push_settle($1, $2)', [account.id, JSON.stringify(results)])
    if (due.again === null) await doors().owner.query('update job set done_at = now() where id = $1', [ref.id])
    sent.push(...due.items.map((item) => Object.assign(item, { kind: due.kind, tag: due.tag })))
  }
  return sent
}
