/** Webhooks: signed for real, told again until somebody takes them, and everything that may go wrong with them. */
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVerify, X509Certificate } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { fieldsOf, listOf } from '../lib/fields.ts'
import { aPaypal, orderOf } from './testing.ts'

async function anOrder(paypal: Awaited<ReturnType<typeof aPaypal>>, invoice: string): Promise<string> {
  const { body } = await paypal.ask('POST', '/v2/checkout/orders', orderOf('5.00', invoice))
  await paypal.control('POST', `/orders/${String(body.id)}/approve`, {})
  return String(body.id)
}

test('an event is signed over its bytes with the key of the certificate at its address', async () => {
  await using paypal = await aPaypal()
  await anOrder(paypal, 'S')
  expect(await paypal.told()).toEqual(['CHECKOUT.ORDER.APPROVED'])
  const [{ text, headers }] = paypal.shop.got as [(typeof paypal.shop.got)[number]]
  const certificate = new X509Certificate(await (await fetch(headers['paypal-cert-url'] ?? '')).text())
  expect(certificate.subject).toBe('CN=messageverificationcerts.sandbox.paypal.com')
  const message = [
    headers['paypal-transmission-id'],
    headers['paypal-transmission-time'],
    'HOOK1',
    crc32(Buffer.from(text)),
  ].join('|')
  const verify = () => createVerify('RSA-SHA256').update(message)
  expect(verify().verify(certificate.publicKey, headers['paypal-transmission-sig'] ?? '', 'base64')).toBe(true)

  // The second opinion: yes to the text as it came, no to the same text written anew.
  const asked = (event: string, hook = 'HOOK1') =>
    paypal.ask(
      'POST',
      '/v1/notifications/verify-webhook-signature',
      `{"auth_algo":"SHA256withRSA","cert_url":${JSON.stringify(headers['paypal-cert-url'])},"transmission_id":"${headers['paypal-transmission-id']}",` +
        `"transmission_sig":"${headers['paypal-transmission-sig']}","transmission_time":"${headers['paypal-transmission-time']}",` +
        `"webhook_id":"${hook}","webhook_event":${event}}`,
    )
  expect((await asked(text)).body).toEqual({ verification_status: 'SUCCESS' })
  expect((await asked(JSON.stringify(JSON.parse(text), null, 1))).body).toEqual({ verification_status: 'FAILURE' })
  expect((await asked(text, 'HOOK2')).body).toEqual({ verification_status: 'FAILURE' })
})

test('what is not taken comes again, and the list has what never came', async () => {
  await using paypal = await aPaypal()
  paypal.shop.answers.push(500)
  await paypal.control('POST', '/mischief', { where: 'hooks', holds: 'lost', lose: true, next: 1 })
  await anOrder(paypal, 'again')
  await anOrder(paypal, 'lost')
  await paypal.told()
  expect((await paypal.told()).length).toBe(2)
  expect(paypal.shop.got[0]?.text).toBe(paypal.shop.got[1]?.text)
  const { body } = await paypal.ask('GET', '/v1/notifications/webhooks-events?page_size=1')
  const [event] = listOf(body.events).map(fieldsOf)
  expect(event).toMatchObject({ event_type: 'CHECKOUT.ORDER.APPROVED' })
  expect(listOf(body.links)).toHaveLength(1)
  const resent = await paypal.ask('POST', `/v1/notifications/webhooks-events/${String(event?.id)}/resend`, {})
  expect(resent).toMatchObject({ status: 202 })
  expect((await paypal.told()).length).toBe(3)
})

test('twice, held back, or before the answer', async () => {
  await using paypal = await aPaypal()
  await paypal.control('POST', '/mischief', { where: 'hooks', what: 'CHECKOUT', twice: true, next: 1 })
  await paypal.control('POST', '/mischief', { where: 'hooks', what: 'PAYMENT', before: true, next: 1 })
  const id = await anOrder(paypal, 'T')
  expect(await paypal.told()).toHaveLength(2)
  await paypal.ask('POST', `/v2/checkout/orders/${id}/capture`, {})
  expect(paypal.shop.got.at(-1)?.event.event_type).toBe('PAYMENT.CAPTURE.COMPLETED')
})

test('a restart goes on with what nobody took, with the same key', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'sim-paypal-'))
  const dataDir = folder.path
  let certificate = ''
  {
    await using paypal = await aPaypal({ dataDir })
    await paypal.control('POST', '/mischief', { where: 'hooks', hold: true })
    await anOrder(paypal, 'kept')
    certificate = await (await fetch(`${paypal.sim.origin}/paypal/v1/notifications/certs/CERT-own`)).text()
  }
  await using paypal = await aPaypal({ dataDir })
  expect(await paypal.told()).toEqual(['CHECKOUT.ORDER.APPROVED'])
  expect(await (await fetch(`${paypal.sim.origin}/paypal/v1/notifications/certs/CERT-own`)).text()).toBe(certificate)
})
