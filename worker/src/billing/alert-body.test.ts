import { expect, test } from 'vitest'
import { ALERT_KINDS, AlertBody } from '#contract/alerts.ts'
import { LANGUAGES } from '#contract/ids.ts'
import { bodyOf, TakenAlert } from './alert-body.ts'

const FACTS = {
  ...{ currency: 'USD', available: '8500000', lowLevel: '10000000', veryLowLevel: '3000000' },
  ...{ asked: '42000000', ceiling: '200000000', spent: '187500000', problem: 'insufficient_funds', stoppedFor: 'disputed' },
  ...{ priceMinor: '1500', plan: 'Básico', numberId: crypto.randomUUID(), number: 'Ventas Loja', phone: '593900000000' },
  ...{ paidUntil: '2026-11-25T03:00:00.000Z', graceUntil: '2026-12-02T03:00:00.000Z' },
}
const alertOf = (kind: string, language = 'es', facts: object = FACTS) =>
  TakenAlert.parse({
    ...{ id: crypto.randomUUID(), kind, facts, tries: 1, at: '2026-11-22T10:01:00.000Z', url: 'https://a.ec', language },
    ...{ sealed: 's', sealedBefore: null },
    company: { id: crypto.randomUUID(), name: 'La Espiga', country: 'EC', timeZone: 'America/Guayaquil' },
  })
const bodyIn = (...args: Parameters<typeof alertOf>) => AlertBody.parse(bodyOf(alertOf(...args), 'https://desk.example'))

test.each(ALERT_KINDS.flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const)))(
  '%s in %s is a mail without gaps, and leads to where it is put right',
  (kind, language) => {
    const { subject, text, url } = bodyIn(kind, language)
    for (const words of [subject, text]) expect(words).not.toMatch(/undefined|null|NaN| {2}| [.,:]|\(\)|\{/)
    expect(subject.length).toBeLessThan(90)
    expect(text.endsWith(`\n\n${url}`)).toBe(true)
    expect(url).toMatch(/^https:\/\/desk\.example\/settings\/(balance|alerts|subscriptions\?number=)/)
  },
)

test('sums are decimal text, finer than a coin where they are, and only those that the alert is about', () => {
  expect(bodyIn('balance.low').amounts).toEqual({
    available: { amount: '8.50', currency: 'USD' },
    level: { amount: '10.00', currency: 'USD' },
  })
  expect(Object.keys(bodyIn('topup.ceiling').amounts)).toEqual(['available', 'ceiling', 'spent'])
  expect(bodyIn('subscription.stopped').amounts).toEqual({ price: { amount: '15.00', currency: 'USD' } })
  expect(bodyIn('balance.empty', 'es', { ...FACTS, available: '-87900' }).amounts.available?.amount).toBe('-0.0879')
  expect(bodyIn('test', 'es', {}).amounts).toEqual({})
})

test('days are those of the company, and money is written as there', () => {
  const { subject, subscription } = bodyIn('subscription.trial_ends')
  expect(subject).toBe('La prueba de Ventas Loja termina el 24 de noviembre de 2026')
  expect(subscription).toMatchObject({ plan: 'Básico', number: { name: 'Ventas Loja', phone: '593900000000' } })
  expect(bodyIn('topup.failed').subject).toBe('No se pudo cobrar la recarga automática de $42,00')
})

test('a reason that nobody has words for is told in general words, and whole to machines', () => {
  const { reason, text } = bodyIn('topup.failed', 'es', { ...FACTS, problem: 'do_not_honor' })
  expect(reason).toBe('do_not_honor')
  expect(text).toContain('el banco no aceptó el cobro')
  expect(bodyIn('balance.low')).not.toHaveProperty('reason')
})
