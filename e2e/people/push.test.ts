/** Web push through the whole product, up to a push service that checks it and a browser that opens it: issue 5 part 1. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import * as z from 'zod'
import { until } from '../chaos/until.ts'
import { openCompany, type Company, type Who } from './company.ts'

let company: Company
let admin: Who
let agent: Who

beforeAll(async () => {
  company = await openCompany()
  ;[admin, agent] = [await company.signIn('admin'), await company.signIn('agente')]
}, 120_000)
afterAll(() => company?.close())

const Subscription = z.object({ id: z.string(), endpoint: z.string(), p256dh: z.string(), auth: z.string() })
const Pushed = z.object({
  text: z.nullable(z.string()),
  status: z.number(),
  ttl: z.number(),
  urgency: z.nullable(z.string()),
  topic: z.nullable(z.string()),
  size: z.number(),
  claims: z.nullable(z.object({ aud: z.string(), sub: z.string() })),
})
const Json = z.looseObject({
  web_push: z.literal(8030),
  app_badge: z.number(),
  close: z.array(z.string()),
  notification: z.looseObject({
    title: z.string(),
    body: z.string(),
    navigate: z.string(),
    tag: z.string(),
    actions: z.array(z.looseObject({ action: z.string() })),
    data: z.looseObject({ kind: z.string() }),
  }),
})

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}
  const response = await fetch(`${company.demo?.simulators.control}${path}`, { method, ...sent })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** A phone of this person that push reaches, in a sign-in of its own. */
async function aPhone(person: Who) {
  const who = await company.sessionFor(person.personId ?? '', 'phone')
  const subscription = Subscription.parse(await control('POST', '/push/subscriptions'))
  const { endpoint, p256dh, auth } = subscription
  await company.must(who.token, 'PUT', '/api/push/device', { installId: randomUUID(), endpoint, p256dh, auth })
  const received = async () => {
    const { items } = z
      .object({ items: z.array(Pushed) })
      .parse(await control('GET', `/push/received?subscription=${subscription.id}`))
    return items.map((item) => ({ ...item, json: Json.nullable().parse(item.text ? JSON.parse(item.text) : null) }))
  }
  return {
    ...{ who, subscription, received },
    taken: async () => (await received()).filter(({ status }) => status === 201),
    script: (how: object) => control('PUT', `/push/subscriptions/${subscription.id}`, how),
    forget: () =>
      company.database.query('update push_device set dropped_at = now(), dropped_why = $2 where endpoint = $1', [
        endpoint,
        'removed',
      ]),
  }
}

/** Of the demo's first number, so that any agent may see it. */
async function writes(phone: string, text: string): Promise<string> {
  const loja = company.demo?.channels.find(({ kind }) => kind === 'meta')
  if (!loja) throw new Error('no demo number')
  return company.customerWrites(admin, loja, phone, text)
}

async function mine(phone: string, person: Who): Promise<string> {
  const chatId = await writes(phone, `Hola, soy ${phone}`)
  await company.must(admin.token, 'PUT', `/api/chats/${chatId}/assignee`, { personId: person.personId })
  return chatId
}

test('a customer writes, and the agent’s phone has it: encrypted, signed, with words, badge, buttons and the way in', async () => {
  const chatId = await mine('593981200001', agent)
  const phone = await aPhone(agent)
  await writes('593981200001', '¿Me confirma el saldo?')
  await until('the push is there', async () => (await phone.taken()).length === 1, 20_000)
  const [push] = await phone.taken()
  expect(push).toMatchObject({ ttl: 14_400, urgency: 'high', topic: expect.stringMatching(/^[\w-]{22}$/) })
  expect(push?.size).toBeLessThan(2_200)
  expect(push?.claims).toMatchObject({ aud: new URL(phone.subscription.endpoint).origin, sub: expect.stringMatching(/^mailto:/) })
  expect(push?.json).toMatchObject({
    app_badge: expect.any(Number),
    notification: {
      ...{ title: 'Cliente 593981200001', body: '2 mensajes sin responder: ¿Me confirma el saldo?' },
      ...{ tag: `c:${chatId}`, navigate: `${company.demo?.address}/chats/${chatId}` },
      ...{ actions: [{ action: 'reply' }, { action: 'settle' }], data: { kind: 'message', chatId, personId: agent.personId } },
    },
  })
  const counts = z.object({ unanswered: z.number() }).parse(await company.must(agent.token, 'GET', '/api/chat-counts'))
  expect(push?.json?.app_badge).toBe(counts.unanswered)
  await phone.forget()
})

test('a transfer: whoever decides has it on their phone, and who asked hears the answer', async () => {
  const chatId = await mine('593981200002', agent)
  const [chief, asker] = [await aPhone(admin), await aPhone(agent)]
  const asked = await company.must(agent.token, 'POST', `/api/chats/${chatId}/transfers`, {
    ...{ toPersonId: admin.personId, reason: 'Pide hablar con usted' },
  })
  await until('the push is there', async () => (await chief.taken()).length === 1, 20_000)
  expect((await chief.taken())[0]?.json).toMatchObject({
    notification: { actions: [{ action: 'approve' }, { action: 'deny' }], data: { kind: 'transfer_asked' } },
  })
  const { id } = z.looseObject({ id: z.string() }).parse(asked)
  await company.must(admin.token, 'PUT', `/api/transfers/${id}/decision`, { approve: false, reason: 'Atiéndalo usted' })
  await until('the answer is there', async () => (await asker.taken()).length === 1, 20_000)
  expect((await asker.taken())[0]?.json?.notification).toMatchObject({ body: 'Denegado: Atiéndalo usted' })
  for (const one of [chief, asker]) await one.forget()
})

