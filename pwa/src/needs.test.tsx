import { MemoryRouter, Route } from '@solidjs/router'
import { cleanup, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import { aPhone } from './live/a-phone.ts'
import { DeskContext } from './live/context.ts'
import { aMe } from './live/fakes.ts'
import { needs } from './needs.tsx'

afterEach(cleanup)

async function aScreen(may: Parameters<typeof aMe>[0]) {
  const phone = await aPhone(() => undefined, { me: aMe(may) })
  const Guarded = needs('logs.read', () => <p>lo de adentro</p>)
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <MemoryRouter>
        <Route path="*" component={Guarded} />
      </MemoryRouter>
    </DeskContext.Provider>
  ))
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  return phone
}

test('a permission that goes away takes the open screen along, with no reload, and the reason is said', async () => {
  await using phone = await aScreen(['chats.read', 'logs.read'])
  expect(await screen.findByText('lo de adentro')).toBeTruthy()
  phone.tellMe({ permissions: ['chats.read'], grants: { 'chats.read': 'own' } })
  expect(screen.queryByText('lo de adentro')).toBeNull()
  expect(screen.getByText('Su rol cambió: ya no incluye esta parte')).toBeTruthy()
})

test('a permission that comes opens the screen, with no reload', async () => {
  await using phone = await aScreen(['chats.read'])
  expect(await screen.findByText('Su rol no incluye esta parte')).toBeTruthy()
  phone.tellMe({ permissions: ['chats.read', 'logs.read'] })
  expect(screen.getByText('lo de adentro')).toBeTruthy()
})
