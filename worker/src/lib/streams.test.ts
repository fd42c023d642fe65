import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capped, peek, TooLong } from './streams.ts'

const streamOf = (...chunks: number[][]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new Uint8Array(chunk))
      controller.close()
    },
  })
const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<number[]> => [
  ...new Uint8Array(await new Response(stream).arrayBuffer()),
]

test('looking at the front takes nothing away, however the bytes are cut', async () => {
  const chunk = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 9 })
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { maxLength: 6 }), fc.integer({ min: 0, max: 20 }), async (chunks, size) => {
      const { head, whole } = await peek(streamOf(...chunks), size)
      expect([...head]).toEqual(chunks.flat().slice(0, size))
      expect(await bytesOf(whole)).toEqual(chunks.flat())
    }),
  )
})

test('what is within the limit passes and is counted', async () => {
  const { body, size } = capped(streamOf([1, 2], [3]), 3)
  expect(await bytesOf(body)).toEqual([1, 2, 3])
  expect(size()).toBe(3)
})

test('one byte more stops the stream', async () => {
  await expect(bytesOf(capped(streamOf([1, 2], [3, 4]), 3).body)).rejects.toThrow(TooLong)
})
