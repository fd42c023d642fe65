/// <reference types="@cloudflare/vitest-plugin/types" />
/** Whose word is believed: PayPal's own signature over exactly these bytes for exactly our webhook, and nobody else's. */
import { expect, test } from 'vitest'
import { aPaypal } from './a-paypal.ts'
import { verify } from './verify.ts'

async function approvedOrder(settings: object = {}) {
  const paypal = await aPaypal(settings)
  const page = await paypal.gateway.openTopup(paypal.topup(crypto.randomUUID()))
  const ref = page.ok ? page.value.ref : ''
  await paypal.approve(ref)
  const asked: string[] = []
  const place = { ...paypal.place, fetch: (url: string, init: RequestInit) => (asked.push(url), fetch(url, init)) }
  const check = (raw: Uint8Array, headers: Headers) => verify(place, raw, headers)
  return { ...paypal, ref, asked, place, check }
}

const changed = (headers: Headers, name: string, value: string): Headers => {
  const copy = new Headers(headers)
  copy.set(name, value)
  return copy
}

test('an event of PayPal’s says what it is about; its certificate is fetched once', async () => {
  const { event, check, ref, asked } = await approvedOrder()
  const { raw, headers } = await event('CHECKOUT.ORDER.APPROVED')
  const good = { ok: true, news: { kind: 'CHECKOUT.ORDER.APPROVED', about: [{ kind: 'topup', ref }] } }
  expect(await check(raw, headers)).toMatchObject(good)
  expect(await check(raw, headers)).toMatchObject(good)
  expect(asked.filter((url) => url.includes('/certs/')).length).toBeLessThanOrEqual(1)
})

test('a changed byte, another webhook, a signature of a stranger: refused, and PayPal is not bothered', async () => {
  const { event, check, asked } = await approvedOrder()
  const { text, raw, headers } = await event('CHECKOUT.ORDER.APPROVED')
  const wrong = { ok: false, reason: 'wrong_signature' }
  expect(await check(new TextEncoder().encode(text.replace('"', ' "')), headers)).toEqual(wrong)
  const other = await event('CHECKOUT.ORDER.APPROVED', { webhookId: 'ANOTHERSHOP' })
  expect(await check(raw, other.headers)).toEqual(wrong)
  for (const signer of ['stranger', 'old']) {
    const forged = await event('CHECKOUT.ORDER.APPROVED', { signer })
    expect(await check(raw, forged.headers)).toEqual(wrong)
  }
  expect(await check(raw, changed(headers, 'paypal-transmission-sig', 'AAAA'))).toEqual(wrong)
  expect(await check(raw, changed(headers, 'paypal-transmission-id', crypto.randomUUID()))).toEqual(wrong)
  expect(await check(raw, changed(headers, 'paypal-auth-algo', 'SHA1withRSA'))).toEqual(wrong)
  expect(asked.some((url) => url.includes('verify-webhook-signature'))).toBe(false)
})

test.each([
  'https://paypal.com.evil.example/cert',
  'https://evil.example/api.paypal.com',
  'http://api.paypal.com/v1/notifications/certs/CERT-1',
  'https://api.paypal.com@evil.example/cert',
  'ftp://api.paypal.com/cert',
  'nonsense',
])('a certificate at %s is never asked for', async (url) => {
  const { event, place, asked } = await approvedOrder()
  const { raw, headers } = await event('CHECKOUT.ORDER.APPROVED')
  const forged = changed(headers, 'paypal-cert-url', url)
  for (const api of [place.api, 'https://api-m.paypal.com', 'https://api-m.sandbox.paypal.com'])
    expect(await verify({ ...place, api }, raw, forged)).toEqual({ ok: false, reason: 'wrong_signature' })
  // Nor is the simulator's where the real PayPal is meant.
  expect(await verify({ ...place, api: 'https://api-m.paypal.com' }, raw, headers)).toEqual({
    ok: false,
    reason: 'wrong_signature',
  })
  expect(asked).toEqual([])
})

test('what is old, what comes from tomorrow and what nobody signed is refused', async () => {
  const { event, check } = await approvedOrder()
  for (const ms of [-5 * 86_400_000, 3600_000]) {
    const { raw, headers } = await event('CHECKOUT.ORDER.APPROVED', { time: new Date(Date.now() + ms).toISOString() })
    expect(await check(raw, headers)).toEqual({ ok: false, reason: 'too_old' })
  }
  const { raw } = await event('CHECKOUT.ORDER.APPROVED')
  expect(await check(raw, new Headers())).toEqual({ ok: false, reason: 'unsigned' })
})

test('where the certificate cannot be had PayPal is asked itself, with the very bytes; without PayPal it comes again', async () => {
  const { event, place, mischief } = await approvedOrder()
  const { text, raw, headers } = await event('CHECKOUT.ORDER.APPROVED')
  // An address of its own, so that it is not known yet; it answers nothing that could be read.
  const blind = {
    ...place,
    fetch: (url: string, init: RequestInit) =>
      url.includes('/certs/') ? Promise.resolve(new Response('?', { status: 404 })) : fetch(url, init),
  }
  const elsewhere = { ...blind, api: place.api.replace('127.0.0.1', 'localhost') }
  const there = changed(headers, 'paypal-cert-url', (headers.get('paypal-cert-url') ?? '').replace('127.0.0.1', 'localhost'))
  // The simulator knows its certificate by its own name only: another name is not its own.
  expect(await verify(elsewhere, raw, there)).toEqual({ ok: false, reason: 'wrong_signature' })
  const unread = changed(headers, 'paypal-cert-url', `${headers.get('paypal-cert-url')}`)
  expect(await verify(blind, raw, unread)).toMatchObject({ ok: true })
  expect(await verify(blind, new TextEncoder().encode(`${text} `), unread)).toMatchObject({ ok: false })
  await mischief({ what: 'POST /v1/notifications/verify', status: 503 })
  expect(await verify(elsewhere, raw, there)).toEqual({ ok: false, reason: 'away' })
})
