/** The two places that decide who sees a chat, row security and the Desk, say the same for every chat and every scope. */
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { seesChat, type Place } from './sight.rules.ts'
import { anAccount, doors, leave } from '#db/local/an-account.ts'

afterAll(leave)

const PLACES = 40

/** An account with chats in every kind of place: of two people or nobody, of three numbers, of two departments or none. */
async function aSpreadAccount() {
  const account = await anAccount()
  const { owner } = doors()
  const [channels, departments] = [
    [account.channelId, crypto.randomUUID(), crypto.randomUUID()],
    [crypto.randomUUID(), crypto.randomUUID()],
  ]
  for (const id of channels.slice(1)) {
    await owner.query(
      "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Otro', $3, '593900000001', $3, '')",
      [id, account.id, id],
    )
  }
  for (const id of departments) {
    await owner.query('insert into department (id, account_id, name) values ($1, $2, $3)', [id, account.id, id])
  }
  const other = crypto.randomUUID()
  await owner.query(
    "insert into person (id, account_id, email, name, role_id) select $1, $2, $3, 'Luis', role_id from person where id = $4",
    [...[other, account.id, `${other}@test.example`, account.personId]],
  )
  const random = fc.sample(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)), { numRuns: PLACES, seed: 7 })
  const places = new Map<string, Place>()
  for (const [channel, department, person] of random) {
    const [contact, chat] = [crypto.randomUUID(), crypto.randomUUID()]
    const place = {
      channelId: channels[channel] ?? '',
      departmentId: departments[department] ?? null,
      assigneeId: [account.personId, other][person] ?? null,
    }
    await owner.query('insert into contact (id, account_id) values ($1, $2)', [contact, account.id])
    await owner.query(
      'insert into chat (id, account_id, channel_id, contact_id, object_key, department_id, assignee_id) values ($1, $2, $3, $4, $7, $5, $6)',
      [chat, account.id, place.channelId, contact, place.departmentId, place.assigneeId, chat],
    )
    places.set(chat, place)
  }
  return { account, channels, departments, places }
}

test('row security and the Desk decide alike about every chat', { timeout: 60_000 }, async () => {
  const { account, channels, departments, places } = await aSpreadAccount()
  const client = await doors().app.connect()
  const sights = fc.record({
    reach: fc.constantFrom('', 'own', 'departments', 'channels', 'all'),
    grants: fc.constantFrom<Record<string, string>>({}, { 'chats.queue': 'all' }),
    departments: fc.subarray(departments),
    channels: fc.subarray(channels),
    openChannels: fc.subarray(channels),
  })
  try {
    await fc.assert(
      fc.asyncProperty(sights, async (sight) => {
        await client.query('begin')
        await client.query(
          "select set_config('app.account', $1, true), set_config('app.person', $2, true), sight_open($3, null)",
          [...[account.id, account.personId, JSON.stringify(sight)]],
        )
        const { rows } = await client.query('select id from chat')
        await client.query('rollback')
        const bySocket = [...places].filter(([, place]) => seesChat(sight, account.personId, place)).map(([id]) => id)
        expect(rows.map(({ id }) => id).toSorted()).toEqual(bySocket.toSorted())
      }),
      { numRuns: 150 },
    )
  } finally {
    client.release()
  }
})
