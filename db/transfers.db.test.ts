import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

test('a transfer that was decided is never changed again, and what was asked not even before', async () => {
  const account = await anAccount()
  const { owner } = doors()
  const [chat] = await account.ingest(account.entry())
  const { rows } = await owner.query(
    `insert into transfer (account_id, chat_id, asked_by, to_person_id, reason, expires_at) values ($1, $2, $3, $3, 'Otra zona', now() + interval '1 hour') returning id`,
    [account.id, chat?.['chatId'], account.personId],
  )
  const change = (set: string) => owner.query(`update transfer set ${set} where id = $1`, [rows[0].id])
  await expect(change("reason = 'otro'")).rejects.toThrow('history')
  await change("state = 'denied', decided_how = 'person', decided_at = now(), decided_reason = 'no'")
  for (const set of ["state = 'approved'", "decided_reason = 'sí'", "state = 'requested'"])
    await expect(change(set)).rejects.toThrow('history')
  await expect(doors().app.query('delete from transfer where id = $1', [rows[0].id])).rejects.toThrow('permission')
})
