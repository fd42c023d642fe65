import { getMeta } from '../../live/local-db.ts'
import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import { aPerson, aRole } from '../../live/fakes.ts'
import { aTeamScreen, drawTeamScreen } from './a-team.tsx'
import PeopleScreen from './people-screen.tsx'

afterEach(cleanup)

const rosa = aPerson(1, { name: 'Rosa Huamán', openChats: 3 })
const roles = [aRole(1, { base: 'administrator' }), aRole(3)]
const LINK = 'https://desk.example/link/abc'
const until = '2026-11-24T15:00:00.000Z'

function aList(may = true) {
  return aTeamScreen(PeopleScreen, may ? ['people.read', 'people.manage'] : ['people.read'], ({ method, path }) => {
    if (path === '/people' && method === 'POST') return { body: { person: aPerson(2, { name: 'Luz Vera' }), link: LINK, until } }
    if (path === '/people') return { body: { items: [rosa] } }
    if (path === '/roles') return { body: { items: roles } }
    if (path.endsWith('/deactivation')) return { body: { person: { ...rosa, state: 'deactivated', openChats: 0 }, requeued: 3 } }
    return undefined
  })
}

test('who is invited gets a link, shown with the ways to hand it over', async () => {
  await using phone = await aList()
  await screen.findByText('Rosa Huamán')
  await vi.waitFor(() => expect(screen.getAllByRole<HTMLButtonElement>('button', { name: 'Invitar' })[0]?.disabled).toBe(false))
  fireEvent.click(screen.getAllByRole('button', { name: 'Invitar' })[0] ?? document.body)
  const sheet = within(screen.getByRole('dialog'))
  fireEvent.input(sheet.getByLabelText('Nombre'), { target: { value: 'Luz Vera' } })
  fireEvent.input(sheet.getByLabelText('Correo'), { target: { value: 'luz@andinas.example' } })
  fireEvent.click(sheet.getByRole('button', { name: 'Crear el enlace' }))
  expect(await screen.findByText(LINK)).toBeTruthy()
  expect(phone.asked.find(({ method }) => method === 'POST')?.body).toMatchObject({ name: 'Luz Vera', roleId: roles[1]?.id })
  const whatsapp = screen.getByRole<HTMLAnchorElement>('link', { name: 'Enviar por WhatsApp' })
  expect(decodeURIComponent(whatsapp.href)).toContain(LINK)
  expect(screen.getByText(/Vence el/)).toBeTruthy()
})

test('before a person is put out, what happens is said; afterwards they are the last', async () => {
  await using _ = await aList()
  fireEvent.click(await screen.findByRole('button', { name: 'Rosa Huamán' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Desactivar' }))
  const sheet = within(screen.getByRole('dialog', { name: '¿Desactivar a Rosa Huamán?' }))
  expect(sheet.getByText(/3 chats abiertos suyos vuelven a la cola/)).toBeTruthy()
  expect(sheet.getByText(/No se borra nada/)).toBeTruthy()
  fireEvent.click(sheet.getByRole('button', { name: 'Desactivar' }))
  expect(await screen.findByText('Desactivada')).toBeTruthy()
})

test('who may only read the team changes nobody', async () => {
  await using _ = await aList(false)
  expect(await screen.findByText('Rosa Huamán')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Rosa Huamán' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Invitar' })).toBeNull()
})

test('without a network the last list is shown, said to be old, and cannot be changed', async () => {
  let isDown = false
  const phone = await aTeamScreen(PeopleScreen, ['people.read', 'people.manage'], ({ path }) => {
    if (isDown && path === '/people') return { status: 503, body: {} }
    if (path === '/people') return { body: { items: [rosa] } }
    return path === '/roles' ? { body: { items: roles } } : undefined
  })
  await using _ = phone
  await screen.findByText('Rosa Huamán')
  await vi.waitFor(async () => expect(await getMeta(phone.running.desk.db, 'people')).toHaveLength(1))
  isDown = true
  cleanup()
  drawTeamScreen(PeopleScreen, phone)
  expect(await screen.findByText('Rosa Huamán')).toBeTruthy()
  expect(await screen.findByRole('button', { name: 'Reintentar' })).toBeTruthy()
  for (const button of screen.getAllByRole<HTMLButtonElement>('button', { name: 'Invitar' })) expect(button.disabled).toBe(true)
})

test('who may no longer see the team keeps no copy of it', async () => {
  await using phone = await aList()
  await screen.findByText('Rosa Huamán')
  const stored = () => getMeta(phone.running.desk.db, 'people')
  await vi.waitFor(async () => expect(await stored()).toHaveLength(1))
  phone.tellMe({ permissions: ['chats.read'] })
  await vi.waitFor(async () => expect(await stored()).toBeUndefined())
})
