/** Ports for servers that start again where they were: of ours, in tests, the bench and a demo. */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below those that systems give to connections that go out (Linux from 32768, others from 49152): one of these could take the port
 * while its server is away for a moment, and a client that dials it again and again could even meet itself there.
 */
const FROM = 20_000
const TO = 32_000

/** Some port that nobody listens on now. `room`: and so many of them in a row; the first. */
export async function freePort(room = 1): Promise<number> {
  for (;;) {
    const first = randomInt(FROM, TO - room)
    const row = Array.from({ length: room }, (_, at) => first + at)
    if ((await Promise.all(row.map(isFree))).every(Boolean)) return first
  }
}

/** Nobody listens there. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const listens = await new Promise<boolean>((done) => {
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => done(true))
  })
  if (listens) await new Promise((done) => server.close(done))
  return listens
}
