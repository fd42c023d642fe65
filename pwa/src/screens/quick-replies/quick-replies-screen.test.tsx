import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import type { QuickReply } from '#contract/quick-replies.ts'
import { aQuickReply, aRole } from '../../live/fakes.ts'
import { loadQuickText } from '../../text/quick.ts'
import { aTeamScreen } from '../team/a-team.tsx'
import { byFolder } from './folders.rules.ts'
import QuickRepliesScreen from './quick-replies-screen.tsx'

afterEach(cleanup)

const saludo = aQuickReply(1, { shortcut: 'hola', name: 'Saludo', folder: 'Inicio', text: 'Hola {cliente}' })

async function aScreen(replies: QuickReply[]) {
  await loadQuickText()
  return aTeamScreen(QuickRepliesScreen, ['messages.send', 'quick_replies.manage', 'people.read'], ({ method, path, body }) => {
    if (method === 'GET' && path === '/quick-replies?all=true') return { body: { items: replies } }
    if (method === 'GET' && path === '/roles') return { body: { items: [aRole(3)] } }
    if (method !== 'GET') return { body: { ...saludo, id: aQuickReply(9).id, ...body, media: null, rev: 2 } }
    return undefined
  })
}
const field = (name: string | RegExp) => screen.getByLabelText<HTMLInputElement>(name)
const type = (name: string | RegExp, value: string) => fireEvent.input(field(name), { target: { value } })

test('replies stand by folder, what was put away last', () => {
  const old = aQuickReply(2, { archived: true, folder: 'Inicio' })
  const free = aQuickReply(3)
  expect(byFolder([old, saludo, free]).map(({ folder, isArchive, items }) => [folder, isArchive, items.length])).toEqual([
    ['', false, 1],
    ['Inicio', false, 1],
    ['', true, 1],
  ])
})

test('a new reply is written with its variables, read as it will be, kept for a role, and stands in the list', async () => {
  await using phone = await aScreen([])
  fireEvent.click(await screen.findByRole('button', { name: 'Agregar' }))
  type('Nombre', 'Saldo pendiente')
  type('Atajo', 'saldo')
  type('Texto', 'Debe ')
  field('Texto').setSelectionRange(5, 5)
  fireEvent.click(screen.getByRole('button', { name: 'Saldo' }))
  expect(field('Texto').value).toBe('Debe {saldo}')
  expect(screen.getByText('Debe S/ 120,50')).toBeTruthy()
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Agente' }))
  fireEvent.click(screen.getByRole('button', { name: 'Guardar' }))
  expect(await screen.findByText('/saldo')).toBeTruthy()
  const sent = phone.asked.find(({ method }) => method === 'POST')
  expect(sent).toMatchObject({
    path: '/quick-replies',
    body: { shortcut: 'saldo', name: 'Saldo pendiente', text: 'Debe {saldo}', mediaId: null, roles: [aRole(3).id] },
  })
})

test('a reply is put away and shows under what is archived', async () => {
  await using phone = await aScreen([saludo])
  fireEvent.click(await screen.findByRole('button', { name: /Saludo/ }))
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Archivar' }))
  expect(await screen.findByRole('heading', { name: 'Archivadas' })).toBeTruthy()
  await vi.waitFor(() => expect(phone.asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ rev: 1, archived: true }))
})
