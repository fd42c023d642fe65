/** Which node runs which number. Pure: the Fleet object brings what it sees. */

/** `token`: the company's own program that it is; null: one of ours. `settled`: it has been here for a while. */
export type NodeNow = { id: string; capacity: number; leaving: boolean; token?: string | null; settled?: boolean }
/** A number that should run. `node`: who was told to run it; it may be gone. `prefers`: the program that shall run it when it can. */
export type NumberNow = { channelId: string; node: string | null; prefers?: string | null }
export type Deal = { channelId: string; node: string }

/**
 * Deals the numbers that nobody runs to the nodes with the most room, by share of their capacity. What runs stays where it
 * is: a move costs the number its connection; but a number that prefers a program goes back to it once that is here for
 * good. `run`: to be given out; `stop`: to be given back, for that, or by a node that is leaving as far as others have room.
 */
export function deal(numbers: readonly NumberNow[], nodes: readonly NodeNow[]): { run: Deal[]; stop: Deal[] } {
  const load = new Map(nodes.map(({ id }) => [id, 0]))
  for (const { node } of numbers) {
    if (node !== null && load.has(node)) load.set(node, (load.get(node) ?? 0) + 1)
  }
  const staying = nodes.filter(({ leaving }) => !leaving)
  const hasRoom = ({ id, capacity }: NodeNow): boolean => (load.get(id) ?? 0) < capacity
  const roomiest = (prefers: string | null): NodeNow | null => {
    const preferred = staying.filter((node) => prefers !== null && node.token === prefers && hasRoom(node))
    const withRoom = preferred.length > 0 ? preferred : staying.filter(hasRoom)
    const share = ({ id, capacity }: NodeNow) => (load.get(id) ?? 0) / capacity
    return withRoom.toSorted((a, b) => share(a) - share(b) || (a.id < b.id ? -1 : 1))[0] ?? null
  }
  const run: Deal[] = []
  for (const { channelId, node, prefers = null } of numbers) {
    if (node !== null && load.has(node)) continue
    const found = roomiest(prefers)
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
  const tokenOf = new Map(nodes.map(({ id, token = null }) => [id, token]))
  for (const { channelId, node, prefers = null } of numbers) {
    if (node === null || prefers === null || leaving.has(node) || tokenOf.get(node) === prefers || !tokenOf.has(node)) continue
    const home = staying.find((one) => one.token === prefers && one.settled === true && hasRoom(one))
    if (!home) continue
    load.set(home.id, (load.get(home.id) ?? 0) + 1)
    stop.push({ channelId, node })
  }
  return { run, stop }
}
