import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

type Row = Record<string, unknown>

/** An answer of ours in a chat that exists, as the Chat object logs it. */
async function anAnswer(account: AnAccount): Promise<{ chatId: unknown; out: Row }> {
  const [received] = await account.ingest(account.entry())
  const chatId = received?.['chatId']
  const out = account.entry({
    op: 'out',
    chatId,
    text: 'Buenos días',
    author: { kind: 'person', id: account.personId, name: 'Ana' },
    token: randomUUID(),
    bodyHash: 'hash',
  })
  await account.ingest(out)
  return { chatId, out }
}

async function messageNow(id: unknown): Promise<Row> {
  const { rows } = await doors().owner.query('select status, error_code, text, chat_id, provider_id from message where id = $1', [
    id,
  ])
  return rows[0]
}

/** The provider took a message, under this name. */
const taken = (messageId: unknown, providerId: string) => ({
  ...{ op: 'outcome', messageId, status: 'sending', providerId },
  ...{ attempts: 1, dead: false, stopsChannel: false },
})

test('the same message again is the same message, in one batch, in the next, and after a lost answer', async () => {
  const account = await anAccount()
  const first = account.entry()
  const again = { ...account.entry(), providerId: first['providerId'] }
  const [one, two] = await account.ingest(first, again)
  const [three] = await account.ingest(first)
  expect(one).toMatchObject({ inserted: true, messageId: first['messageId'] })
  expect([two, three]).toMatchObject([
    { inserted: false, messageId: first['messageId'], chatId: one?.['chatId'] },
    { inserted: false, messageId: first['messageId'], chatId: one?.['chatId'] },
  ])
  expect(await account.api('api_chat', { chatId: one?.['chatId'] })).toMatchObject({ unanswered: 1, state: 'new' })
})

test('a batch that comes twice, all kinds in it, changes nothing the second time', async () => {
  const account = await anAccount()
  const { chatId, out } = await anAnswer(account)
  const hola = account.entry({
    text: 'con foto',
    kind: 'image',
    mediaId: randomUUID(),
    media: { mime: 'image/jpeg', ref: { id: '1' } },
  })
  const about = (op: string, changes: Row): Row => account.entry({ op, target: hola['providerId'], ...changes })
  const batch = [
    hola,
    account.entry({
      op: 'outcome',
      messageId: out['messageId'],
      status: 'sending',
      providerId: `w.${randomUUID()}`,
      attempts: 1,
      dead: false,
      stopsChannel: false,
    }),
    about('reaction', { emoji: '👍' }),
    about('edit', { text: 'con fotos' }),
    about('revoke', {}),
    account.entry({ op: 'news', field: 'quality', level: 'warn', raw: { a: 1 }, fingerprint: 'f' }),
  ]
  const looks = async (): Promise<unknown> => {
    const { owner } = doors()
    const of = (sql: string) => owner.query(sql, [account.id]).then(({ rows }) => rows)
    return [
      await of('select id, status, text, reactions, deleted_at, edited_at from message where account_id = $1 order by id'),
      await of('select id, unanswered, state, last_at from chat where account_id = $1'),
      await of('select count(*) from job where account_id = $1'),
      await of('select count(*) from media where account_id = $1'),
      await of('select count(*) from message_revision where account_id = $1'),
      await of('select count(*) from channel_news where account_id = $1'),
    ]
  }
  await account.ingest(...batch)
  const once = await looks()
  await account.ingest(...batch)
  expect(await looks()).toEqual(once)
  expect(await account.api('api_messages', { chatId })).toMatchObject({ items: [{ text: 'Hola' }, {}, {}] })
})

test('a message that came without its words counts once, shows them when they come, and keeps them', async () => {
  const account = await anAccount()
  const shell: Row = { ...account.entry(), kind: 'unsupported', text: null, extra: { unsupported: 'waiting_for_phone' } }
  const providerId = shell['providerId']
  const [received] = await account.ingest(shell)
  const chatId = received?.['chatId']
  const words = { ...account.entry(), providerId, text: 'Ya deposité' }
  expect((await account.ingest(words))[0]).toMatchObject({ chatId, messageId: shell['messageId'] })
  await account.ingest({ ...shell, messageId: randomUUID() }, { ...words, text: 'otra cosa' })
  const { rows } = await doors().owner.query(
    "select m.kind, m.text, m.extra, c.unanswered, c.last ->> 'text' as last from message m join chat c on c.id = m.chat_id where m.chat_id = $1",
    [chatId],
  )
  expect(rows).toEqual([{ kind: 'text', text: 'Ya deposité', extra: null, unanswered: 1, last: 'Ya deposité' }])
})

