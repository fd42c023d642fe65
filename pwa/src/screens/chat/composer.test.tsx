import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import type { Channel } from '#contract/channels.ts'
import type { Chat } from '#contract/inbox.ts'
import { DeskContext } from '../../live/context.ts'
import { aPhone } from '../../live/a-phone.ts'
import { aChannel, aChat, aMe, aMessage } from '../../live/fakes.ts'
import { Composer } from './composer.tsx'

afterEach(cleanup)

const tomorrow = new Date(Date.now() + 20 * 3_600_000).toISOString()
const chat = aChat(1, { windowUntil: tomorrow, contact: { ...aChat(1).contact, name: 'Rosa Huamán' } })

/** A composer on a phone whose server takes everything, unless told otherwise. */
async function aComposer(
  more: { chat?: Chat; me?: ReturnType<typeof aMe> } & Partial<Pick<Channel, 'settings' | 'subscription'>> = {},
) {
  const { settings, subscription } = more
  const channel = aChannel({ ...(settings && { settings }), ...(subscription && { subscription }) })
  const phone = await aPhone(({ method, path, body }) => {
    if (path.startsWith('/channels')) return { body: { items: [channel], next: null } }
    if (path === '/subscriptions/payers') return { body: { names: ['Ana Torres'] } }
    if (method === 'POST')
      return { body: aMessage(1, { id: body['id'] as never, direction: 'out', status: 'queued', text: String(body['text']) }) }
    return undefined
  }, more)
  await phone.running.desk.apply([{ type: 'channel', channel }], null)
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <Composer chat={more.chat ?? chat} sent={() => undefined} />
    </DeskContext.Provider>
  ))
  const posts = () =>
    phone.asked.filter(({ method }) => method === 'POST').map(({ path, body }) => ({ path, text: body['text'] }))
  return { phone, posts, box: () => screen.getByRole<HTMLTextAreaElement>('textbox') }
}

function write(box: HTMLTextAreaElement, text: string): void {
  fireEvent.input(box, { target: { value: text } })
}

const send = () => fireEvent.click(screen.getByRole('button', { name: 'Enviar' }))

test('what is sent leaves the composer, goes to the server once and leaves nothing behind', async () => {
  const { phone, posts, box } = await aComposer()
  await using _ = phone
  write(box(), 'Buenos días')
  send()
  expect(box().value).toBe('')
  await vi.waitFor(() => expect(posts()).toEqual([{ path: `/chats/${chat.id}/messages`, text: 'Buenos días' }]))
  await vi.waitFor(() => expect(phone.running.outbox.entries()).toEqual([]))
})

test('what the server has taken of a draft draws nothing anew under the thumb that is about to send it', async () => {
  const { phone, box } = await aComposer()
  await using _ = phone
  write(box(), 'Buenos días')
  // A browser that no longer finds at its place what was pressed makes no click of it.
  const pressed = screen.getByRole('button', { name: 'Enviar' }).querySelector('path')
  const { drafts } = phone.running
  drafts.keep({ ...drafts.of(chat.id), rev: 1, isOwn: false })
  expect(pressed?.isConnected).toBe(true)
})

test('what this phone cannot store comes back into the composer, and why is said', async () => {
  const { phone, box } = await aComposer()
  await using _ = phone
  phone.running.outbox.add = () => Promise.reject(new Error('no room'))
  write(box(), 'Buenos días')
  send()
  await vi.waitFor(() => expect(box().value).toBe('Buenos días'))
  expect(screen.getByRole('alert').textContent).toMatch(/^No se pudo guardar en este equipo, y no se envió/)
})

