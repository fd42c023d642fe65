import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { WebSocketServer } from 'ws'
import { expect, test } from 'vitest'
import { fieldsOf, listOf } from './untrusted.rules.ts'

const start = (env: Record<string, string>) =>
  fork(join(import.meta.dirname, 'main.ts'), {
    env: { PATH: process.env['PATH'], ...env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })

test('it shows itself to the Worker, takes the number it is given, and gives it back when it is asked to leave', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const address = server.address()
  const channelId = '0193a0de-0000-7000-8000-000000000001'
  const heard: string[] = []
  server.on('connection', (socket, request) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const isFleet = path === '/session-node/link'
    if (!isFleet) socket.send(JSON.stringify({ t: 'granted', epoch: 1, resumed: false, acked: 0, plan: { do: 'connect' } }))
    if (!isFleet) socket.send(JSON.stringify({ t: 'keys', rows: [], last: true }))
    socket.on('message', (data) => {
      if (String(data) === 'ping') return socket.send('pong')
      const frame = fieldsOf(JSON.parse(String(data)))
      if (frame['t'] === 'here' && listOf(frame['running']).length === 0 && frame['leaving'] === false)
        socket.send(JSON.stringify({ t: 'run', channelId }))
      if (frame['t'] === 'write') socket.send(JSON.stringify({ t: 'ack', n: frame['n'] }))
      const { state } = fieldsOf(fieldsOf(frame['write'])['standing'])
      heard.push([isFleet ? 'fleet' : 'number', frame['t'], state].filter(Boolean).join(' '))
    })
  })
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const child = start({
    APP_URL: `http://127.0.0.1:${port}`,
    SESSION_NODE_TOKEN: 'a token that is long enough',
    LOG_LEVEL: 'error',
  })
  await expect.poll(() => heard, { timeout: 20_000, interval: 20 }).toContain('number write unlinked')
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
  expect(heard[0]).toBe('fleet here')
  // What it said last may be read here a moment after it has gone.
  await expect.poll(() => heard, { timeout: 10_000, interval: 20 }).toContain('number left')
  await expect
    .poll(() => heard.findLast((line) => line.startsWith('fleet')), { timeout: 10_000, interval: 20 })
    .toBe('fleet left')
  server.close()
}, 30_000)

test('with a token that is not let in it says so', async () => {
  const server = createServer().on('upgrade', (_, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const child = start({ APP_URL: `http://127.0.0.1:${port}`, SESSION_NODE_TOKEN: 'a token that is long enough' })
  let said = ''
  child.stdout?.on('data', (chunk) => (said += String(chunk)))
  await expect.poll(() => said, { timeout: 20_000, interval: 20 }).toContain('its access was taken away')
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
  server.close()
}, 30_000)

test('without its settings it says which are missing, and ends', async () => {
  const child = start({ APP_URL: 'desk' })
  let said = ''
  child.stderr?.on('data', (chunk) => (said += String(chunk)))
  // Not its exit: what it said may still be in the pipe then.
  expect((await once(child, 'close'))[0]).toBe(1)
  expect(said).toMatch(/APP_URL.*\n.*SESSION_NODE_TOKEN/)
}, 30_000)
