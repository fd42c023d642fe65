/** The promise at both ends: what was said is there once, in order, and its ticks are right. */
import { expect } from 'vitest'
import { pause } from '../chaos/until.ts'
import type { Customer } from './stage.ts'

/** How a conversation stands: what the desk holds, and what the customer's phone shows. */
async function standOf(customer: Customer) {
  const [rows, items] = await Promise.all([customer.rows(), customer.onPhone()])
  const out = rows.filter(({ direction }) => direction === 'out')
  return {
    desk: { in: rows.filter(({ direction }) => direction === 'in').map(({ text }) => text), out: out.map(({ text }) => text) },
    ticks: [...new Set(out.map(({ status, error_code: code }) => code ?? status))],
    phone: {
      in: items.flatMap(({ direction, text, progress }) => (direction === 'in' ? [`${text} ${progress}`] : [])),
      out: items.flatMap(({ direction, text }) => (direction === 'out' ? [text] : [])),
    },
  }
}

/** Waits until everything that was said in these conversations has arrived, once and in order, and says what is wrong when it does not. */
export async function settled(customers: readonly Customer[], withinMs: number): Promise<void> {
  const end = Date.now() + withinMs
  for (const customer of customers) {
    const { said } = customer
    const wanted = {
      desk: said,
      ticks: said.out.length > 0 ? ['delivered'] : [],
      phone: { in: said.in.map((text) => `${text} delivered`), out: said.out },
    }
    const isThere = async () => JSON.stringify(await standOf(customer)) === JSON.stringify(wanted)
    while (!(await isThere()) && Date.now() < end) await pause(50)
    const stand = await standOf(customer)
    const isRight = JSON.stringify(stand) === JSON.stringify(wanted)
    const troubles = isRight ? [] : await customer.troubles()
    expect(stand, `the conversation of ${customer.phone}; WhatsApp noted ${troubles.join(', ') || 'nothing'}`).toEqual(wanted)
  }
}
