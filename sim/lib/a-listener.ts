/** For tests: a server of somebody whom a simulator tells things. */
import { createServer, type IncomingMessage } from 'node:http'

type Reply = { type: string; body: string }

/** Notes what is posted to it, as `read` reads it (null: it is no letter); answers 200, until `answers` holds other statuses. */
export async function aListener<Letter>(
  read: (raw: Buffer, request: IncomingMessage) => Letter | null,
  reply: (request: IncomingMessage) => Reply = () => ({ type: 'text/plain', body: '' }),
) {
  const got: Letter[] = []
  const answers: number[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const status = answers.shift() ?? 200
      const letter = read(Buffer.concat(parts), request)
      if (letter !== null) got.push(letter)
      const { type, body } = reply(request)
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return { origin, got, answers, close: () => (server.closeAllConnections(), new Promise((done) => server.close(done))) }
}
