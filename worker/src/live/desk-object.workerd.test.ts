/// <reference types="@cloudflare/vitest-plugin/types" />
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import * as z from 'zod'
import { changeEvents } from './commit.ts'
import { deskOf } from './desk.ts'

const Frame = z.object({
  t: z.string(),
  seq: z.optional(z.number()),
  items: z.optional(
    z.array(z.object({ seq: z.number(), prev: z.number(), event: z.object({ channel: z.object({ id: z.string() }) }) })),
  ),
})

/** Events of these names, as if their numbers had changed. */
const changed = (...ids: string[]): string => changeEvents({ channels: ids.map((id) => ({ id })) })

/** What an object has told comes a moment later. */
const soon = { timeout: 15_000 }

const SEES_ALL = { grants: {}, reach: 'all' }

/** A phone that asks for everything after `since`, and what it has been told so far. */
async function aPhone(desk: ReturnType<typeof deskOf>, since: number, sight: object = SEES_ALL) {
  const headers = {
    upgrade: 'websocket',
    'x-person': 'ana',
    'x-session': 's',
    'x-since': String(since),
    'x-sight': JSON.stringify(sight),
  }
  const { webSocket } = await desk.fetch('https://desk/', { headers })
  if (!webSocket) throw new Error('the desk opened no socket')
  const frames: z.infer<typeof Frame>[] = []
  webSocket.addEventListener('message', ({ data }) => {
    frames.push(Frame.parse(JSON.parse(String(data))))
  })
  webSocket.accept()
  const heard = () => frames.flatMap(({ items }) => items ?? []).map(({ seq, prev, event }) => [prev, seq, event.channel.id])
  return { frames, heard, close: () => webSocket.close(1000) }
}

test('a phone that comes back gets what it missed, and nothing twice', async () => {
  const desk = deskOf(env, crypto.randomUUID())
  await desk.tell(changed('a', 'b', 'c'))
  const phone = await aPhone(desk, 1)
  await vi.waitFor(() => expect(phone.heard()).toHaveLength(2), soon)
  expect(phone.frames[0]).toEqual({ t: 'hello', seq: 3 })
  expect(phone.heard()).toEqual([
    [1, 2, 'b'],
    [2, 3, 'c'],
  ])
  phone.close()
})

test('a socket outlives its object: what happens after is numbered on from there', async () => {
  const desk = deskOf(env, crypto.randomUUID())
  await desk.tell(changed('a'))
  const phone = await aPhone(desk, 0)
  await vi.waitFor(() => expect(phone.heard()).toHaveLength(1), soon)
  await evictDurableObject(desk)
  await desk.tell(changed('b'))
  await vi.waitFor(() => expect(phone.heard()).toHaveLength(2), soon)
  expect(phone.heard()).toEqual([
    [0, 1, 'a'],
    [1, 2, 'b'],
  ])
  phone.close()
})

test('a phone that was away too long, or knows numbers of another life, reads everything again', async () => {
  const desk = deskOf(env, crypto.randomUUID())
  await desk.tell(changed(...Array.from({ length: 6_100 }, (_, i) => `c${i}`)))
  for (const since of [3, 9_999]) {
    const phone = await aPhone(desk, since)
    await vi.waitFor(() => expect(phone.frames).toHaveLength(2), soon)
    expect(phone.frames).toEqual([
      { t: 'hello', seq: 6_100 },
      { t: 'resync', seq: 6_100 },
    ])
    phone.close()
  }
  const late = await aPhone(desk, 6_098)
  await vi.waitFor(() => expect(late.heard()).toHaveLength(2), soon)
  late.close()
})

test('thousands of events of others make nobody too slow, and leave no trace but a hole in the numbers', async () => {
  const desk = deskOf(env, crypto.randomUUID())
  const phone = await aPhone(desk, 0, { grants: {}, reach: 'own', openChannels: ['mine'] })
  await desk.tell(changed(...Array.from({ length: 2_500 }, (_, i) => `theirs${i}`)))
  await desk.tell(changed('mine'))
  await vi.waitFor(() => expect(phone.heard()).toHaveLength(1), soon)
  await desk.tell(changed('mine'))
  await vi.waitFor(() => expect(phone.heard()).toHaveLength(2), soon)
  expect(phone.heard()).toEqual([
    [0, 2_501, 'mine'],
    [2_501, 2_502, 'mine'],
  ])
  expect(phone.frames.map(({ t }) => t)).toEqual(['hello', 'ev', 'ev'])
  phone.close()
})
