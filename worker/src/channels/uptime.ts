/** How steadily a number was there: contract/uptime.ts. */
import * as contract from '#contract/uptime.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { callKnown } from '../identity/index.ts'
import { sessionOf } from './session-port.ts'
import { uptimeOf, type Point, type Rest } from './uptime.rules.ts'

const HOUR_MS = 3_600_000
const RANGES_MS: Record<contract.UptimeRange, number> = { day: 24 * HOUR_MS, week: 168 * HOUR_MS, month: 720 * HOUR_MS }

const At = z.string().transform((text) => Date.parse(text))
const Between = { beganAt: At, endedAt: z.nullable(At) }
const Written = z.object({
  kind: z.string(),
  askedAt: z.nullable(z.string()),
  createdAt: At,
  rests: z.array(z.object({ what: z.enum(['paused', 'archived']), ...Between })),
  outages: z.array(z.object({ problem: z.string(), ...Between })),
})

/** Of an official number, what our own checks and its provider's refusals said. */
function pointsFrom({ createdAt, outages }: z.infer<typeof Written>): Point[] {
  return [
    { at: createdAt, state: 'up', code: null },
    ...outages.flatMap(({ problem, beganAt, endedAt }): Point[] => [
      { at: beganAt, state: 'away', code: problem },
      ...(endedAt === null ? [] : [{ at: endedAt, state: 'up' as const, code: null }]),
    ]),
  ]
}

async function getUptime(
  c: Request,
  { channelId, range }: { channelId: string; range: contract.UptimeRange },
): Promise<OutputOf<typeof contract.getUptime>> {
  const now = Date.now()
  const from = now - RANGES_MS[range]
  const { result } = await callKnown(c, 'channels.read', 'api_uptime', { channelId, from: new Date(from).toISOString() })
  const written = Written.parse(JSON.parse(result))
  const told = written.kind === 'session' ? await sessionOf(c.env, channelId).uptime(from) : null
  const rests = written.rests.map(({ what, beganAt, endedAt }): Rest => ({
    state: what === 'paused' ? 'paused' : 'off',
    from: beganAt,
    to: endedAt,
  }))
  const report = uptimeOf(told?.points ?? pointsFrom(written), rests, from, now)
  const beatAt = told ? told.beatAt && new Date(told.beatAt).toISOString() : written.askedAt
  return { ...report, beatAt: beatAt || null }
}

export function uptimeRoutes(app: App): void {
  serve(app, contract.getUptime, getUptime)
}