test('a phone that shows the app is left out when it answers, and pushed to when it sleeps', async () => {
  await mine('593981200003', agent)
  const phone = await aPhone(agent)
  const address = `${company.demo?.address.replace('http', 'ws')}/api/live`
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${phone.who.token}` } })
  let isAwake = true
  let notes = 0
  await new Promise<void>((open) => {
    socket.on('message', (data) => {
      const frame = z.looseObject({ t: z.string(), id: z.optional(z.string()) }).parse(JSON.parse(String(data)))
      if (frame.t === 'hello') socket.send(JSON.stringify({ t: 'see', isVisible: true, chatId: null }), () => open())
      if (frame.t !== 'note') return
      notes += 1
      if (isAwake) socket.send(JSON.stringify({ t: 'noted', id: frame.id }))
    })
  })
  await writes('593981200003', 'A quien está mirando')
  const live = "select count(*)::int as n from push_delivery where person_id = $1 and state = 'live'"
  await until('the app has shown it', async () => (await company.database.query(live, [agent.personId])).rows[0]?.n === 1, 20_000)
  expect([notes, (await phone.received()).length]).toEqual([1, 0])
  isAwake = false
  await writes('593981200003', 'A quien se durmió')
  await until('the push is there', async () => (await phone.taken()).length === 1, 20_000)
  expect(notes).toBe(2)
  socket.terminate()
  await phone.forget()
})

test('whoever has the chat open on one device is told on none', async () => {
  const chatId = await mine('593981200004', agent)
  const phone = await aPhone(agent)
  const tablet = await company.sessionFor(agent.personId ?? '', 'tablet')
  const address = `${company.demo?.address.replace('http', 'ws')}/api/live`
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${tablet.token}` } })
  await new Promise<void>((open) => {
    socket.on('message', (data) => {
      const frame = z.looseObject({ t: z.string(), id: z.optional(z.string()) }).parse(JSON.parse(String(data)))
      if (frame.t === 'hello') socket.send(JSON.stringify({ t: 'see', isVisible: true, chatId }), () => open())
      if (frame.t === 'note') socket.send(JSON.stringify({ t: 'noted', id: frame.id }))
    })
  })
  await writes('593981200004', 'Lo está leyendo en la tableta')
  const held = "select count(*)::int as n from push_delivery where subject_id = $1 and state = 'withheld'"
  await until('it was held back', async () => (await company.database.query(held, [chatId])).rows[0]?.n === 1, 20_000)
  expect(await phone.received()).toEqual([])
  socket.terminate()
  await phone.forget()
})

test('a push service that is busy is asked again; one that knows the phone no more drops it; one that refuses us does not', async () => {
  await mine('593981200005', agent)
  const phone = await aPhone(agent)
  await phone.script({ answers: [{ status: 413 }, { status: 503 }] })
  await writes('593981200005', 'Con tropiezos')
  await until('it has come through', async () => (await phone.taken()).length === 1, 15_000)
  // Too large: at once again, and smaller. Busy: again after the job's pause.
  expect((await phone.received()).map(({ status }) => status)).toEqual([413, 503, 201])

  const tried = async () => {
    const { rows } = await company.database.query('select id from push_device where endpoint = $1', [phone.subscription.endpoint])
    const answer = await company.must(phone.who.token, 'POST', `/api/push/devices/${rows[0]?.id}/test`)
    const shape = z.object({
      result: z.string(),
      push: z.object({
        devices: z.array(
          z.object({ isThis: z.boolean(), trouble: z.nullable(z.string()), dropped: z.nullable(z.object({ why: z.string() })) }),
        ),
      }),
    })
    const { result, push } = shape.parse(answer)
    const device = push.devices.find(({ isThis }) => isThis)
    return [result, device?.trouble ?? null, device?.dropped?.why ?? null]
  }
  expect(await tried()).toEqual(['sent', null, null])
  await phone.script({ answers: [{ status: 403 }] })
  expect(await tried()).toEqual(['refused', '403', null])
  await phone.script({ gone: true })
  expect(await tried()).toEqual(['gone', '403', 'gone'])
})

test('an address that is no push service is refused, and nothing is ever sent there', async () => {
  const { p256dh, auth } = Subscription.parse(await control('POST', '/push/subscriptions'))
  for (const endpoint of ['https://evil.example/push', 'http://169.254.169.254/latest', 'https://fcm.googleapis.com:444/x']) {
    const answer = await company.ask(agent.token, 'PUT', '/api/push/device', { installId: randomUUID(), endpoint, p256dh, auth })
    expect(answer).toMatchObject({ status: 422, json: { code: 'push_endpoint_refused' } })
  }
})

test('signing out takes the phone out at once', async () => {
  await mine('593981200006', agent)
  const phone = await aPhone(agent)
  await company.must(phone.who.token, 'DELETE', '/api/session')
  const { rows } = await company.database.query('select count(*)::int as n from push_device where endpoint = $1', [
    phone.subscription.endpoint,
  ])
  expect(rows[0]?.n).toBe(0)
})