test('a number that is not paid is closed before anything is written, keeps what was, and opens when it is paid', async () => {
  const over = { state: 'suspended', sendsUntil: null, cancelsAt: null }
  const { phone, posts, box } = await aComposer({ subscription: over, me: aMe(['messages.send', 'notes.write']) })
  await using _ = phone
  const { desk, drafts } = phone.running
  drafts.set({ ...drafts.of(chat.id), text: 'Ya casi' })
  expect(box().disabled).toBe(true)
  expect(box().value).toBe('Ya casi')
  expect(screen.getByText(/La suscripción de este número venció: recibe mensajes, pero no envía\./)).toBeTruthy()
  await vi.waitFor(() => expect(screen.getByText('Pídalo a Ana Torres.')).toBeTruthy())
  send()
  expect(posts()).toEqual([])

  const sendsUntil = new Date(Date.now() + 86_400_000).toISOString()
  const paid = { ...aChannel(), subscription: { state: 'active', sendsUntil, cancelsAt: null } }
  await desk.apply([{ type: 'channel', channel: paid }], null)
  expect(box().disabled).toBe(false)
  expect(box().value).toBe('Ya casi')
})

test('a link is refused with the reason, and the text stays', async () => {
  const { phone, posts, box } = await aComposer()
  await using _ = phone
  write(box(), 'mire https://tienda.ec')
  send()
  expect(screen.getByRole('alert').textContent).toBe(
    'No se permite enviar enlaces desde este número. Quite el enlace para enviar.',
  )
  expect(box().value).toBe('mire https://tienda.ec')
  expect(posts()).toEqual([])
})

test('a number that allows links sends them', async () => {
  const { phone, posts, box } = await aComposer({ settings: { allowVideo: false, allowLinks: true } })
  await using _ = phone
  write(box(), 'mire https://tienda.ec')
  send()
  await vi.waitFor(() => expect(posts()).toHaveLength(1))
})

test('a pasted video is refused with the reason', async () => {
  const { phone, box } = await aComposer()
  await using _ = phone
  const files = [new File(['x'], 'baile.mp4', { type: 'video/mp4' })]
  fireEvent.paste(box(), { clipboardData: { files } })
  expect((await screen.findByRole('alert')).textContent).toBe('No se permite enviar videos desde este número.')
})

test('a note is saved as a note, says anything, and never leaves', async () => {
  const { phone, posts, box } = await aComposer()
  await using _ = phone
  fireEvent.click(screen.getByRole('button', { name: 'Nota' }))
  write(box(), 'ver https://crm.local/rosa')
  fireEvent.click(screen.getByRole('button', { name: 'Guardar nota' }))
  await vi.waitFor(() => expect(posts()).toEqual([{ path: `/chats/${chat.id}/notes`, text: 'ver https://crm.local/rosa' }]))
})

test('a message that is half written waits while a note is written', async () => {
  const { phone, box } = await aComposer()
  await using _ = phone
  write(box(), 'medio mensaje')
  fireEvent.click(screen.getByRole('button', { name: 'Nota' }))
  expect(box().value).toBe('')
  write(box(), 'una nota')
  fireEvent.click(screen.getByRole('button', { name: 'Guardar nota' }))
  fireEvent.click(screen.getByRole('button', { name: 'Mensaje' }))
  expect(box().value).toBe('medio mensaje')
})

test('after 24 hours a message cannot be written, and the reason is said; a note can', async () => {
  const closed = { ...chat, windowUntil: new Date(Date.now() - 120_000).toISOString() }
  const { phone, box } = await aComposer({ chat: closed })
  await using _ = phone
  expect(box().disabled).toBe(true)
  expect(screen.getByText(/Pasaron 24 horas/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Nota' }))
  expect(box().disabled).toBe(false)
})

test('a role that may not send reads why', async () => {
  const me = { ...aMe(), permissions: ['chats.read' as const] }
  const { phone, box } = await aComposer({ me })
  await using _ = phone
  expect(box().disabled).toBe(true)
  expect(screen.getByText(/Su rol puede leer este chat/)).toBeTruthy()
})

test('what was typed is still there on another visit', async () => {
  const { phone, box } = await aComposer()
  await using _ = phone
  write(box(), 'sigo después')
  await phone.running.drafts.flush()
  expect(await phone.running.desk.db.get('drafts', chat.id)).toMatchObject({ text: 'sigo después' })
})
