/** What hits the whole house: a burst both ways, the runtime's death, a provider that stands still. */
import { expect } from 'vitest'
import { pause } from '../chaos/until.ts'
import { settled } from './customer.ts'
import { SOON_MS, type Customer, type Stage } from './stage.ts'
import type { Weather } from './weather.ts'

/** Messages each way. */
const BURST = Number(process.env['BITRIX24_BURST'] ?? 500)
const CUSTOMERS = 20
const DEATHS = 2
/** Between two words of one person. */
const PAUSE_MS = 300
/** Bitrix24 awaits an answer for so long. */
const NOTICED_MS = 1_000
/** A minute, for who waits. */
const STALL_MS = 4_000

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `m${n}`)

/** Everybody stands in the open line. */
async function known(customers: readonly Customer[]): Promise<void> {
  await Promise.all(customers.map((customer) => customer.writes('Hola').then(customer.inPortal)))
}

export const STORMS: readonly Weather[] = [
  {
    name: `${BURST} messages each way at once: none is lost, none is doubled, and each chat has its order at every end`,
    async happens(stage) {
      const line = await stage.line({ license: 'ent250' })
      const customers = Array.from({ length: CUSTOMERS }, () => line.customer())
      await known(customers)
      const startedAt = Date.now()
      await Promise.all(
        customers.flatMap((customer) =>
          (['writes', 'hears'] as const).map(async (way) => {
            for (const text of numbered(BURST / CUSTOMERS)) await customer[way](text)
          }),
        ),
      )
      await settled(customers, 4 * SOON_MS)
      const calls = (await line.portal.asked('imconnector.send.messages')).length
      // Several in one request, or a portal's fifty calls would not do.
      expect(calls).toBeLessThan(BURST / 2)
      process.stdout.write(`burst: ${JSON.stringify({ each: BURST, seconds: (Date.now() - startedAt) / 1_000, calls })}\n`)
    },
  },
  { name: 'kill -9 of the Worker while both ends write: what was said is there once', happens: killed },
]

/** It waits more than it works: others may go on meanwhile. */
export const STALL: Weather = {
  name: 'a provider that stands still for a minute: the open line goes on accepting, and everything arrives',
  happens: stalled,
}

/** They write at both ends until `over`; neither end waits for the other. */
async function talk(customers: readonly Customer[], over: AbortSignal): Promise<void> {
  await Promise.all(
    customers.flatMap((customer) =>
      (['writes', 'hears'] as const).map(async (way) => {
        for (let n = 0; !over.aborted; n += 1) await Promise.all([customer[way](`${way} ${n}`), pause(PAUSE_MS)])
      }),
    ),
  )
}

async function killed(stage: Stage): Promise<void> {
  const line = await stage.line()
  const customers = Array.from({ length: 3 }, () => line.customer())
  await known(customers)
  const over = new AbortController()
  const talking = talk(customers, over.signal)
  const [first] = customers
  for (let death = 1; death <= DEATHS; death += 1) {
    await stage.until('they talk', async () => (first?.said.out.length ?? 0) > 4 * death)
    await stage.house.worker.killRuntime()
  }
  over.abort()
  await talking
  // Bitrix24 tells nothing twice: what it told nobody is found by looking, later than what was said after it.
  const lost = (await line.portal.untold()).length
  expect(lost).toBeGreaterThan(0)
  await settled(customers, 2 * SOON_MS, await line.portal.untold(), DEATHS)
}

async function stalled(stage: Stage): Promise<void> {
  const line = await stage.line()
  const customers = Array.from({ length: 4 }, () => line.customer())
  await known(customers)
  await line.provider({ slowMs: STALL_MS })
  for (const text of ['uno', 'dos', 'tres']) await Promise.all(customers.map((customer) => customer.hears(text)))
  const [first] = customers
  const standing = async () => (await first?.onDesk())?.map(({ text, status }) => `${text} ${status}`) ?? []
  // The third stands there for as long as the provider takes over the two before it: looked for from now on, whatever else takes its time.
  const waits = stage.until('the desk shows what waits', async () => (await standing()).includes('tres queued'))
  waits.catch(() => undefined)
  await stage.control('POST', '/bitrix24/quiet')
  const told = await line.portal.rows('told', '?event=ONIMCONNECTORMESSAGEADD')
  expect(told).toHaveLength(12)
  // Each was taken at once, and the line goes on hearing its customers.
  for (const { status, ms } of told) expect([status, Number(ms) < NOTICED_MS]).toEqual([200, true])
  await Promise.all(customers.map((customer) => customer.writes('¿Sigue ahí?')))
  await stage.until('the operators read on', async () => {
    const all = await Promise.all(customers.map(({ inLine }) => inLine()))
    return all.every((bubbles) => bubbles.some(({ text }) => text === '¿Sigue ahí?'))
  })
  await waits
  // The second is on its way by then, and stands still like the first.
  await stage.until('the second has left', async () => !(await standing()).includes('dos queued'))
  await stage.control('DELETE', '/misbehaviour?target=meta')
  await settled(customers, SOON_MS)
  const waited = async () => (await first?.trace('tres'))?.find(({ what }) => what === 'sent_to_provider_late')
  await stage.until('its trace says that it waited', async () => (await waited()) !== undefined)
  expect((await waited())?.explanation).toMatch(/\d s después/)
}
