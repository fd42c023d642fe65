/** Whose phone an unofficial number turns out to be, and who may have it. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

let phones = 0
const aPhone = () => `59399${String(3_000_000 + (phones += 1))}`

/** An unofficial number of this company that nobody has linked yet. */
async function aNumber({ id }: AnAccount) {
  const channelId = randomUUID()
  await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed, problem) values ($1, $2, 'session', 'Ventas', $3, '', $3, '', 'session_unlinked')",
    [channelId, id, channelId],
  )
  return {
    /** Its phone was scanned: why it must not stay linked, or null. */
    async linkedAs(phone: string): Promise<string | null> {
      const { rows } = await doors().app.query("select session_linked($1, $2, $3) ->> 'refusal' as refusal", [
        id,
        channelId,
        phone,
      ])
      if (rows[0].refusal === null) await this.stands(null)
      return rows[0].refusal
    },
    stands: (problem: string | null) =>
      doors().owner.query('update channel set problem = $2 where id = $1', [channelId, problem]),
    archived: () => doors().owner.query('update channel set archived_at = now() where id = $1', [channelId]),
    phone: async () => (await doors().owner.query('select phone from channel where id = $1', [channelId])).rows[0].phone,
  }
}

test('a phone that another company has linked is theirs until they have it no more; then it is whoever’s has it in hand', async () => {
  const [phone, theirs, ours] = [aPhone(), await aNumber(await anAccount()), await aNumber(await anAccount())]
  expect(await theirs.linkedAs(phone)).toBeNull()
  expect(await ours.linkedAs(phone)).toBe('session_number_taken')
  await theirs.stands('session_away')
  expect(await ours.linkedAs(phone), 'it is on its way back').toBe('session_number_taken')
  await theirs.stands('session_logged_out')
  expect(await ours.linkedAs(phone)).toBeNull()
  expect(await theirs.phone(), 'its chats are still those of its phone').toBe(phone)
  expect(await theirs.linkedAs(phone)).toBe('session_number_taken')
})

test('a company that links one of its own phones again is sent to where its chats are, linked or not, unless that is put away', async () => {
  const [phone, account] = [aPhone(), await anAccount()]
  const [first, second] = [await aNumber(account), await aNumber(account)]
  expect(await first.linkedAs(phone)).toBeNull()
  expect(await second.linkedAs(phone)).toBe('session_number_own')
  await first.stands('session_logged_out')
  expect(await second.linkedAs(phone)).toBe('session_number_own')
  await first.archived()
  expect(await second.linkedAs(phone)).toBeNull()
  expect(await second.linkedAs(phone), 'told once more').toBeNull()
  expect(await second.linkedAs(aPhone())).toBe('session_other_number')
})
