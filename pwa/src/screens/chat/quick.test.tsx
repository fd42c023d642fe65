/** Quick replies in the composer: requirements CRM-42, CRM-67, CRM-68. */
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import type { QuickReply } from '#contract/quick-replies.ts'
import { aPhone } from '../../live/a-phone.ts'
import { DeskContext } from '../../live/context.ts'
import { aChannel, aChat, aMessage, aQuickReply } from '../../live/fakes.ts'
import { Composer } from './composer.tsx'

afterEach(cleanup)

const tomorrow = new Date(Date.now() + 20 * 3_600_000).toISOString()
const chat = aChat(1, { windowUntil: tomorrow, contact: { ...aChat(1).contact, name: 'Rosa Huamán' } })
const saludo = aQuickReply(1, { shortcut: 'hola', name: 'Saludo', text: 'Hola {cliente}, le escribe {agente}.' })
const saldo = aQuickReply(2, { shortcut: 'saldo', name: 'Saldo', text: 'Rosa debe {saldo} hace {mora} días.' })

type Filled = { text: string; missing: string[]; valuesAt: string | null; stale?: boolean }

/** A composer whose person has these replies. `filled` is what the server makes of one; null: the network is gone. */
async function aComposer(filled: Filled | null, replies: QuickReply[] = [saludo, saldo]) {
  const channel = aChannel()
  const phone = await aPhone(({ method, path, body }) => {
    if (path.includes('/quick-replies/')) return { body: filled }
    if (path === '/quick-replies') return { body: { items: replies } }
    if (method === 'POST')
      return { body: aMessage(1, { id: body['id'] as never, direction: 'out', status: 'queued', text: String(body['text']) }) }
    return undefined
  })
  if (!filled) loseQuickReplies()
  await phone.running.desk.apply([{ type: 'channel', channel }], null)
  await vi.waitFor(() => expect(phone.running.quickReplies.items()).toHaveLength(replies.length))
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <Composer chat={chat} sent={() => undefined} />
    </DeskContext.Provider>
  ))
  return {
    phone,
    box: () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Mensaje' }),
    posts: () => phone.asked.filter(({ method }) => method === 'POST').map(({ body }) => body),
  }
}

/** The helper answers every GET that is not asked for; a lost network does not. */
function loseQuickReplies(): void {
  const helpful = globalThis.fetch
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    url.includes('/quick-replies/') ? Promise.reject(new TypeError('no network')) : helpful(url, init),
  )
}

const search = () => screen.getByRole('combobox', { name: /Busque/ })
const chosen = () => screen.getAllByRole('option').find((one) => one.getAttribute('aria-selected') === 'true')?.textContent
const slash = (box: HTMLElement) => fireEvent.keyDown(box, { key: '/' })
const write = (box: HTMLElement, value: string) => fireEvent.input(box, { target: { value } })
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Enviar' }))

test('a slash on an empty line opens the picker, and Enter puts the chosen reply into the message, filled', async () => {
  const { phone, box, posts } = await aComposer({ text: 'Hola Rosa, le escribe Jorge.', missing: [], valuesAt: null })
  await using _ = phone
  slash(box())
  expect(chosen()).toContain('Saludo')
  fireEvent.keyDown(search(), { key: 'Enter' })
  await vi.waitFor(() => expect(box().value).toBe('Hola Rosa, le escribe Jorge.'))
  expect(screen.queryByRole('combobox')).toBeNull()
  write(box(), 'Hola Rosa, le escribe Jorge. ¿Cómo está?')
  send()
  await vi.waitFor(() => expect(posts()).toMatchObject([{ text: 'Hola Rosa, le escribe Jorge. ¿Cómo está?' }]))
})

test('arrows choose, words find, and what was used stands first the next time', async () => {
  const { phone, box } = await aComposer({ text: 'Debe 9', missing: [], valuesAt: null })
  await using _ = phone
  slash(box())
  fireEvent.keyDown(search(), { key: 'ArrowDown' })
  expect(chosen()).toContain('Saldo')
  fireEvent.keyDown(search(), { key: 'ArrowDown' })
  expect(chosen()).toContain('Saludo')
  write(search(), 'saldo')
  expect(screen.getAllByRole('option')).toHaveLength(1)
  fireEvent.keyDown(search(), { key: 'Enter' })
  await vi.waitFor(() => expect(box().value).toBe('Debe 9'))
  write(box(), '')
  fireEvent.click(screen.getByRole('button', { name: 'Rápidas' }))
  expect(chosen()).toContain('Saldo')
})

