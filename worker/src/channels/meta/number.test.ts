import { expect, test } from 'vitest'
import { aFile, aMetaLine, fakeWire, says } from '../fake-wire.ts'
import { connectHook, details } from './number.ts'
import { savePhoto, saveProfile } from './profile.ts'

const PROFILE = {
  about: 'Abierto',
  description: 'Cobranzas',
  address: 'Loja',
  email: 'a@b.ec',
  websites: ['https://b.ec'],
  vertical: 'FINANCE',
}

test('quality, limit, address and profile come as Graph tells them', async () => {
  const { wire } = fakeWire(({ url }) => {
    if (url.pathname.endsWith('/222')) return says(200, { id: '222', name: 'Banco SA', business_verification_status: 'verified' })
    return url.pathname.endsWith('whatsapp_business_profile')
      ? says(200, { data: [{ ...PROFILE, profile_picture_url: 'https://pps.example/a', messaging_product: 'whatsapp' }] })
      : says(200, {
          ...{ display_phone_number: '+593 98 765 4321', verified_name: 'Banco', status: 'CONNECTED', quality_rating: 'YELLOW' },
          ...{ throughput: { level: 'STANDARD' }, whatsapp_business_manager_messaging_limit: 'TIER_2K' },
          webhook_configuration: { application: 'https://app.example/a', phone_number: 'https://ours.example/b' },
          ...{ platform_type: 'CLOUD_API', account_mode: 'LIVE', health_status: { can_send_message: 'AVAILABLE' } },
        })
  })
  expect(await details(aMetaLine({ wabaId: '222' }), wire)).toEqual({
    ok: true,
    value: {
      number: {
        phone: '593987654321',
        name: 'Banco',
        state: 'CONNECTED',
        quality: 'medium',
        limit: 'TIER_2K',
        throughput: 'STANDARD',
        account: { id: '222', name: 'Banco SA' },
        hosting: 'CLOUD_API',
        verification: 'VERIFIED',
        canSend: 'AVAILABLE',
        sandbox: false,
        app: null,
        wallet: null,
      },
      // The number's own address is the one that counts.
      hooks: ['https://ours.example/b'],
      profile: { ...PROFILE, photo: 'https://pps.example/a' },
    },
  })
})

test('what Graph leaves out is told as not told; a profile that is refused hides nothing else', async () => {
  const { wire } = fakeWire(({ url }) => (url.pathname.endsWith('profile') ? says(403, { error: { code: 10 } }) : says(200, {})))
  const told = await details(aMetaLine(), wire)
  expect(told).toMatchObject({
    ok: true,
    value: { number: { phone: null, quality: null, limit: null }, hooks: null, profile: null },
  })
})

test('a hook is connected for this number alone, after the app is subscribed to its account', async () => {
  const { wire, asked } = fakeWire(() => says(200, { success: true }))
  const line = aMetaLine({ phoneNumberId: '111', wabaId: '222', verifyToken: 'palabra' })
  expect(await connectHook(line, wire, 'https://ours.example/hook')).toEqual({ ok: true, value: null })
  expect(asked.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
    'POST /v25.0/222/subscribed_apps',
    'POST /v25.0/111',
  ])
  expect(asked[1]?.body).toEqual({
    webhook_configuration: { override_callback_uri: 'https://ours.example/hook', verify_token: 'palabra' },
  })
})

test('an address that did not answer Graph is told as that', async () => {
  const { wire } = fakeWire(() => says(400, { error: { code: 2200, message: 'could not be validated' } }))
  expect(await connectHook(aMetaLine(), wire, 'https://ours.example/hook')).toMatchObject({
    ok: false,
    error: { code: 'hook_refused' },
  })
})

test('a profile is saved whole; an expired token says so', async () => {
  const good = fakeWire(() => says(200, { success: true }))
  expect(await saveProfile(aMetaLine(), good.wire, PROFILE)).toEqual({ ok: true, value: null })
  expect(good.asked[0]?.body).toEqual({ messaging_product: 'whatsapp', ...PROFILE })
  const bad = fakeWire(() => says(401, { error: { code: 190, message: 'expired' } }))
  expect(await saveProfile(aMetaLine(), bad.wire, PROFILE)).toMatchObject({ ok: false, error: { code: 'token_invalid' } })
})

test('what is left empty is not sent where Graph takes nothing empty, and its own words about a field come back', async () => {
  const { wire, asked } = fakeWire(() => says(400, { error: { code: 100, message: '(#100) Param email is not a valid email.' } }))
  const told = await saveProfile(aMetaLine(), wire, { ...PROFILE, about: '', vertical: '' })
  expect(asked[0]?.body).not.toHaveProperty('about')
  expect(asked[0]?.body).not.toHaveProperty('vertical')
  expect(told).toMatchObject({ ok: false, error: { detail: 'Param email is not a valid email.' } })
})

test('a picture goes up first and is then named in the profile', async () => {
  const { wire, asked } = fakeWire(({ url }) => {
    if (url.pathname.endsWith('/uploads')) return says(200, { id: 'upload:abc' })
    return says(200, url.pathname.includes('upload:') ? { h: '4::handle' } : { success: true })
  })
  expect(await savePhoto(aMetaLine(), wire, aFile('image/jpeg'))).toEqual({ ok: true, value: null })
  expect(asked.at(-1)?.body).toEqual({ messaging_product: 'whatsapp', profile_picture_handle: '4::handle' })
})
