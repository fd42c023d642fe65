import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import { aTeamScreen } from './a-team.tsx'
import ApiKeysScreen from './api-keys-screen.tsx'

afterEach(cleanup)

const key = {
  id: '01930000-0000-7000-8000-000000000001',
  name: 'CRM de cobranzas',
  ending: 'Uej4',
  grants: { 'chats.read': 'all' },
  channels: [],
  createdBy: 'Carmen Ríos',
  createdAt: '2026-11-20T15:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
}

test('a key is made with what was chosen, shown once, and ended only after a question', async () => {
  await using phone = await aTeamScreen(ApiKeysScreen, ['api_keys.manage', 'chats.read'], ({ method, path }) => {
    if (method === 'POST') return { body: { key, secret: 'wb_live_secreto' } }
    if (method === 'DELETE') return { body: { ...key, revokedAt: '2026-11-20T16:00:00.000Z' } }
    return path === '/api-keys' ? { body: { items: [] } } : undefined
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Crear clave' }))
  const form = within(screen.getByRole('dialog'))
  fireEvent.input(form.getByLabelText('Nombre'), { target: { value: 'CRM de cobranzas' } })
  fireEvent.click(form.getByRole('button', { name: 'Crear la clave' }))
  expect(form.getByRole('alert').textContent).toBe('Elija al menos un permiso.')
  fireEvent.click(form.getByLabelText(/^Ver chats/))
  fireEvent.click(form.getByRole('button', { name: 'Crear la clave' }))
  expect(await screen.findByText('wb_live_secreto')).toBeTruthy()
  expect(phone.asked.find(({ method }) => method === 'POST')?.body).toEqual({
    name: 'CRM de cobranzas',
    grants: { 'chats.read': 'all' },
    days: 90,
  })
  fireEvent.click(screen.getByRole('button', { name: 'Listo' }))
  expect(screen.queryByText('wb_live_secreto')).toBeNull()

  fireEvent.click(screen.getByRole('button', { name: 'Revocar: CRM de cobranzas' }))
  expect(phone.asked.some(({ method }) => method === 'DELETE')).toBe(false)
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Revocar' }))
  await vi.waitFor(() => expect(screen.getByText('Revocada')).toBeTruthy())
})
