import { expect, test } from 'vitest'
import { tokenOf } from './caller.ts'

const TOKEN = 'QuwNLatRIKj2Heo6COC0EVw3A0r68DKFoFDvppSXomo'
const asked = (headers: Record<string, string>): Request => new Request('https://desk.example/api/session', { headers })

test('a bearer token wins over the cookie', () => {
  expect(tokenOf(asked({ authorization: `Bearer ${TOKEN}`, cookie: `__Host-s=${'b'.repeat(43)}` }))).toEqual({
    token: TOKEN,
    from: 'bearer',
  })
})

test('the cookie is found among others', () => {
  expect(tokenOf(asked({ cookie: `theme=dark; __Host-s=${TOKEN}; x=1` }))).toEqual({ token: TOKEN, from: 'cookie' })
  expect(tokenOf(asked({ cookie: `s=${TOKEN}` }))).toEqual({ token: TOKEN, from: 'cookie' })
})

test('what is no token is nobody', () => {
  expect(tokenOf(asked({}))).toBeNull()
  expect(tokenOf(asked({ authorization: 'Basic abc' }))).toBeNull()
  expect(tokenOf(asked({ cookie: `xs=${TOKEN}` }))).toBeNull()
  expect(tokenOf(asked({ cookie: 's=short' }))).toBeNull()
})
