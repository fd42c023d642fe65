import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import type { Role } from '#contract/people.ts'
import { aRole } from '../../live/fakes.ts'
import { aTeamScreen } from './a-team.tsx'
import RolesScreen from './roles-screen.tsx'

afterEach(cleanup)

const agent = aRole(3)
const administrator = aRole(1, { base: 'administrator', people: 1, grants: { 'people.manage': 'all', 'chats.read': 'all' } })

/** The matrix over a server whose roles are `roles`; `apply` answers PUT /roles. */
function aMatrix(roles: () => Role[], apply: (body: Record<string, unknown>) => { status?: number; body: unknown }) {
  return aTeamScreen(RolesScreen, ['chats.read', 'people.read', 'roles.manage'], ({ method, path, body }) => {
    if (path !== '/roles') return undefined
    return method === 'PUT' ? apply(body) : { body: { items: roles() } }
  })
}

const cell = (name: string) => screen.findByLabelText<HTMLSelectElement>(name)

test('nothing is sent before the review, and then exactly what it shows', async () => {
  await using phone = await aMatrix(
    () => [administrator, agent],
    () => ({ body: { items: [{ ...agent, rev: 2, grants: { 'chats.read': 'all', 'messages.send': 'own' } }] } }),
  )
  fireEvent.change(await cell('Ver chats, Agente'), { target: { value: 'all' } })
  expect((await cell('Ver chats, Agente, Cambiado')).value).toBe('all')
  expect(phone.asked.some(({ method }) => method === 'PUT')).toBe(false)
  fireEvent.click(screen.getByRole('button', { name: 'Revisar cambios' }))
  const sheet = within(screen.getByRole('dialog'))
  expect(sheet.getByText('Propios')).toBeTruthy()
  expect(sheet.getByText('Todo')).toBeTruthy()
  fireEvent.click(sheet.getByRole('button', { name: 'Aplicar' }))
  await vi.waitFor(() =>
    expect(phone.asked.find(({ method }) => method === 'PUT')?.body).toEqual({
      changes: [{ roleId: agent.id, rev: 1, grants: { 'chats.read': 'all', 'messages.send': 'own' } }],
    }),
  )
  await vi.waitFor(() => expect(screen.queryByText('1 cambio sin aplicar')).toBeNull())
  expect((await cell('Ver chats, Agente')).value).toBe('all')
})

test('a change that is taken back in the review is not sent', async () => {
  await using phone = await aMatrix(
    () => [agent],
    () => ({ body: { items: [] } }),
  )
  fireEvent.change(await cell('Ver chats, Agente'), { target: { value: 'all' } })
  fireEvent.change(await cell('Responder, Agente'), { target: { value: '' } })
  fireEvent.click(screen.getByRole('button', { name: 'Revisar cambios' }))
  fireEvent.click(screen.getByRole('button', { name: 'Quitar este cambio: Responder, Agente' }))
  fireEvent.click(screen.getByRole('button', { name: 'Aplicar' }))
  await vi.waitFor(() =>
    expect(phone.asked.find(({ method }) => method === 'PUT')?.body).toEqual({
      changes: [{ roleId: agent.id, rev: 1, grants: { 'chats.read': 'all', 'messages.send': 'own' } }],
    }),
  )
})

test('a locked cell is no switch, and says why', async () => {
  await using _ = await aMatrix(
    () => [administrator, agent],
    () => ({ body: { items: [] } }),
  )
  const never = await screen.findByRole('button', { name: /^Administrar roles, Agente: No\. Un agente no puede administrar/ })
  fireEvent.click(never)
  expect(screen.queryByText(/cambio sin aplicar/)).toBeNull()
  expect(screen.queryByRole('switch', { name: /^Administrar roles, Agente/ })).toBeNull()
  expect(
    screen.getByRole('button', { name: /^Administrar personas, Administrador: Sí\. El administrador siempre lo tiene/ }),
  ).toBeTruthy()
})

test('when somebody was faster, the staged changes are kept on what is new, and that is said', async () => {
  let roles = [agent]
  let puts = 0
  await using phone = await aMatrix(
    () => roles,
    () => {
      puts += 1
      if (puts > 1) return { body: { items: [] } }
      roles = [{ ...agent, rev: 7, grants: { ...agent.grants, 'notes.write': 'own' } }]
      return { status: 409, body: { type: 'x', title: 'x', status: 409, code: 'changed_meanwhile', traceId: 't' } }
    },
  )
  fireEvent.change(await cell('Ver chats, Agente'), { target: { value: 'all' } })
  fireEvent.click(screen.getByRole('button', { name: 'Revisar cambios' }))
  fireEvent.click(screen.getByRole('button', { name: 'Aplicar' }))
  expect(await screen.findByText(/Otra persona cambió los roles antes/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Aplicar' }))
  await vi.waitFor(() =>
    expect(phone.asked.findLast(({ method }) => method === 'PUT')?.body).toEqual({
      changes: [{ roleId: agent.id, rev: 7, grants: { 'chats.read': 'all', 'messages.send': 'own', 'notes.write': 'own' } }],
    }),
  )
})

test('who may no longer change roles sees them without switches, with no reload', async () => {
  await using phone = await aMatrix(
    () => [agent],
    () => ({ body: { items: [] } }),
  )
  expect((await cell('Ver chats, Agente')).disabled).toBe(false)
  phone.tellMe({ permissions: ['chats.read', 'people.read'] })
  expect((await cell('Ver chats, Agente')).disabled).toBe(true)
  expect(screen.queryByRole('button', { name: 'Agregar rol' })).toBeNull()
})
