/** Mounts an endpoint of the contract on our application: input checked once, then types are trusted. */
import type * as z from 'zod/mini'
import type { Endpoint } from '#contract/endpoint.ts'
import { Refusal } from '../lib/refusal.ts'
import type { App, Request } from './app.ts'
import { readBody } from './body.ts'

const JSON_MAX_BYTES = 1_000_000
const BODY_MS = 10_000

async function jsonBody(c: Request, maxBytes = JSON_MAX_BYTES): Promise<Record<string, unknown>> {
  if (!(c.req.header('content-type') ?? '').startsWith('application/json')) throw new Refusal('not_json')
  const raw = await readBody(c.req.raw, maxBytes, BODY_MS)
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(raw))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Fall through: no JSON and no object are the same mistake to the caller.
  }
  throw new Refusal('bad_request', { where: 'body' })
}

async function inputOf(c: Request, row: Endpoint): Promise<unknown> {
  const named = c.req.param()
  if (row.method === 'GET') return { ...c.req.query(), ...named }
  // Nothing to say needs no body: DELETE, or an endpoint whose input is in its path.
  if (row.method === 'DELETE' || c.req.header('content-length') === '0') return named
  return { ...(await jsonBody(c, row.maxBytes)), ...named }
}

/** Answers that are already JSON text from the database pass as they are. */
export class RawJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Serves one row of the contract with a verb. `bad_request` names the field and what is wrong with it. */
export function serve<Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  app: App,
  row: Endpoint<Input, Output>,
  verb: (c: Request, input: z.output<Input>) => Promise<z.output<Output> | RawJson | Response>,
): void {
  app.on(row.method, `/api${row.path}`, async (c) => {
    const parsed = row.input.safeParse(await inputOf(c, row))
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw new Refusal('bad_request', { where: issue?.path.join('.') ?? '', what: issue?.message ?? '' })
    }
    const answer = await verb(c, parsed.data)
    if (answer instanceof Response) return answer
    const text = answer instanceof RawJson ? answer.text : JSON.stringify(answer)
    return new Response(text, { headers: { 'content-type': 'application/json' } })
  })
}
