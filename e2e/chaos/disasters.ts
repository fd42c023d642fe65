/** What goes wrong: the database, the runtime, the way between them, and the phones' network, at seeded moments. */
import type { House } from '../../scripts/house.ts'
import type { Tally } from './customers.ts'
import type { Phone } from './phone.ts'
import type { Random } from './random.ts'
import { until } from './until.ts'

export type Damage = { runtimeKills: number; databaseStops: number; endpointFaults: number; cuts: number }

type Scene = { house: House; phones: readonly Phone[]; random: Random; damage: Damage; tally: Tally }

const WAIT_MS = 60_000
const HEARD_MEANWHILE = 40

async function killRuntime({ house, damage }: Scene): Promise<void> {
  damage.runtimeKills += 1
  await house.worker.killRuntime()
}

/** The database goes, customers go on being heard, and it comes back. `suddenly`: as in a power cut. */
async function databaseAway({ house, damage, tally }: Scene, suddenly: boolean, meanwhile: () => Promise<void>): Promise<void> {
  const { postgres } = house
  if (!postgres) throw new Error('the house has no database of its own')
  damage.databaseStops += 1
  await (suddenly ? postgres.stop('immediate') : postgres.stop('fast'))
  const enough = tally.acknowledged + HEARD_MEANWHILE
  tally.allowed = Math.max(tally.allowed, enough)
  await until('customers are heard while the database is away', () => tally.acknowledged >= enough, WAIT_MS)
  await meanwhile()
  await postgres.start()
}

async function faultyEndpoint({ house, random, damage }: Scene): Promise<void> {
  const times = random.between(1, 6)
  damage.endpointFaults += times
  house.endpoint?.fault(random.pick(['cut', 'refuse']), times)
}

async function cutPhones({ phones, random, damage }: Scene): Promise<void> {
  for (const phone of phones) {
    if (!random.chance(0.6)) continue
    damage.cuts += 1
    phone.cut()
  }
}

/** Spreads disasters over the whole traffic: each strikes when so many messages have been acknowledged. */
export async function wreak(scene: Scene, total: number): Promise<void> {
  const { random, tally } = scene
  const nothing = async (): Promise<void> => undefined
  const acts = [
    () => cutPhones(scene),
    () => killRuntime(scene),
    () => faultyEndpoint(scene),
    () => databaseAway(scene, false, nothing),
    () => cutPhones(scene),
    () => faultyEndpoint(scene),
    () => killRuntime(scene),
    () => databaseAway(scene, true, () => killRuntime(scene)),
    () => cutPhones(scene),
    () => killRuntime(scene),
    () => faultyEndpoint(scene),
  ]
  // The last part stays quiet: an outage needs customers who are heard meanwhile.
  const step = Math.floor((total * 0.8) / acts.length)
  for (const [i, act] of acts.entries()) {
    tally.allowed = Math.max(tally.allowed, (i + 1) * step)
    const moment = i * step + random.between(1, step - 1)
    await until(`${moment} messages are acknowledged`, () => tally.acknowledged >= moment, WAIT_MS)
    await act()
  }
  tally.allowed = Number.POSITIVE_INFINITY
}
