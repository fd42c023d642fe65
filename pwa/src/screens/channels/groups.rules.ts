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

/** By department in the order of their names, those of none last; numbers by name. */
export function grouped(channels: readonly Channel[], asked: string): ChannelGroup[] {
  const groups = new Map<string | null, Channel[]>()
  for (const channel of channels.filter((one) => matches(one, asked))) {
    const name = channel.department?.name ?? null
    groups.set(name, [...(groups.get(name) ?? []), channel])
  }
  return [...groups]
    .map(([name, items]) => ({ name, items: items.toSorted((a, b) => a.name.localeCompare(b.name)) }))
    .toSorted((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name)))
}
