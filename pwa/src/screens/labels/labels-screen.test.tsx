import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import type { ManagedLabel } from '#contract/labels.ts'
import { aLabel, aRole } from '../../live/fakes.ts'
import { loadLabelsText } from '../../text/labels.ts'
import { aTeamScreen } from '../team/a-team.tsx'
import LabelsScreen from './labels-screen.tsx'

afterEach(cleanup)

const morosos = aLabel(1, { name: 'Morosos', description: 'Más de 30 días', color: 'teja', chats: 3 })

async function aScreen(labels: ManagedLabel[]) {
  await loadLabelsText()
  return aTeamScreen(LabelsScreen, ['chats.read', 'labels.manage', 'people.read'], ({ method, path, body }) => {
    if (method === 'GET' && path === '/labels/managed') return { body: { items: labels } }
    if (method === 'GET' && path === '/roles') return { body: { items: [aRole(3)] } }
    if (method !== 'GET' && body['name'] === 'Repetida') {
      return { status: 409, body: { code: 'name_taken', traceId: 't', type: '', title: '', status: 409 } }
    }
    if (method !== 'GET') return { body: { ...morosos, ...body, rev: 2 } }
    return undefined
  })
}

test('a label is made with its colour, its description and who sees it; the list then has it', async () => {
  await using phone = await aScreen([])
  fireEvent.click(await screen.findByRole('button', { name: 'Agregar' }))
  fireEvent.input(screen.getByLabelText('Nombre'), { target: { value: 'Promesa de pago' } })
  fireEvent.click(screen.getByRole('radio', { name: 'Eucalipto' }))
  fireEvent.input(screen.getByLabelText('Descripción'), { target: { value: 'Dijo cuándo paga' } })
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Agente' }))
  fireEvent.click(screen.getByRole('button', { name: 'Guardar' }))
  expect(await screen.findByRole('button', { name: /^Promesa de pago/ })).toBeTruthy()
  expect(phone.asked.find(({ method }) => method === 'POST')).toMatchObject({
    path: '/labels',
    body: { name: 'Promesa de pago', color: 'eucalipto', description: 'Dijo cuándo paga', roles: [aRole(3).id] },
  })
})

test('a name that is taken is said, and nothing that was typed is lost', async () => {
  await using _phone = await aScreen([])
  fireEvent.click(await screen.findByRole('button', { name: 'Agregar' }))
  const name = screen.getByLabelText<HTMLInputElement>('Nombre')
  fireEvent.input(name, { target: { value: 'Repetida' } })
  fireEvent.click(screen.getByRole('button', { name: 'Guardar' }))
  await vi.waitFor(() => expect(screen.getByRole('alert').textContent).not.toBe(''))
  expect(name.value).toBe('Repetida')
})

test('a label is made inactive and stands under the inactive ones, with its uses', async () => {
  await using phone = await aScreen([morosos])
  expect(await screen.findByText(/3 chats/)).toBeTruthy()
  fireEvent.click(await screen.findByRole('button', { name: /Morosos/ }))
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Inactivar' }))
  expect(await screen.findByRole('heading', { name: 'Inactivas' })).toBeTruthy()
  await vi.waitFor(() => expect(phone.asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ rev: 1, archived: true }))
})
