import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import type { Client } from '#contract/clients.ts'
import type { Contact } from '#contract/contacts.ts'
import type { Permission } from '#contract/permissions.ts'
import { ClientSheet } from '../../contact/client-sheet.tsx'
import { aContact, aPerson } from '../../live/fakes.ts'
import { loadConsentsText } from '../../text/consents.ts'
import { loadContactsText } from '../../text/contacts.ts'
import { aTeamScreen } from '../team/a-team.tsx'
import ContactListScreen from './contact-list-screen.tsx'
import ImportScreen from './import-screen.tsx'
import IssuesScreen from './issues-screen.tsx'

afterEach(cleanup)

type Answer = Parameters<typeof aTeamScreen>[2]
const ALL: Permission[] = ['contacts.read', 'contacts.write', 'contacts.manage', 'contacts.phone']

async function draw(Screen: Parameters<typeof aTeamScreen>[0], answer: Answer, may = ALL) {
  await Promise.all([loadContactsText(), loadConsentsText()])
  return aTeamScreen(Screen, may, answer)
}
const field = (name: string | RegExp) => screen.getByLabelText<HTMLInputElement>(name)
const type = (name: string | RegExp, value: string) => fireEvent.input(field(name), { target: { value } })

test('a list shows the five facts; without the permission nothing offers to add or to see archived ones', async () => {
  const contact = aContact(1, { name: 'Rosa', state: 'pending', agent: { id: aPerson(1).id, name: 'Jorge' } })
  await using _ = await draw(
    ContactListScreen,
    ({ path }) => (path.startsWith('/contacts') ? { body: { items: [contact], next: null } } : undefined),
    ['contacts.read'],
  )
  const row = await screen.findByRole('button', { name: /Rosa/ })
  for (const fact of ['Rosa', 'Pendiente', 'Jorge', '+593 98 765 1001']) expect(within(row).getByText(fact)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Agregar' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Archivados' })).toBeNull()
})

test('a file is tried before it is kept; a change of anything asks for another try', async () => {
  const rows = [
    { outcome: 'created', reason: null, phone: '593987654321' },
    { outcome: 'refused', reason: 'phone_missing', phone: null },
  ]
  const phone = await draw(ImportScreen, ({ method, path }) => {
    if (path !== '/contact-imports') return undefined
    return { body: method === 'GET' ? { items: [] } : { importId: null, counts: { created: 1, refused: 1 }, rows } }
  })
  await using _ = phone
  const file = new File(['Nombre;Celular\nRosa;0987654321\nSin;'], 'a.csv')
  fireEvent.change(field('Elegir archivo CSV'), { target: { files: [file] } })
  expect(await screen.findByText('a.csv · 2 filas')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Importar/ })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Probar sin guardar' }))
  expect(await screen.findByText('Fila 3')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Importar 1 contacto' })).toBeTruthy()
  fireEvent.change(field('Si el contacto ya existe'), { target: { value: 'replace' } })
  expect(screen.queryByRole('button', { name: /^Importar/ })).toBeNull()
  fireEvent.change(field('Celular'), { target: { value: '' } })
  expect(screen.getByText('Indique qué columna es el número.')).toBeTruthy()
  const sent = phone.asked.filter(({ method }) => method === 'POST')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.body).toMatchObject({
    dryRun: true,
    columns: ['name', 'phone'],
    rows: [
      ['Rosa', '0987654321'],
      ['Sin', ''],
    ],
  })
})

test('a conflict shows what the other file says, and takes it on demand', async () => {
  const contact = aContact(1, { name: 'Rosa' })
  const issue = { kind: 'conflict', contact, others: [], shared: null, proposal: { name: 'Rosita' } }
  let items: object[] = [issue]
  const phone = await draw(IssuesScreen, ({ method, path }) => {
    if (path.startsWith('/contact-issues'))
      return { body: { items, counts: { incomplete: 0, duplicate: 0, conflict: items.length } } }
    if (method === 'PUT') items = []
    return method === 'PUT' ? { body: contact } : undefined
  })
  await using _ = phone
  fireEvent.click(await screen.findByRole('button', { name: /En conflicto/ }))
  expect(await screen.findByText('Otra fuente dice: Rosita')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Usar lo propuesto' }))
  expect(await screen.findByText('Nada por validar')).toBeTruthy()
  expect(phone.asked.find(({ method }) => method === 'PUT')).toMatchObject({
    path: `/contacts/${contact.id}/issues/conflict`,
    body: { take: true },
  })
})

const aClient = (saldo: number, mora: number, version: string): Client => ({
  ...{ clientId: 'D-1', phone: null, version, readAt: '2026-11-21T10:00:00.000Z' },
  values: { saldo: { text: `$${saldo}`, value: saldo }, mora: { text: String(mora), value: mora } },
})

test('who was slower sees both versions; what they did not touch stays as it is there', async () => {
  const fields = ['saldo', 'mora'].map((key) => ({ key, label: key, kind: 'number' as const, sensitive: false, editable: true }))
  const close = vi.fn<() => void>()
  const saved = vi.fn<(client: Client) => void>()
  const theirs = aClient(50, 9, 'v2')
  const phone = await draw(
    () => <ClientSheet client={aClient(100, 3, 'v1')} fields={fields} close={close} saved={saved} />,
    ({ method, body }) => {
      if (method !== 'PATCH') return undefined
      return {
        body: body['version'] === 'v1' ? { client: null, conflict: theirs } : { client: aClient(80, 9, 'v3'), conflict: null },
      }
    },
  )
  await using _ = phone
  type('saldo', '80')
  fireEvent.click(screen.getByRole('button', { name: 'Guardar en la base' }))
  expect(await screen.findByText('Alguien lo cambió mientras tanto')).toBeTruthy()
  expect(screen.getByRole('cell', { name: '$50' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Guardar lo mío' }))
  await vi.waitFor(() => expect(saved).toHaveBeenCalled())
  const writes = phone.asked.filter(({ method }) => method === 'PATCH').map(({ body }) => body)
  expect(writes).toEqual([
    { version: 'v1', values: { saldo: '80' } },
    { version: 'v2', values: { saldo: '80' } },
  ])
})

test('a contact whose number is masked is renamed without touching what one does not see', async () => {
  const contact: Contact = aContact(1, { name: null, phone: '•••001' })
  const phone = await draw(
    ContactListScreen,
    ({ method, path }) => {
      if (path.startsWith('/contacts?') || path === '/contacts') return { body: { items: [contact], next: null } }
      if (path.endsWith('/consents')) return { body: { items: [] } }
      return { body: method === 'PATCH' ? { ...contact, name: 'Rosa', rev: 2 } : contact }
    },
    ['contacts.read', 'contacts.write'],
  )
  await using _ = phone
  fireEvent.click(await screen.findByRole('button', { name: /•••001/ }))
  await screen.findByLabelText('Nombre')
  type('Nombre', 'Rosa')
  fireEvent.click(screen.getByRole('button', { name: 'Guardar' }))
  await vi.waitFor(() => expect(phone.asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ rev: 1, name: 'Rosa' }))
})
