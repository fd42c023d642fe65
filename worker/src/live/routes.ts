import { call } from '../identity/index.ts'
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
    return deskOf(c.env, caller.account.id).fetch('https://desk/', {
      headers: {
        upgrade: 'websocket',
        'x-person': caller.person.id,
        'x-session': caller.sessionId,
        'x-since': String(since),
        'x-sight': JSON.stringify(caller.sight),
      },
    })
  })
}
