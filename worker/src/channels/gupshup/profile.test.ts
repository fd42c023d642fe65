import { expect, test } from 'vitest'
import { aFile, aGupshupLine, fakeWire, says } from '../fake-wire.ts'
import { readProfile, savePhoto, saveProfile } from './profile.ts'

const PROFILE = {
  ...{ about: 'Abierto', description: 'Cobranzas', address: 'Loja', email: 'a@b.ec', vertical: 'Finance' },
  websites: ['https://b.ec'],
}

test('a profile is put together of its three parts', async () => {
  const { wire } = fakeWire(({ url }) => {
    if (url.pathname.endsWith('/about')) return says(200, { status: 'success', about: { message: 'Abierto' } })
    if (url.pathname.endsWith('/photo')) return says(200, { status: 'success', message: 'https://pps.example/a' })
    const profile = { desc: 'Cobranzas', address: 'Loja', profileEmail: 'a@b.ec', vertical: 'Finance', website1: 'https://b.ec' }
    return says(200, { status: 'success', profile })
  })
  expect(await readProfile(aGupshupLine({}), wire)).toEqual({ ...PROFILE, photo: 'https://pps.example/a' })
})

test('an app that is not live has no profile, and one without a picture has all the rest', async () => {
  const dead = fakeWire(() => says(400, { error: { message: 'App Not Live' }, status: 'error' }))
  expect(await readProfile(aGupshupLine({}), dead.wire)).toBeNull()
  const bare = fakeWire(({ url }) =>
    url.pathname.endsWith('/photo') ? says(400, { status: 'error', message: 'none' }) : says(200, { status: 'success' }),
  )
  expect(await readProfile(aGupshupLine({}), bare.wire)).toMatchObject({ about: '', photo: null })
})

test.each(['self-serve', 'partner'] as const)('%s: a profile is saved as a form, then the status by itself', async (access) => {
  const { wire, asked } = fakeWire(() => says(200, { status: 'success' }))
  expect(await saveProfile(aGupshupLine({ access }), wire, PROFILE)).toEqual({ ok: true, value: null })
  expect(asked.map(({ method }) => method)).toEqual(['PUT', 'PUT'])
  const form = new URLSearchParams(asked[0]?.text)
  expect(Object.fromEntries(form)).toEqual({
    ...{ desc: 'Cobranzas', profileEmail: 'a@b.ec', website1: 'https://b.ec', website2: '' },
    ...{ addLine1: 'Loja', vertical: 'Finance' },
  })
  expect(asked[1]?.text).toBe('about=Abierto')
})

test("what Meta says through Gupshup comes back in Meta's words", async () => {
  const { wire } = fakeWire(() => says(400, { status: 'error', error: { message: 'App Not Live' } }))
  expect(await saveProfile(aGupshupLine({}), wire, PROFILE)).toMatchObject({ ok: false, error: { detail: 'App Not Live' } })
})

test('a picture goes as a file named image', async () => {
  const { wire, asked } = fakeWire(() => says(200, { status: 'success' }))
  expect(await savePhoto(aGupshupLine({}), wire, aFile('image/png'))).toEqual({ ok: true, value: null })
  expect(asked[0]?.form?.get('image')).toBeInstanceOf(Blob)
})
