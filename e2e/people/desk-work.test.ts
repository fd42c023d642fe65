/** Giving chats away, closing them, and transfers with approval: requirements CRM-59, CRM-62, CRM-80 to CRM-86. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../chaos/until.ts'
import { openCompany, type Company, type Who } from './company.ts'
import { listen } from './listener.ts'

let company: Company
let admin: Who
let supervisor: Who
let jorge: Who
let milagros: Who

beforeAll(async () => {
  company = await openCompany()
  admin = await company.signIn('admin')
  supervisor = await company.signIn('supervisor')
  jorge = await company.signIn('agente')
  milagros = await company.signIn('agente2')
})
afterAll(() => company?.close())

let phones = 0
/** A chat in which somebody has answered, so it is theirs. */
async function chatOf(who: Who): Promise<string> {
  const [number] = company.demo.channels
  if (!number) throw new Error('no demo number')
  phones += 1
  const phone = `5939855600${String(phones).padStart(2, '0')}`
  const chatId = await company.customerWrites(admin, number, phone, `Hola de ${phone}`)
  await company.must(who.token, 'POST', `/api/chats/${chatId}/messages`, { id: messageId(), kind: 'text', text: 'Buenas' })
  return chatId
}
/** A UUIDv7 of now. */
function messageId(): string {
  const ms = Date.now().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`
}
const sees = async (who: Who, chatId: string) => (await company.ask(who.token, 'GET', `/api/chats/${chatId}`)).status === 200
const asks = (who: Who, chatId: string, to: Who) =>
  company.ask(who.token, 'POST', `/api/chats/${chatId}/transfers`, {
    toPersonId: to.personId,
    reason: 'Habla de su zona',
    summary: 'Debe dos cuotas',
  })

test('a chat that is given to somebody is theirs at once; the one before forgets it, and the chat says who did it', async () => {
  const chatId = await chatOf(jorge)
  const online = await listen(company.demo.address, jorge)
  const given = await company.must(supervisor.token, 'PUT', `/api/chats/${chatId}/assignee`, { personId: milagros.personId })
  expect(given).toMatchObject({ chat: { assignee: { name: 'Milagros Quispe' } } })
  await until('Jorge forgets it', () => online.forgets.includes(chatId), 20_000)
  expect([await sees(jorge, chatId), await sees(milagros, chatId)]).toEqual([false, true])
  const lines = (await company.items(milagros.token, `/api/chats/${chatId}/messages`)).filter((one) => one['kind'] === 'system')
  expect(lines).toMatchObject([{ extra: { system: 'assigned', to: 'Milagros Quispe' }, author: { name: 'Alexandra Abad' } }])
  expect((await company.ask(jorge.token, 'PUT', `/api/chats/${chatId}/assignee`, { personId: jorge.personId })).status).toBe(403)
  online.close()
})

test('a chat is closed, waits for nobody, and is opened again by hand or by the customer', async () => {
  const chatId = await chatOf(jorge)
  const state = (to: string) => company.must(jorge.token, 'PUT', `/api/chats/${chatId}/state`, { state: to })
  expect(await state('closed')).toMatchObject({ chat: { state: 'closed', unanswered: 0, waitingSince: null } })
  expect(await state('open')).toMatchObject({ chat: { state: 'waiting' } })
  await state('closed')
  await company.database.query("update chat set state = 'closed' where id = $1", [chatId])
  expect((await company.items(jorge.token, '/api/chats?tray=closed')).map(({ id }) => id)).toContain(chatId)
})

test('«no answer needed» takes a chat out of what waits, everywhere the same figure', async () => {
  const chatId = await chatOf(jorge)
  const [number] = company.demo.channels
  if (!number) throw new Error('no demo number')
  await company.customerWrites(admin, number, `5939855600${String(phones).padStart(2, '0')}`, 'Gracias')
  const unanswered = async () => {
    const counts = await company.must(jorge.token, 'GET', '/api/chat-counts')
    return typeof counts === 'object' && counts !== null && 'unanswered' in counts ? counts.unanswered : null
  }
  const before = Number(await unanswered())
  expect(await company.must(jorge.token, 'PUT', `/api/chats/${chatId}/settled`)).toMatchObject({
    chat: { unanswered: 0, waitingSince: null },
  })
  expect(await unanswered()).toBe(before - 1)
})

test('a transfer is asked for once, however many tap; whoever may decide hears of it and approves; the summary goes along', async () => {
  const chatId = await chatOf(jorge)
  const [eyes, mine, others] = await Promise.all([supervisor, jorge, milagros].map((who) => listen(company.demo.address, who)))
  const both = await Promise.all([asks(jorge, chatId, milagros), asks(jorge, chatId, milagros)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const asked = both.find(({ status }) => status === 200)
  const id = typeof asked?.json === 'object' && asked.json !== null && 'id' in asked.json ? String(asked.json.id) : ''
  await until('the supervisor hears of it', () => eyes?.heard('Habla de su zona') === true, 20_000)
  expect(others?.heard('Habla de su zona')).toBe(false)
  expect((await company.ask(milagros.token, 'PUT', `/api/transfers/${id}/decision`, { approve: true })).status).toBe(403)
  expect(await company.items(milagros.token, '/api/transfers')).toEqual([])

  const decided = await company.must(supervisor.token, 'PUT', `/api/transfers/${id}/decision`, { approve: true })
  expect(decided).toMatchObject({ state: 'approved', decided: { by: 'Alexandra Abad' }, askedBy: { name: 'Jorge Álvarez' } })
  await until(
    'Jorge hears the result',
    () => mine?.heard('"state" : "approved"') === true || mine?.heard('"state":"approved"') === true,
    20_000,
  )
  expect([await sees(jorge, chatId), await sees(milagros, chatId)]).toEqual([false, true])
  const notes = (await company.items(milagros.token, `/api/chats/${chatId}/messages`)).filter(
    (one) => one['direction'] === 'note',
  )
  expect(notes).toMatchObject([
    { extra: { system: 'transferred' } },
    { text: 'Debe dos cuotas', author: { name: 'Jorge Álvarez' } },
  ])
  expect(await company.ask(admin.token, 'PUT', `/api/transfers/${id}/decision`, { approve: false })).toMatchObject({
    status: 409,
    json: { code: 'transfer_decided' },
  })
  for (const one of [eyes, mine, others]) one?.close()
})

test('a request is denied with a reason, taken back, or runs out; nobody decides their own', async () => {
  const chatId = await chatOf(jorge)
  const idOf = (answer: { json: unknown }) =>
    typeof answer.json === 'object' && answer.json !== null && 'id' in answer.json ? String(answer.json.id) : ''
  const first = idOf(await asks(jorge, chatId, milagros))
  await company.must(supervisor.token, 'PUT', `/api/transfers/${first}/decision`, { approve: false, reason: 'Es su zona' })
  expect((await company.items(jorge.token, '/api/transfers'))[0]).toMatchObject({
    state: 'denied',
    decided: { reason: 'Es su zona' },
  })
  const second = idOf(await asks(jorge, chatId, milagros))
  expect(await company.must(jorge.token, 'DELETE', `/api/transfers/${second}`)).toMatchObject({ state: 'cancelled' })
  const third = idOf(await asks(supervisor, chatId, milagros))
  expect(await company.ask(supervisor.token, 'PUT', `/api/transfers/${third}/decision`, { approve: true })).toMatchObject({
    json: { code: 'transfer_own' },
  })
  await company.database.query("update transfer set expires_at = now() - interval '1 minute' where id = $1", [third])
  await company.database.query('select * from transfers_expire()')
  expect((await company.items(supervisor.token, '/api/transfers'))[0]).toMatchObject({ state: 'expired' })
  expect(await sees(jorge, chatId)).toBe(true)
})
