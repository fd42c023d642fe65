/** The debtors of a made-up company: ten thousand of them, the same in every run, and what was changed since. */
import type { Debtor } from '../model.ts'
import type { Sim } from '../sim.ts'

export const DEBTORS = 10_000
/** What a caller signs with. */
export const CLIENTS_TOKEN = 'sim-clients-token'

const FIRST = [
  'Rosa',
  'Luis',
  'Carmen',
  'Jorge',
  'Milagros',
  'Andrés',
  'María José',
  'Wilmer',
  'Nelly',
  'Óscar',
  'Lucía',
  'Segundo',
]
const LAST = ['Huamán', 'Quispe', 'Guamán', 'Cevallos', 'Rojas', 'Peñafiel', 'Mamani', 'Ríos', 'Zambrano', 'Álvarez', 'Paredes']
const START = Date.UTC(2026, 10, 1)
const DAY_MS = 86_400_000

const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? ''

/** The n-th, from 1. The first is Rosa of the customer's phone. */
function made(n: number): Debtor {
  const daysOverdue = (n * 7) % 90
  return {
    id: `D-${String(n).padStart(5, '0')}`,
    holder: `${pick(FIRST, n - 1)} ${pick(LAST, n - 1)} ${pick(LAST, n * 3)}`,
    document: String(1_700_000_000 + n * 37),
    phone: n === 1 ? '593987654321' : String(593_960_000_000 + n),
    email: `deudor${n}@correo.example`,
    balance: Math.round(((n * 7919) % 250_000) + 1050) / 100,
    daysOverdue,
    dueDate: new Date(START - daysOverdue * DAY_MS).toISOString().slice(0, 10),
    version: 1,
    updatedAt: new Date(START).toISOString(),
  }
}

let first: Debtor[] | null = null

/** All of them as they are now, in the order of their ids. */
export function debtorsOf(sim: Sim): Debtor[] {
  first ??= Array.from({ length: DEBTORS }, (_, n) => made(n + 1))
  const changed = sim.world.debtors
  const known = new Set(first.map(({ id }) => id))
  return [...first.map((one) => changed.get(one.id) ?? one), ...[...changed.values()].filter(({ id }) => !known.has(id))]
}

export function debtorOf(sim: Sim, id: string | undefined): Debtor | undefined {
  return sim.world.debtors.get(id ?? '') ?? debtorsOf(sim).find((one) => one.id === id)
}

export type DebtorChange = Partial<Omit<Debtor, 'id' | 'version' | 'updatedAt'>>

/** Changes one, or adds it: a new version each time. */
export function keepDebtor(sim: Sim, id: string, change: DebtorChange): Debtor {
  const before = debtorOf(sim, id) ?? { ...made(DEBTORS + sim.world.debtors.size + 1), id, version: 0 }
  const debtor = { ...before, ...change, version: before.version + 1, updatedAt: new Date(sim.now()).toISOString() }
  sim.world.record({ t: 'debtor', debtor })
  return debtor
}
