/** What it costs to work out, on every request, what somebody may do and which chats they see. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import type { Seeded } from '../seed.ts'
import { spreadOf } from '../spread.ts'

const ROUNDS = 1_500
const OWN_CHATS = 20

/** A session alone: who it is, and nothing of what they may. */
const SESSION_SQL = `select s.id, p.name, a.name from session s join person p on p.id = s.person_id join account a on a.id = s.account_id
  where s.token_hash = $1 and s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null`
/** What `call_as` does before it runs the function of the endpoint. */
const RIGHTS_SQL = "select sight_open(session_open($1) -> 'sight', 'chats.read')"

async function p50(client: pg.Client, text: string, params: unknown[]): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < ROUNDS; i += 1) {
    const before = performance.now()
    await client.query({ name: text.slice(0, 30), text, values: params })
    times.push(performance.now() - before)
  }
  return spreadOf(times).p50
}

async function httpP50(url: string, token: string, init: RequestInit = {}): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 300; i += 1) {
    const before = performance.now()
    const response = await fetch(url, { ...init, headers: { authorization: `Bearer ${token}` } })
    await response.arrayBuffer()
    times.push(performance.now() - before)
  }
  return spreadOf(times).p50
}

/** Rights beside a whole list request, for an agent; and a list for somebody with twenty chats among ten thousand. */
export async function rights({ house, database, token, demo }: Subject, { accountId }: Seeded): Promise<Figure[]> {
  const hash = createHash('sha256').update(token).digest()
  const alone = await p50(database, SESSION_SQL, [hash])
  const all = await p50(database, RIGHTS_SQL, [hash])
  const list = await httpP50(`${house.address}/api/chats`, token)
  const share = (100 * (all - alone)) / list

  // Everybody's chats are somebody's now, and twenty of them the agent's.
  await database.query(
    `update chat set assignee_id = case when id in (select id from chat where account_id = $1 and state <> 'closed' order by md5(id::text) limit ${OWN_CHATS})
       then (select id from person where email = $2) else (select id from person where email = $3) end where account_id = $1`,
    [accountId, demo.people[0]?.email, demo.people[1]?.email],
  )
  await database.query('vacuum analyze chat')
  const few = await httpP50(`${house.address}/api/chats`, token)
  return [
    {
      ...{ name: 'rights: permission, scope and sight of a request', value: share, unit: '% of a list' },
      goal: { text: 'under 5 %', met: share < 5 },
      more: { 'ms more than a session alone': all - alone, 'list p50 ms': list },
    },
    {
      ...{ name: `list of ${OWN_CHATS} own chats among 10,000 of others, p50`, value: few, unit: 'ms' },
      limit: { name: 'the list of who sees them all', value: list },
    },
  ]
}
