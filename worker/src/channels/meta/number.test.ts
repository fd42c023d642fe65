import { expect, test } from 'vitest'
import { aMetaLine, fakeWire, says } from '../fake-wire.ts'
import { connectHook, details, saveProfile } from './number.ts'

const PROFILE = { about: 'Abierto', description: 'Cobranzas', address: 'Loja', email: 'a@b.ec', websites: ['https://b.ec'] }

test('quality, limit, address and profile come as Graph tells them', async () => {
  const { wire } = fakeWire(({ url }) =>
    url.pathname.endsWith('whatsapp_business_profile')
      ? says(200, { data: [{ ...PROFILE, messaging_product: 'whatsapp' }] })
      : says(200, {
          ...{ display_phone_number: '+593 98 765 4321', verified_name: 'Banco', status: 'CONNECTED', quality_rating: 'YELLOW' },
          ...{ throughput: { level: 'STANDARD' }, whatsapp_business_manager_messaging_limit: 'TIER_2K' },
          webhook_configuration: { application: 'https://app.example/a', phone_number: 'https://ours.example/b' },
        }),
  )
  expect(await details(aMetaLine(), wire)).toEqual({
    ok: true,
    value: {
      number: {
        phone: '593987654321',
        name: 'Banco',
        state: 'CONNECTED',
        quality: 'medium',
        limit: 'TIER_2K',
        throughput: 'STANDARD',
      },
      // The number's own address is the one that counts.
      hooks: ['https://ours.example/b'],
      profile: PROFILE,
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
