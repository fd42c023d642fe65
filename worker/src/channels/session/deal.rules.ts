/** Which node runs which number. Pure: the Fleet object brings what it sees. */

export type NodeNow = { id: string; capacity: number; leaving: boolean }
/** A number that should run. `node`: who was told to run it; it may be gone. */
export type NumberNow = { channelId: string; node: string | null }
export type Deal = { channelId: string; node: string }

/**
 * Deals the numbers that nobody runs to the nodes with the most room, by share of their capacity. What runs stays where it
 * is: a move costs the number its connection. `run`: to be given out; `stop`: to be given back by a node that is leaving,
 * as far as others have room for them.
 */
export function deal(numbers: readonly NumberNow[], nodes: readonly NodeNow[]): { run: Deal[]; stop: Deal[] } {
  const load = new Map(nodes.map(({ id }) => [id, 0]))
  for (const { node } of numbers) {
    if (node !== null && load.has(node)) load.set(node, (load.get(node) ?? 0) + 1)
  }
  const staying = nodes.filter(({ leaving }) => !leaving)
  const roomiest = (): NodeNow | null => {
    const withRoom = staying.filter(({ id, capacity }) => (load.get(id) ?? 0) < capacity)
    const share = ({ id, capacity }: NodeNow) => (load.get(id) ?? 0) / capacity
    return withRoom.toSorted((a, b) => share(a) - share(b) || (a.id < b.id ? -1 : 1))[0] ?? null
  }
  const run: Deal[] = []
  for (const { channelId, node } of numbers) {
    if (node !== null && load.has(node)) continue
    const found = roomiest()
    if (!found) break
    load.set(found.id, (load.get(found.id) ?? 0) + 1)
    run.push({ channelId, node: found.id })
  }
  let room = staying.reduce((sum, { id, capacity }) => sum + Math.max(0, capacity - (load.get(id) ?? 0)), 0)
  const leaving = new Set(nodes.flatMap((node) => (node.leaving ? [node.id] : [])))
  const stop: Deal[] = []
  for (const { channelId, node } of numbers) {
    if (node === null || !leaving.has(node) || room === 0) continue
    room -= 1
    stop.push({ channelId, node })
  }
  return { run, stop }
}
