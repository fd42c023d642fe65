/** The list of numbers as it is read: those that match, by department. */
import type { Channel } from '#contract/channels.ts'

export type ChannelGroup = { name: string | null; items: Channel[] }

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Finds by name without accents, by department, or by any digits of the number in their order. */
export function matches(channel: Channel, asked: string): boolean {
  const words = plain(asked.trim())
  const digits = asked.replaceAll(/\D/g, '')
  if (words === '' || plain(channel.name).includes(words) || plain(channel.department?.name ?? '').includes(words)) return true
  return digits.length > 1 && (channel.phone ?? '').includes(digits)
}

/** What the list is divided by. */
export const GROUPINGS = ['department', 'kind', 'state'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** How a number stands, as one word: trouble comes before a pause. */
export function stateOf({ state, sendingPaused, receivingPaused }: Channel): 'attention' | 'paused' | 'active' {
  if (state === 'attention') return 'attention'
  return sendingPaused || receivingPaused ? 'paused' : 'active'
}

const STATES = ['attention', 'paused', 'active']
const KEYS: Record<Grouping, (channel: Channel) => string | null> = {
  department: ({ department }) => department?.name ?? null,
  kind: ({ kind }) => kind,
  state: stateOf,
}

/** Departments and kinds in the order of their names, those of none last; states with trouble first; numbers by name. */
export function grouped(channels: readonly Channel[], asked: string, by: Grouping = 'department'): ChannelGroup[] {
  const groups = new Map<string | null, Channel[]>()
  for (const channel of channels.filter((one) => matches(one, asked))) {
    const name = KEYS[by](channel)
    groups.set(name, [...(groups.get(name) ?? []), channel])
  }
  const before = (a: string, b: string) => (by === 'state' ? STATES.indexOf(a) - STATES.indexOf(b) : a.localeCompare(b))
  return [...groups]
    .map(([name, items]) => ({ name, items: items.toSorted((a, b) => a.name.localeCompare(b.name)) }))
    .toSorted((a, b) => (a.name === null ? 1 : b.name === null ? -1 : before(a.name, b.name)))
}
