/** The numbers which are on Meta's Cloud API. */
import type { MetaNumber } from '../model.ts'
import type { Sim } from '../sim.ts'

export function metaNumbers(sim: Sim): MetaNumber[] {
  return [...sim.world.numbers.values()].filter((number) => number.kind === 'meta')
}