test('Escape closes it and leaves the slash, which may have been meant', async () => {
  const { phone, box } = await aComposer({ text: '', missing: [], valuesAt: null })
  await using _ = phone
  slash(box())
  fireEvent.keyDown(search(), { key: 'Escape' })
  expect(screen.queryByRole('combobox')).toBeNull()
  expect(box().value).toBe('/')
})

test('a slash within words is a slash', async () => {
  const { phone, box } = await aComposer({ text: '', missing: [], valuesAt: null })
  await using _ = phone
  write(box(), 'hoy 21')
  box().setSelectionRange(6, 6)
  slash(box())
  expect(screen.queryByRole('combobox')).toBeNull()
})

test('a value that is missing is marked, named, and nothing is sent until it is written', async () => {
  const text = 'Rosa debe {saldo} hace 12 días.'
  const { phone, box, posts } = await aComposer({ text, missing: ['saldo'], valuesAt: null })
  await using _ = phone
  slash(box())
  write(search(), 'saldo')
  fireEvent.keyDown(search(), { key: 'Enter' })
  await vi.waitFor(() => expect(box().value).toBe(text))
  expect(box().value.slice(box().selectionStart, box().selectionEnd)).toBe('{saldo}')
  expect(screen.getByRole('button', { name: 'Falta saldo' })).toBeTruthy()
  send()
  expect(screen.getByRole('alert').textContent).toBe('Falta completar: saldo. Escriba el dato o quítelo para enviar.')
  expect(posts()).toEqual([])
  write(box(), 'Rosa debe 120,50 hace 12 días.')
  expect(screen.queryByRole('button', { name: 'Falta saldo' })).toBeNull()
  send()
  await vi.waitFor(() => expect(posts()).toMatchObject([{ text: 'Rosa debe 120,50 hace 12 días.' }]))
})

test('without a network the names are put in, and everything else is missing', async () => {
  const { phone, box } = await aComposer(null, [
    aQuickReply(3, { text: '{cliente}, le escribe {agente} de {empresa}: debe {saldo}.' }),
  ])
  await using _ = phone
  slash(box())
  fireEvent.keyDown(search(), { key: 'Enter' })
  await vi.waitFor(() => expect(box().value).toBe('Rosa Huamán, le escribe Jorge Álvarez de Cobranzas Andinas: debe {saldo}.'))
  expect(screen.getByText(/Sin conexión no se pueden leer/)).toBeTruthy()
  send()
  expect(screen.getByRole('alert').textContent).toContain('Falta completar: saldo.')
})

test('the age of the client’s data is shown', async () => {
  const valuesAt = new Date(Date.now() - 3 * 60_000 - 5_000).toISOString()
  const { phone, box } = await aComposer({ text: 'Debe 120,50', missing: [], valuesAt })
  await using _ = phone
  slash(box())
  fireEvent.keyDown(search(), { key: 'Enter' })
  expect(await screen.findByText(/Datos del cliente: hace 3 min/)).toBeTruthy()
})

test('the list of the last time is there without a network', async () => {
  const { phone } = await aComposer({ text: '', missing: [], valuesAt: null })
  await using _ = phone
  await vi.waitFor(async () => expect(await phone.running.desk.db.get('meta', 'quickReplies')).toHaveLength(2))
})

test('while the client database does not answer, a banner says how old the values are', async () => {
  const valuesAt = new Date(Date.now() - 2 * 3_600_000 - 5_000).toISOString()
  const { phone, box } = await aComposer({ text: 'Debe 120,50', missing: [], valuesAt, stale: true })
  await using _ = phone
  slash(box())
  fireEvent.keyDown(search(), { key: 'Enter' })
  expect(await screen.findByText(/La base de clientes no responde. Son datos de hace 2 h/)).toBeTruthy()
})
