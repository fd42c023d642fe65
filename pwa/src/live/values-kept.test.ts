import { expect, test } from 'vitest'
import { aPhone } from './a-phone.ts'
import { aChat, aMe, aQuickReply } from './fakes.ts'
import { fillHere, keepValues } from './values-kept.ts'

const at = '2026-11-20T09:00:00.000Z'
const chat = aChat(1, { contact: { ...aChat(1).contact, name: 'Rosa Huamán', phone: '593987654321' } })
const debt = aQuickReply(1, { text: '{cliente}: {saldo}, {mora} días, {cedula}' })
const found = {
  ...{ connected: true, stale: null, fields: [] },
  client: {
    ...{ clientId: 'D-1', version: '1', readAt: at },
    values: {
      saldo: { text: '120,50', value: 120.5 },
      mora: { text: '12', value: 12 },
      cedula: { text: '•••', value: null },
    },
  },
}

async function aReader(...may: ('clients.read' | 'contacts.phone')[]) {
  const phone = await aPhone(({ path }) => (path.endsWith('/client') ? { body: found } : undefined), {
    me: aMe(['chats.read', 'messages.send', ...may]),
  })
  return { phone, questions: () => phone.asked.filter(({ path }) => path.endsWith('/client')).length }
}

test('a quick reply is filled without a network with what was read before, and says how old that is', async () => {
  const { phone, questions } = await aReader('clients.read')
  await using _ = phone
  const { desk } = phone.running
  await keepValues(desk, chat, [debt])
  await keepValues(desk, chat, [debt])
  expect(questions()).toBe(1)
  expect(await fillHere(desk, chat, debt.text)).toEqual({
    // What this role does not see is missing, and blocks as it does with a network.
    ...{ text: 'Rosa Huamán: 120,50, 12 días, {cedula}', missing: ['cedula'] },
    ...{ valuesAt: at, stale: true, isLocal: true },
  })
})

test('nobody asks for what no quick reply needs, or what is not for this role; the phone fills what it knows itself', async () => {
  const { phone, questions } = await aReader('contacts.phone')
  await using _ = phone
  const { desk } = phone.running
  await keepValues(desk, chat, [debt])
  expect(questions()).toBe(0)
  expect(await fillHere(desk, chat, 'Le escribe {agente} de {empresa} a {numero}: {saldo}')).toMatchObject({
    text: 'Le escribe Jorge Álvarez de Cobranzas Andinas a +593987654321: {saldo}',
    missing: ['saldo'],
    valuesAt: null,
  })
})
