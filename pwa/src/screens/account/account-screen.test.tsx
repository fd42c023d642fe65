import { MemoryRouter, Route } from '@solidjs/router'
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import { aPhone } from '../../live/a-phone.ts'
import { DeskContext } from '../../live/context.ts'
import { loadOwnText } from '../../text/own.ts'
import AccountScreen from './account-screen.tsx'

afterEach(cleanup)

const CHROME = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36'
const at = '2026-11-20T10:00:00.000Z'

/** The own account of somebody with two devices, whose right code is 123456. */
async function anAccount() {
  let totp = false
  const phone = await aPhone(({ method, path, body }) => {
    const asked = `${method} ${path}`
    if (asked === 'GET /session/factors') return { body: { totp, recoveryCodesLeft: totp ? 2 : 0, passkeys: [] } }
    if (asked === 'GET /session/devices')
      return {
        body: {
          items: [
            { id: 'd1', isThis: true, userAgent: CHROME, createdAt: at, lastSeenAt: at },
            { id: 'd2', isThis: false, userAgent: null, createdAt: at, lastSeenAt: at },
          ],
        },
      }
    if (method === 'DELETE') return { body: { done: true } }
    if (asked === 'POST /session/factors/totp') return { body: { secret: 'ABCD', uri: 'otpauth://totp/x?secret=ABCD' } }
    if (asked === 'PUT /session/factors/totp') {
      if (body['code'] !== '123456') return { status: 401, body: { code: 'code_wrong', traceId: 't' } }
      totp = true
      return { body: { recoveryCodes: ['aaaa-1111', 'bbbb-2222'] } }
    }
    if (asked === 'PUT /session/password') return { status: 401, body: { code: 'wrong_credentials', traceId: 't' } }
    return undefined
  })
  await loadOwnText()
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <MemoryRouter>
        <Route path="*" component={AccountScreen} />
      </MemoryRouter>
    </DeskContext.Provider>
  ))
  return phone
}

const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))
const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } })

test('recovery codes are shown once, and a wrong code keeps the drawing', async () => {
  await using _ = await anAccount()
  await press('Activar')
  type('Clave actual', 'una clave larga')
  await press('Continuar')
  await screen.findByText('ABCD')
  type('Código de 6 dígitos', '000000')
  await press('Activar el segundo factor')
  await screen.findByText(/Ese código no sirve/)
  expect(screen.getByText('ABCD')).toBeTruthy()
  type('Código de 6 dígitos', '123 456')
  await press('Activar el segundo factor')
  expect(await screen.findByText('aaaa-1111')).toBeTruthy()
  await press('Ya los guardé')
  expect(screen.queryByText('aaaa-1111')).toBeNull()
  await screen.findByText('Activo. Quedan 2 códigos de recuperación.')
})

test('devices have plain names, this one is marked, and another is signed out', async () => {
  await using phone = await anAccount()
  expect(await screen.findByText('Chrome en Android')).toBeTruthy()
  expect(screen.getByText('Este dispositivo')).toBeTruthy()
  await press('Cerrar sesión: Dispositivo desconocido')
  await vi.waitFor(() => expect(screen.queryByText('Dispositivo desconocido')).toBeNull())
  expect(phone.asked.some(({ method, path }) => method === 'DELETE' && path === '/session/devices/d2')).toBe(true)
})

test('a refused change of password says which one was wrong and keeps both', async () => {
  await using _ = await anAccount()
  await press('Cambiar la clave')
  type('Clave actual', 'la de antes')
  type('Clave nueva', 'una nueva y larga')
  await press('Cambiar la clave')
  await screen.findByText(/La clave actual no es esa/)
  expect(screen.getByLabelText<HTMLInputElement>('Clave nueva').value).toBe('una nueva y larga')
})
