/** The way from the house to a number's Session object. */
import type { Env } from '../lib/env.ts'
import type { SessionPort } from './channel.ts'

const ASK_MS = 20_000

/** The Session object of a number. A stub that threw is broken: take a new one for each try. */
export function sessionOf(
  env: Env,
  channelId: string,
): Cloudflare.Env['SESSIONS'] extends DurableObjectNamespace<infer T> ? DurableObjectStub<T> : never {
  return env.SESSIONS.get(env.SESSIONS.idFromName(channelId))
}

/** Where a node puts bytes that were asked for, until they are read. Retention empties the folder. */
export function stagedKey(channelId: string, askId: string): string {
  return `s/${channelId}/${askId}`
}

/** A number's Session object as its adapter takes it. */
export function sessionPort(env: Env, channelId: string): SessionPort {
  return {
    send: (id, order) => sessionOf(env, channelId).send(id, order),
    ask: (ask) => sessionOf(env, channelId).ask(ask, ASK_MS),
    async file(waId) {
      const { ok, code, id } = await sessionOf(env, channelId).fetchBytes(waId)
      const stored = ok ? await env.MEDIA.get(stagedKey(channelId, id)) : null
      return stored ? { ok: true, body: stored.body, size: stored.size } : { ok: false, code }
    },
    async now() {
      const { standing, me } = await sessionOf(env, channelId).now()
      return { state: standing.state, code: standing.code ?? null, name: me?.name ?? null, phone: me?.phone ?? null }
    },
  }
}

/** A number that may send again, or faster: what waits in its object goes on at once. */
export async function wakeSession(env: Env, { id, kind }: { id: string; kind: string }): Promise<void> {
  if (kind === 'session') await sessionOf(env, id).wake()
}

/** An archived number runs no more and keeps its link; restored, it goes on with it. */
export async function followArchive(env: Env, { id, kind, state }: { id: string; kind: string; state: string }): Promise<void> {
  if (kind !== 'session') return
  if (state === 'archived') await sessionOf(env, id).rest()
  else await sessionOf(env, id).reconnect()
}
