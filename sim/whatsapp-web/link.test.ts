import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClient, aLinkedClient, aMemory, aSimulator } from './testing.ts'
import type { TestSimulator } from './testing.ts'

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await aSimulator()
})
afterAll(() => simulator[Symbol.asyncDispose]())

test('scanning the code on a screen links the device: it is told to start again, and is let in', async () => {
  const memory = aMemory()
  const newcomer = aClient(simulator, memory)
  const qr = await newcomer.qr()
  expect(qr).toContain('https://wa.me/settings/linked_devices#')
  const linked = await simulator.web('POST', '/scan', { phone: '593961000001', qr, name: 'Cuenca' })
  expect(linked).toMatchObject({ phone: '593961000001', index: 1 })
  expect(await newcomer.closed()).toBe(515)
  expect(memory.creds.me).toMatchObject({ id: '593961000001:1@s.whatsapp.net', name: 'Cuenca' })
  const client = aClient(simulator, memory)
  await client.ready()
  expect(client.sock.user?.lid).toMatch(/^\d{15}:1@lid$/)
  await client.end()
})
