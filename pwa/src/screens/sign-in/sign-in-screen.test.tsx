import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test, vi } from 'vitest'
import { aPhone } from '../../live/a-phone.ts'
import { loadOwnText } from '../../text/own.ts'
import SignInScreen from './sign-in-screen.tsx'
import SignUpScreen from './sign-up-screen.tsx'

afterEach(cleanup)

const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const refusal = (status: number, code: string) => ({ status, body: { code, traceId: 't' } })

test('the second step asks for a code and sends the typed password again; a wrong code stays there', async () => {
  await using phone = await aPhone(({ path, body }) =>
    path === '/session' ? refusal(401, body['code'] ? 'code_wrong' : 'code_needed') : undefined,
  )
  render(() => <SignInScreen />)
  type('Correo', 'ana@loja.ec')
  type('Clave', 'tres palabras sueltas')
  press('Entrar')
  await screen.findByText('Un paso más')
  expect(screen.getByLabelText('Código').getAttribute('autocomplete')).toBe('one-time-code')
  type('Código', '123 456')
  press('Continuar')
  await screen.findByText(/Ese código no sirve/)
  expect(phone.asked.at(-1)?.body).toEqual({ email: 'ana@loja.ec', password: 'tres palabras sueltas', code: '123456' })
  expect(screen.getByLabelText<HTMLInputElement>('Código').value).toBe('123 456')
  expect(JSON.stringify({ ...localStorage })).not.toContain('sueltas')
})

test('a refused sign-up keeps everything that was typed', async () => {
  await using phone = await aPhone(({ path }) => (path === '/account' ? refusal(422, 'password_common') : undefined))
  await loadOwnText()
  render(() => <SignUpScreen />)
  type('Nombre de la empresa', 'Tejidos Loja')
  type('Su nombre', 'Ana')
  type('Correo', 'ana@loja.ec')
  type('Elija una clave', 'contraseña1')
  press('Crear la empresa')
  await screen.findByText(/muy conocida/)
  await vi.waitFor(() => expect(phone.asked.some(({ path }) => path === '/account')).toBe(true))
  expect(screen.getByLabelText<HTMLInputElement>('Nombre de la empresa').value).toBe('Tejidos Loja')
  expect(screen.getByLabelText<HTMLInputElement>('Elija una clave').value).toBe('contraseña1')
})
