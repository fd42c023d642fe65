/** Somebody else of a test's company. */
import { randomBytes, randomUUID } from 'node:crypto'
import { doors, type AnAccount } from './an-account.ts'

export type AColleague = {
  id: string
  roleId: string
  /** Runs one function of the API as them. Null where it knows nothing, or they may not. */
  api(fn: string, args: object, permission?: string, deed?: string): Promise<unknown>
}

/** With the standard role of this name. */
export async function aColleague(account: AnAccount, base: 'agent' | 'supervisor'): Promise<AColleague> {
  const { owner, app } = doors()
  const [id, token] = [randomUUID(), randomBytes(32)]
  const role = await owner.query('select id from role where account_id = $1 and base = $2 and not is_own', [account.id, base])
  const roleId = String(role.rows[0]?.id)
  await owner.query("insert into person (id, account_id, email, name, role_id) values ($1, $2, $3, 'Luis', $4)", [
    ...[id, account.id, `${id}@test.example`, roleId],
  ])
  await owner.query(
    "insert into session (account_id, person_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')",
    [account.id, id, token],
  )
  return {
    id,
    roleId,
    async api(fn, args, permission = 'messages.send', deed) {
      const { rows } = await app.query('select allowed, result from call_as($1, $2, $3, $4, $5)', [
        ...[token, permission, fn, JSON.stringify(args), deed ?? null],
      ])
      return rows[0].result === null ? null : JSON.parse(rows[0].result)
    },
  }
}