test('statuses end the same, in whatever order and however often they come', async () => {
  const account = await anAccount()
  const { chatId } = await anAnswer(account)
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(['sent', 'delivered', 'read', 'played', 'sent', 'delivered'], { minLength: 6 }),
      fc.boolean(),
      async (order, early) => {
        const providerId = `wamid.${randomUUID()}`
        const out = account.entry({ op: 'out', chatId, author: { kind: 'person' }, token: randomUUID(), bodyHash: 'h' })
        const outcome = account.entry(taken(out['messageId'], providerId))
        const statuses = order.map((status) => account.entry({ op: 'status', providerId, status }))
        // Early: they overtake the answer that names their message, and wait for it.
        await account.ingest(out, ...(early ? [...statuses, outcome] : [outcome, ...statuses]))
        expect(await messageNow(out['messageId'])).toMatchObject({ status: 'played', error_code: null })
      },
    ),
    { numRuns: 40 },
  )
  const { rows } = await doors().owner.query('select count(*)::int as n from parked_status where account_id = $1', [account.id])
  expect(rows).toEqual([{ n: 0 }])
})

test('a status that comes while its message is being given its name waits for it', async () => {
  const account = await anAccount()
  const { out } = await anAnswer(account)
  const providerId = `3EB0${randomUUID()}`
  const outcome = taken(out['messageId'], providerId)
  const naming = await doors().app.connect()
  await naming.query('begin')
  await naming.query('select ingest($1, $2)', [account.id, JSON.stringify([account.entry(outcome)])])
  const told = account.ingest(account.entry({ op: 'status', providerId, status: 'delivered' }))
  const waits = "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted"
  await expect.poll(async () => (await doors().owner.query(waits)).rows[0].n).toBeGreaterThan(0)
  await naming.query('commit')
  naming.release()
  await told
  expect(await messageNow(out['messageId'])).toMatchObject({ status: 'delivered' })
})

test('a failure counts, unless the message was delivered: before or after', async () => {
  const account = await anAccount()
  const send = async (...order: string[]): Promise<unknown> => {
    const { out } = await anAnswer(account)
    const providerId = `wamid.${randomUUID()}`
    const outcome = account.entry(taken(out['messageId'], providerId))
    const error = { code: 'recipient_not_on_whatsapp', providerCode: '131026' }
    await account.ingest(
      outcome,
      ...order.map((status) => account.entry({ op: 'status', providerId, status, ...(status === 'failed' ? error : {}) })),
    )
    return (await messageNow(out['messageId']))['status']
  }
  expect(await send('sent', 'failed')).toBe('failed')
  expect(await send('failed', 'sent')).toBe('failed')
  expect(await send('delivered', 'failed')).toBe('delivered')
  expect(await send('failed', 'delivered')).toBe('delivered')
})

test('a status of a message that nobody knows waits, and says so', async () => {
  const account = await anAccount()
  const [result] = await account.ingest(account.entry({ op: 'status', providerId: 'wamid.nobody', status: 'read' }))
  expect(result).toMatchObject({ parked: true })
})

test('two names of one customer turn out to be one person: one chat, with everything said in both', async () => {
  const account = await anAccount()
  const phone = account.entry({ text: 'por número' })
  const hidden = account.entry({ text: 'sin número', customer: { bsuid: 'EC.1' }, objectKey: 'b:EC.1' })
  const [one, two] = await account.ingest(phone, hidden)
  expect(two?.['chatId']).not.toBe(one?.['chatId'])
  const both = account.entry({ text: 'soy yo', customer: { phone: '593987654321', bsuid: 'EC.1' } })
  const [three] = await account.ingest(both)
  const page = await account.api('api_messages', { chatId: three?.['chatId'] })
  expect(page).toMatchObject({ items: [{ text: 'por número' }, { text: 'sin número' }, { text: 'soy yo' }] })
  // Whoever still asks for the other one is led here.
  const alive = three?.['chatId']
  for (const chatId of [one?.['chatId'], two?.['chatId']])
    expect(await account.api('api_chat', { chatId })).toMatchObject({ id: alive, unanswered: 3 })
  expect(await account.api('api_chats', {})).toMatchObject({ items: [{ id: alive }] })
})

test('the same id with another body is refused, and the first one stays as it was', async () => {
  const account = await anAccount()
  const { out } = await anAnswer(account)
  const [same, other] = await account.ingest(out, { ...out, text: 'Otra cosa', bodyHash: 'another', token: randomUUID() })
  expect(same).toMatchObject({ inserted: true })
  expect(other).toMatchObject({ conflict: true, inserted: false })
  expect(await messageNow(out['messageId'])).toMatchObject({ text: 'Buenos días' })
})

test("an id that is another account's looks like any id that is taken", async () => {
  const [mine, theirs] = await Promise.all([anAccount(), anAccount()])
  const { out } = await anAnswer(theirs)
  const { chatId } = await anAnswer(mine)
  const [result] = await mine.ingest({ ...out, channelId: mine.channelId, chatId })
  expect(result).toMatchObject({ conflict: true })
  expect(await messageNow(out['messageId'])).toMatchObject({ text: 'Buenos días' })
})

