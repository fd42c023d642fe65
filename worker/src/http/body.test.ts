import { expect, test } from 'vitest'
import { readBody } from './body.ts'

function posted(chunks: Uint8Array<ArrayBuffer>[], options: { ends?: boolean; headers?: Record<string, string> } = {}): Request {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      if (options.ends !== false) controller.close()
    },
  })
  return new Request('https://desk.example/', { method: 'POST', body, headers: options.headers ?? {}, ...{ duplex: 'half' } })
}

test('a body comes whole, however it was cut', async () => {
  const body = await readBody(posted([new Uint8Array([1, 2]), new Uint8Array([3])]), 10, 1_000)
  expect([...body]).toEqual([1, 2, 3])
})

test('a body that is too large, or says so, is refused', async () => {
  await expect(readBody(posted([new Uint8Array(6), new Uint8Array(6)]), 10, 1_000)).rejects.toMatchObject({
    code: 'body_too_large',
  })
  await expect(readBody(posted([], { headers: { 'content-length': '11' } }), 10, 1_000)).rejects.toMatchObject({
    code: 'body_too_large',
  })
})

test('a body that never ends is refused when its time is over', async () => {
  await expect(readBody(posted([new Uint8Array(1)], { ends: false }), 10, 20)).rejects.toMatchObject({ code: 'body_too_slow' })
})
