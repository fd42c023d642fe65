/** One request to a simulated provider: what it may do wrong, what it answers, and the note that we keep of it. */
import { randomUUID } from 'node:crypto'
import { jsonIn } from './lib/fields.ts'
import type { Asked, Reply } from './lib/http.ts'
import type { Hits, Target, Verdict } from './misbehaviour.ts'
import type { Received, SimNumber } from './model.ts'
import type { Sim } from './sim.ts'

export type Call<N extends SimNumber = SimNumber> = {
  sim: Sim
  asked: Asked
  /** The named parts of the path. */
  names: Record<string, string>
  /** Whose credentials were given. */
  number: N
  verdict: Verdict
}

export type Note = Partial<
  Pick<Received, 'what' | 'phone' | 'text' | 'callbackData' | 'body' | 'providerId' | 'errorCode' | 'processed'>
>
export type Handled = { reply: Reply; note?: Note }

export type Provider = {
  target: Target
  /** The kind of request, and what works on it. null: there is no such address. */
  route(
    asked: Asked,
    path: string,
  ): { hits: Hits; run: (verdict: Verdict) => Promise<Handled> | Handled; numberId: string | null }
  /** The provider's own words for "expired" and "too fast". */
  expired(): Reply
  limited(): Reply
  broken(status: number): Reply
}

/** An answer, and what becomes of it: it may come late, or be lost with the connection. */
export type Served = { reply: Reply; drop: boolean; slowMs: number }

/** Answers a request to a provider. The caller waits `slowMs` and then writes the reply, or cuts the connection. */
export async function serveProvider(sim: Sim, provider: Provider, asked: Asked, path: string): Promise<Served> {
  const { hits, run, numberId } = provider.route(asked, path)
  const verdict = sim.misbehaviours.judge(provider.target, numberId, hits)
  const instead = refusalOf(provider, verdict)
  const isWorkedOn = !instead || (verdict.refuse?.processed === true && !verdict.expired && !verdict.limited)
  const handled: Handled = isWorkedOn ? await run(verdict) : { reply: instead }
  const reply = instead ?? handled.reply
  const { note } = handled
  const requestId = randomUUID()
  const received: Received = {
    ...{ seq: sim.world.received.length + 1, requestId, at: sim.now(), target: provider.target, numberId },
    ...{
      method: asked.method,
      path: asked.path,
      what: 'other',
      phone: null,
      text: null,
      callbackData: null,
      body: bodyOf(asked),
    },
    ...{ errorCode: null, providerId: null, processed: false, ...note },
    ...{ status: reply.status, answered: !verdict.drop },
  }
  sim.world.record({ t: 'received', received })
  return {
    reply: { ...reply, headers: { ...reply.headers, 'x-request-id': requestId } },
    drop: verdict.drop,
    slowMs: verdict.slowMs,
  }
}

function refusalOf(provider: Provider, verdict: Verdict): Reply | null {
  if (verdict.expired) return provider.expired()
  if (verdict.limited) return provider.limited()
  if (!verdict.refuse) return null
  const { status, body } = verdict.refuse
  if (body === null) return provider.broken(status)
  return { status, headers: { 'content-type': body.startsWith('{') ? 'application/json' : 'text/plain' }, body }
}

/** JSON and forms are kept as they came; files are not kept twice. */
function bodyOf(asked: Asked): unknown {
  const type = asked.headers['content-type'] ?? ''
  if (asked.body.length === 0 || type.startsWith('multipart/')) return null
  const text = asked.body.toString('utf8')
  return type.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(text))
    : (jsonIn(text) ?? text)
}
