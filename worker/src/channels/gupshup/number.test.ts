import { expect, test } from 'vitest'
import { aGupshupLine, fakeWire, says } from '../fake-wire.ts'
import { connectHook, details } from './number.ts'

const OURS = 'https://ours.example/hooks/gupshup/k'
const list = (...subscriptions: object[]) => says(200, { status: 'success', subscriptions })

test('a partner is told how the account does; a self-serve app only where its callbacks go', async () => {
  const wabaInfo = {
    phone: '593987654321',
    phoneQuality: 'GREEN',
    messagingLimit: 'TIER_1K',
    verifiedName: 'Banco',
    accountStatus: 'ACTIVE',
    throughput: 'STANDARD',
  }
  const { wire } = fakeWire(({ url }) =>
    url.pathname.endsWith('waba/info')
      ? says(200, { status: 'success', wabaInfo })
      : url.pathname.endsWith('wallet/balance')
        ? says(200, { status: 'success', walletResponse: { currency: 'USD', currentBalance: 3.5, overDraftLimit: -20 } })
        : url.pathname.endsWith('usage')
          ? says(200, { status: 'success', partnerAppUsageList: [{ date: '2026-11-01', appName: 'BancoApp' }] })
          : url.pathname.includes('profile')
            ? says(400, { status: 'error', message: 'App Not Live' })
            : list({ id: 's1', url: OURS, appId: 'app-1' }),
  )
  expect(await details(aGupshupLine({ access: 'partner' }), wire)).toMatchObject({
    value: {
      number: {
        ...{ phone: '593987654321', quality: 'high', limit: 'TIER_1K', name: 'Banco', sandbox: false },
        ...{ app: { id: 'app-1', name: 'BancoApp', partner: true }, wallet: { currency: 'USD', balance: 3.5, overdraft: 20 } },
      },
      hooks: [OURS],
      profile: null,
    },
  })
  expect(await details(aGupshupLine({ access: 'self-serve' }), wire)).toMatchObject({
    value: { number: { phone: null, quality: null, wallet: null, app: { id: 'app-1', partner: false } }, hooks: [OURS] },
  })
})

test('a new subscription is probed first, and then only ours of before goes', async () => {
  const { wire, asked } = fakeWire(({ method }) =>
    method === 'GET'
      ? list({ id: 'theirs', url: 'https://other.example' }, { id: 'old', url: OURS })
      : says(200, { status: 'success' }),
  )
  expect(await connectHook(aGupshupLine({ access: 'partner' }), wire, OURS)).toEqual({ ok: true, value: null })
  expect(asked.map(({ method, url }) => `${method} ${url.pathname.split('/').at(-1)}`)).toEqual([
    'GET subscription',
    'POST subscription',
    'DELETE old',
  ])
  const form = new URLSearchParams(asked[1]?.text)
  expect([form.get('url'), form.get('doCheck'), form.get('version')]).toEqual([OURS, 'true', '3'])
  expect(form.get('modes')?.split(',')).toEqual(expect.arrayContaining(['MESSAGE', 'FAILED', 'DELIVERED']))
})

test('an address that does not answer, and an app that is full, are told apart; nothing is taken away', async () => {
  for (const [message, code] of [
    ['Callback URL is not reachable', 'hook_refused'],
    ['Maximum number of subscriptions reached', 'hook_slots_full'],
  ]) {
    const { wire, asked } = fakeWire(({ method }) =>
      method === 'GET' ? list({ id: 'old', url: OURS }) : says(400, { status: 'error', message }),
    )
    expect(await connectHook(aGupshupLine({}), wire, OURS)).toMatchObject({ ok: false, error: { code } })
    expect(asked.some(({ method }) => method === 'DELETE')).toBe(false)
  }
})

test('the number that Gupshup lends is a sandbox, and nothing of an account is asked for it', async () => {
  const { wire, asked } = fakeWire(() => list())
  const line = { ...aGupshupLine({ access: 'partner' }), phone: '917834811114' }
  expect(await details(line, wire)).toMatchObject({ ok: true, value: { number: { sandbox: true, wallet: null } } })
  expect(asked.map(({ url }) => url.pathname).some((path) => path.endsWith('waba/info'))).toBe(false)
})
