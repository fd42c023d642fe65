/// <reference types="@cloudflare/vitest-plugin/types" />
import { runDurableObjectAlarm, runInDurableObject, SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { FleetFrame, NodeFrame } from '#contract/session-node.ts'
import { SessionBase } from './session-object.ts'

/** It is told by another object. */
const soon = { timeout: 15_000 }

const fleet = () => env.FLEETS.get(env.FLEETS.idFromName('shared'))

/** A node that says who it is and keeps what it is told. */
async function aNode(name: string, capacity = 10) {
  const id = crypto.randomUUID()
  const headers = { upgrade: 'websocket', authorization: 'Bearer token-of-the-nodes' }
  const { webSocket: socket } = await SELF.fetch(`https://app.test/session-node/link?node=${id}`, { headers })
  if (!socket) throw new Error('the door is closed')
  const heard: FleetFrame[] = []
  socket.addEventListener('message', ({ data }) => {
    if (data !== 'pong') heard.push(JSON.parse(String(data)))
  })
  socket.accept()
  const say = (frame: NodeFrame): void => socket.send(JSON.stringify(frame))
  const here = (running: string[] = [], leaving = false): void =>
    say({ t: 'here', name, version: '1', capacity, running, memoryMb: 90, leaving })
  here()
  await expect.poll(async () => (await fleet().nodes()).map((node) => node.name), soon).toContain(name)
  const told = (t: FleetFrame['t']) => heard.flatMap((frame) => (frame.t === t ? [frame.channelId] : []))
  const leave = async (): Promise<void> => {
    socket.close(1000)
    await expect.poll(async () => (await fleet().nodes()).map((node) => node.name), soon).not.toContain(name)
  }
  return { id, here, say, told, ping: () => socket.send('ping'), leave }
}

// First: the end of another node's link would have the numbers dealt, too.
test('everybody stood still for as long as a right lasts, and no link broke: whoever is heard again gets the numbers back', async () => {
  const number = crypto.randomUUID()
  const node = await aNode('d')
  await fleet().want(number, true)
  await expect.poll(() => node.told('run'), soon).toEqual([number])
  await runInDurableObject(fleet(), (_, state) => {
    for (const socket of state.getWebSockets()) socket.serializeAttachment({ ...socket.deserializeAttachment(), since: 0 })
  })
  await runDurableObjectAlarm(fleet())
  expect((await fleet().nodes()).map(({ running }) => running)).toEqual([0])

  node.ping()
  await expect
    .poll(async () => {
      await runDurableObjectAlarm(fleet())
      return node.told('run')
    }, soon)
    .toEqual([number, number])
  await fleet().want(number, false)
  await node.leave()
})

test('numbers are shared out; a node that leaves gives its own back, and the other one gets them', async () => {
  const numbers = [crypto.randomUUID(), crypto.randomUUID()]
  const a = await aNode('a')
  for (const one of numbers) await fleet().want(one, true)
  await expect.poll(() => a.told('run').toSorted(), soon).toEqual(numbers.toSorted())
  const b = await aNode('b')
  // What runs stays where it is.
  expect(b.told('run')).toEqual([])

  a.here(numbers, true)
  await expect.poll(() => a.told('stop').toSorted(), soon).toEqual(numbers.toSorted())
  for (const channelId of numbers) a.say({ t: 'left', channelId })
  await expect.poll(() => b.told('run').toSorted(), soon).toEqual(numbers.toSorted())
  await a.leave()

  // Nobody wants one of them any more.
  await fleet().want(numbers[0] ?? '', false)
  await expect.poll(() => b.told('stop'), soon).toEqual([numbers[0]])
  expect(await fleet().nodes()).toMatchObject([{ name: 'b', running: 1 }])
  await b.leave()
})

test('a number that is wanted no more while it is being given out is run by nobody', async () => {
  const node = await aNode('e')
  const [number, next] = [crypto.randomUUID(), crypto.randomUUID()]
  const told = { isBegun: false, isLate: true }
  const assign = vi.spyOn(SessionBase.prototype, 'assign').mockImplementation(async () => {
    told.isBegun = true
    // In the object's own time.
    while (told.isLate) await scheduler.wait(5)
  })
  const wanted = fleet().want(number, true)
  await expect.poll(() => told.isBegun, soon).toBe(true)
  await fleet().want(number, false)
  told.isLate = false
  await wanted
  assign.mockRestore()
  await fleet().want(next, true)
  await expect.poll(() => node.told('run'), soon).toEqual([next])
  await fleet().want(next, false)
  await node.leave()
})

test('a node that comes back to its link is told again what it lacks, and what is not its own any more', async () => {
  const mine = crypto.randomUUID()
  const others = crypto.randomUUID()
  const node = await aNode('c')
  await fleet().want(mine, true)
  await expect.poll(() => node.told('run'), soon).toContain(mine)
  node.here([others])
  await expect.poll(() => node.told('run').filter((one) => one === mine), soon).toHaveLength(2)
  await expect.poll(() => node.told('stop'), soon).toEqual([others])
  await fleet().want(mine, false)
  await node.leave()
})