test("another account's number cannot be written to", async () => {
  const [mine, theirs] = await Promise.all([anAccount(), anAccount()])
  const { out } = await anAnswer(theirs)
  await mine.ingest({ ...mine.entry({ op: 'discard', messageId: out['messageId'], token: randomUUID(), by: mine.personId }) })
  await mine.ingest(
    mine.entry({
      op: 'outcome',
      messageId: out['messageId'],
      status: 'failed',
      code: 'x',
      attempts: 1,
      dead: true,
      stopsChannel: true,
    }),
  )
  expect(await messageNow(out['messageId'])).toMatchObject({ status: 'queued' })
})

test('an answer that failed leaves the customer waiting again', async () => {
  const account = await anAccount()
  const { chatId, out } = await anAnswer(account)
  expect(await account.api('api_chat', { chatId })).toMatchObject({ unanswered: 0, state: 'waiting' })
  await account.ingest(
    account.entry({
      op: 'outcome',
      messageId: out['messageId'],
      status: 'failed',
      code: 'x',
      attempts: 7,
      dead: true,
      stopsChannel: false,
    }),
  )
  expect(await account.api('api_chat', { chatId })).toMatchObject({ unanswered: 1, state: 'new' })
  expect(await account.api('api_dead_letters', {})).toMatchObject({ items: [{ messageId: out['messageId'], settled: null }] })
})

test('nobody changes what somebody else wrote, though they know its id: it is kept as news', async () => {
  const account = await anAccount()
  const { chatId, out } = await anAnswer(account)
  const ours = `wamid.${randomUUID()}`
  const sent = { op: 'outcome', messageId: out['messageId'], status: 'sending', providerId: ours, attempts: 1, dead: false }
  await account.ingest(account.entry({ ...sent, stopsChannel: false }))
  const theirs = account.entry({ text: 'lo mío' })
  await account.ingest(theirs)
  const stranger = { origin: 'customer', customer: { phone: '593900009999' } }
  await account.ingest(
    // The customer's own chat, but our words.
    account.entry({ op: 'edit', origin: 'customer', target: ours, text: 'otra cosa' }),
    account.entry({ op: 'revoke', origin: 'customer', target: ours }),
    // Somebody else, who has seen the id.
    account.entry({ op: 'edit', ...stranger, target: theirs['providerId'], text: 'otra cosa' }),
    account.entry({ op: 'revoke', ...stranger, target: theirs['providerId'] }),
    account.entry({ op: 'reaction', ...stranger, target: ours, emoji: '👎' }),
  )
  const { rows } = await doors().owner.query(
    'select text, deleted_at, reactions from message where chat_id = $1 order by at, id',
    [chatId],
  )
  expect(rows).toMatchObject(['Hola', 'Buenos días', 'lo mío'].map((text) => ({ text, deleted_at: null, reactions: [] })))
  const news = await doors().owner.query('select count(*)::int as n from channel_news where account_id = $1', [account.id])
  expect(news.rows).toEqual([{ n: 5 }])
  // The business's own phone takes back what it wrote; the customer changes what is theirs.
  await account.ingest(
    account.entry({ op: 'revoke', origin: 'echo', target: ours }),
    account.entry({ op: 'edit', origin: 'customer', target: theirs['providerId'], text: 'corregido' }),
  )
  expect((await messageNow(theirs['messageId']))['text']).toBe('corregido')
})

test('that a private id and a number are one person joins whom we know, and opens no chat for whom we do not', async () => {
  const account = await anAccount()
  const alias = (lid: string, phone: string) =>
    account.entry({
      op: 'identity',
      providerId: `identity ${lid}`,
      before: { lid },
      after: { lid, phone },
      objectKey: `l:${lid}`,
    })
  await account.ingest(alias('88001', '593987000088'))
  expect(await doors().owner.query('select 1 from chat where account_id = $1', [account.id])).toMatchObject({ rowCount: 0 })
  expect(await doors().owner.query('select 1 from contact where account_id = $1', [account.id])).toMatchObject({ rowCount: 0 })
  await account.ingest(account.entry({ customer: { lid: '88002' }, objectKey: 'l:88002' }))
  await account.ingest(account.entry({ customer: { phone: '593987000089' }, objectKey: 'p:593987000089' }))
  const [joined] = await account.ingest(alias('88002', '593987000089'))
  expect(joined).toMatchObject({ chatId: expect.any(String) })
  const { rows } = await doors().owner.query(
    'select c.unanswered, k.phone, (select count(*)::int from message m where m.chat_id = c.id) as messages from chat c join contact k on k.id = c.contact_id where c.account_id = $1 and c.merged_into is null',
    [account.id],
  )
  expect(rows).toEqual([{ unanswered: 2, phone: '593987000089', messages: 2 }])
})
