import { Route, Router } from '@solidjs/router'
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import { aPhone } from '../../live/a-phone.ts'
import { DeskContext } from '../../live/context.ts'
import { aChat } from '../../live/fakes.ts'
import type { Outgoing } from '../../live/outbox.rules.ts'
import { loadOutboxText } from '../../text/outbox.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import OutboxScreen from './outbox-screen.tsx'

afterEach(cleanup)

const chat = { ...aChat(1), contact: { ...aChat(1).contact, name: 'Rosa Huamán' } }

function written(text: string, more: Partial<Outgoing> = {}): Outgoing {
  return {
    ...{ id: uuidv7(), chatId: chat.id, what: 'message', kind: 'text', text, file: null, mediaId: null, replyTo: null },
    ...{ author: { id: 'p', name: 'Jorge' }, at: new Date().toISOString() },
    ...{ state: 'queued', posted: false, attempts: 0, notBefore: 0, problem: null },
    ...more,
  }
}

/** A phone without a network that has written these. */
async function waiting(...entries: Outgoing[]) {
  const phone = await aPhone(() => undefined)
  vi.stubGlobal('navigator', { ...navigator, onLine: false })
  await phone.running.desk.apply([{ type: 'chat', chat }], null)
  for (const entry of entries) await phone.running.outbox.add(entry, null)
  await loadOutboxText()
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <Router>
        <Route path="*" component={OutboxScreen} />
      </Router>
    </DeskContext.Provider>
  ))
  return phone
}

test('all that waits is told with its chat and its reason; what is dropped is gone, what is edited is in its composer', async () => {
  await using phone = await waiting(written('el primero'), written('el segundo'), written('una nota', { what: 'note' }))
  const line = await screen.findByRole('region', { name: 'Rosa Huamán' })
  expect([...line.querySelectorAll('li')].map((item) => item.querySelector('p')?.textContent)).toEqual([
    'el primero',
    'el segundo',
    'una nota',
  ])
  expect(line.textContent).toContain('Saldrá cuando vuelva la conexión.')
  const [drop] = screen.getAllByRole('button', { name: 'Descartar' })
  if (drop) fireEvent.click(drop)
  await vi.waitFor(() => expect(screen.queryByText('el primero')).toBeNull())
  phone.running.drafts.set({ ...phone.running.drafts.of(chat.id), text: 'ya escrito' })
  const [edit] = screen.getAllByRole('button', { name: 'Editar' })
  if (edit) fireEvent.click(edit)
  await vi.waitFor(() => expect(screen.queryByText('el segundo')).toBeNull())
  expect(phone.running.drafts.of(chat.id).text).toBe('el segundo\nya escrito')
})

test('with nothing to send it says so', async () => {
  await using _ = await waiting()
  expect((await screen.findByText('Todo enviado')).textContent).toBe('Todo enviado')
})
