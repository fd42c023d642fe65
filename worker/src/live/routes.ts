import { call, SOCKET_BEARER } from '../identity/index.ts'
import type { App } from '../http/app.ts'
import { Refusal } from '../lib/refusal.ts'
import { deskOf } from './desk.ts'

/** `GET /api/live?since=SEQ`: lets a signed-in phone in to its account's Desk. */
export function liveRoutes(app: App): void {
  app.get('/api/live', async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') throw new Refusal('bad_request', { where: 'upgrade' })
    const { caller } = await call(c, 'chats.read', null, {})
    const since = Number(c.req.query('since') ?? -1)
    if (!Number.isSafeInteger(since)) throw new Refusal('bad_request', { where: 'since' })
    const answer = await deskOf(c.env, caller.account.id).fetch('https://desk/', {
      headers: {
        upgrade: 'websocket',
        'x-person': caller.person.id,
        'x-session': caller.sessionId,
        'x-since': String(since),
        'x-sight': JSON.stringify(caller.sight),
      },
    })
    // A browser closes a socket whose way of speaking was not repeated to it.
    if (!answer.webSocket || c.req.header('sec-websocket-protocol') === undefined) return answer
    const headers = { 'sec-websocket-protocol': SOCKET_BEARER }
    return new Response(null, { status: 101, webSocket: answer.webSocket, headers })
  })
}
