import { MemoryRouter, Route } from '@solidjs/router'
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import type { Push } from '#contract/push.ts'
import { aPhone } from '../../live/a-phone.ts'
import { DeskContext } from '../../live/context.ts'
import { loadNoticesText } from '../../text/notices.ts'
import NotificationsScreen from './notifications-screen.tsx'

afterEach(cleanup)
afterEach(() => vi.unstubAllGlobals())

const KEY = `B${'A'.repeat(86)}`
const at = '2026-11-20T10:00:00.000Z'
const CHROME = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36'

type Given = { permission?: NotificationPermission; subscribe?: () => Promise<unknown>; userAgent?: string; offline?: boolean }

/** The screen of somebody with one other phone; `given` is what this browser is like. */
async function aScreen({ permission = 'granted', subscribe, userAgent, offline = false }: Given = {}) {
  let isAway = false
  type Device = Omit<Push['devices'][number], 'id'> & { id: string }
  let push: Omit<Push, 'devices'> & { devices: Device[] } = {
    publicKey: KEY,
    devices: [
      { id: 'd2', isThis: false, userAgent: CHROME, createdAt: at, deliveredAt: at, trouble: '503', dropped: null },
      { id: 'd3', isThis: false, userAgent: null, createdAt: at, deliveredAt: null, trouble: null, dropped: { at, why: 'gone' } },
    ],
    choice: {
      ...{ kinds: ['message', 'queue', 'assignment', 'mention'], preview: true, sound: true, onlyMine: false },
      ...{ quiet: null, timeZone: null },
    },
  }
  const phone = await aPhone(({ method, path, body }) => {
    if (isAway) return undefined
    if (`${method} ${path}` === 'GET /push') return { body: push }
    if (path === '/push/choice') {
      push = { ...push, choice: { ...push.choice, ...body } }
      return { body: push }
    }
    if (path === '/push/device') {
      const mine = { id: 'd1', isThis: true, userAgent: null, createdAt: at, deliveredAt: null, trouble: null, dropped: null }
      push = { ...push, devices: [mine, ...push.devices] }
      return { body: push }
    }
    if (path.endsWith('/test')) return { body: { result: 'gone', push } }
    return undefined
  })
  let subscription: unknown = null
  const registration = {
    pushManager: {
      getSubscription: async () => subscription,
      subscribe: async () => {
        subscription = subscribe
          ? await subscribe()
          : { toJSON: () => ({ endpoint: 'https://x', keys: { p256dh: 'k', auth: 'a' } }) }
        return subscription
      },
    },
  }
  const serviceWorker = { ready: Promise.resolve(registration), getRegistration: async () => registration }
  vi.stubGlobal(
    'navigator',
    Object.assign(Object.create(navigator), { serviceWorker, userAgent: userAgent ?? CHROME, maxTouchPoints: 5 }),
  )
  vi.stubGlobal('Notification', { permission, requestPermission: async () => permission })
  vi.stubGlobal('PushManager', function PushManager() {})
  await loadNoticesText()
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <MemoryRouter>
        <Route path="*" component={NotificationsScreen} />
      </MemoryRouter>
    </DeskContext.Provider>
  ))
  await screen.findByText('De qué avisar')
  isAway = offline
  return { ...phone, [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose](), choice: () => push.choice }
}

test('notifications are turned on with one tap, and this device is among the others', async () => {
  await using phone = await aScreen()
  fireEvent.click(await screen.findByRole('button', { name: 'Activar avisos' }))
  await screen.findByText('Los avisos están activos')
  expect(screen.getByText('· este equipo')).toBeTruthy()
  expect(phone.asked.find(({ path }) => path === '/push/device')?.body).toMatchObject({
    endpoint: 'https://x',
    p256dh: 'k',
    auth: 'a',
  })
})

test('who said no reads how to allow it in this browser; an iPhone that has not installed the app reads how to', async () => {
  {
    await using _ = await aScreen({ permission: 'denied' })
    await screen.findByText('Los avisos están bloqueados')
    expect(screen.getByText('Toque Permisos y luego Notificaciones.')).toBeTruthy()
  }
  cleanup()
  await using _ = await aScreen({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Safari/604.1' })
  await screen.findByText('Primero, instale la aplicación')
  expect(screen.getByText('Elija «Agregar a inicio».')).toBeTruthy()
})

test('a push service that never answers is said after fifteen seconds, and the button can be tapped again', async () => {
  await using _ = await aScreen({ subscribe: () => new Promise(() => undefined) })
  const button = await screen.findByRole('button', { name: 'Activar avisos' })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  fireEvent.click(button)
  await vi.advanceTimersByTimeAsync(15_100)
  vi.useRealTimers()
  await screen.findByText(/El servicio de avisos no respondió/)
  expect(button.hasAttribute('disabled')).toBe(false)
})

test('a device that no longer answers is shown with the reason, and one that fails a test leaves the list of the living', async () => {
  await using _ = await aScreen()
  await screen.findByText(/Dejó de responder/)
  expect(screen.getByText('El último aviso no se entregó (503).')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Probar: Chrome en Android' }))
  await screen.findByText(/Ese equipo ya no recibe avisos/)
})

test('switches that are moved without a network wait, and only what the role can hear of is offered', async () => {
  await using phone = await aScreen({ offline: true })
  expect(screen.queryByRole('switch', { name: /Traspasos por decidir/ })).toBeNull()
  fireEvent.click(screen.getByRole('switch', { name: /Mensajes en mis chats/ }))
  await screen.findByText('Se guardará cuando vuelva la conexión.')
  expect(phone.choice().kinds).toContain('message')
})

test('quiet hours begin as a night of every day, and are never without a day', async () => {
  await using phone = await aScreen()
  fireEvent.click(screen.getByRole('switch', { name: /Horas tranquilas/ }))
  await screen.findByLabelText('Desde')
  await vi.waitFor(() => expect(phone.choice().quiet).toEqual({ from: '20:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] }))
  for (const day of ['martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo', 'lunes']) {
    fireEvent.click(screen.getByRole('button', { name: day }))
  }
  await vi.waitFor(() => expect(phone.choice().quiet?.days).toEqual([1]))
})
