import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import type { AuditEntry } from '#contract/audit.ts'
import { aTeamScreen } from './a-team.tsx'
import AuditScreen from './audit-screen.tsx'

afterEach(cleanup)

const entry: AuditEntry = {
  n: 7,
  at: '2026-11-20T15:00:00.000Z',
  action: 'role.changed',
  actor: { kind: 'person', id: null, name: 'Carmen Ríos' },
  object: { kind: 'role', id: null, name: 'agent' },
  before: { 'chats.read': 'own', 'contacts.phone': 'all' },
  after: { 'chats.read': 'departments', 'contacts.phone': null },
  hash: 'abc123',
}

function aLog(brokenAt: number | null = null) {
  return aTeamScreen(AuditScreen, ['audit.read'], ({ path }) => {
    if (path === '/audit/chain') return { body: { entries: 12, brokenAt, head: 'x' } }
    return path.startsWith('/audit') ? { body: { items: [entry], next: null } } : undefined
  })
}

test('an entry says who did what, and what it was before and after', async () => {
  await using _ = await aLog()
  expect(await screen.findByText('Carmen Ríos cambió el rol Agente')).toBeTruthy()
  const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1)
  expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
    ['Ver chats', 'Propios', 'Sus departamentos'],
    ['Ver el número completo', 'Sí', 'No'],
  ])
})

test('a filter asks the server again, for whole days of the account', async () => {
  await using phone = await aLog()
  await screen.findByText('Carmen Ríos cambió el rol Agente')
  const paths = () => phone.asked.map(({ path }) => path)
  fireEvent.change(screen.getByLabelText('Acción'), { target: { value: 'role.changed' } })
  await vi.waitFor(() => expect(paths()).toContain('/audit?action=role.changed'))
  fireEvent.change(screen.getByLabelText('Desde'), { target: { value: '2026-11-20' } })
  await vi.waitFor(() => expect(paths()).toContain('/audit?action=role.changed&from=2026-11-20T05%3A00%3A00.000Z'))
})

test('a chain that was touched is told in plain words, with the place', async () => {
  await using _ = await aLog(5)
  fireEvent.click(screen.getByRole('button', { name: 'Comprobar la cadena' }))
  expect(await screen.findByText(/La anotación 5 no es la que se escribió/)).toBeTruthy()
})
