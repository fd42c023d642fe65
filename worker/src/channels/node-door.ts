/** Who a session-node is, by what it shows at the door: one of ours, or one of a company's own. */
import * as z from 'zod'
import type { Request } from '../http/app.ts'
import { nodeTriesOf } from '../identity/index.ts'
import { sha256, toBase64Url, toHex, utf8 } from '../lib/bytes.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import { SHARED_FLEET } from './registry.ts'

/** `owner`: whose numbers it may run. `token`, `name`: the company's own program as people know it; null for ours. */
export type AtDoor = { owner: string; token: string | null; name: string | null }

const TOKEN = /^wbn1\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[A-Za-z0-9_-]{43}$/
const Known = z.nullable(z.object({ accountId: z.string(), name: z.string(), hash: z.string() }))

/**
 * Tokens that were right a moment ago, by their digest: fifty links of one program ask the database once, and while it is
 * away they come back all the same. One that was revoked finds that its company's Fleet has closed the door from within.
 */
const right = new Map<string, AtDoor & { at: number }>()
const RIGHT_MAX = 500
const FRESH_MS = 60_000
const STALE_MS = 15 * 60_000

/** A new token of this program, and what is kept of it. */
export async function newNodeToken(id: string): Promise<{ token: string; hash: string }> {
  const token = `wbn1.${id}.${toBase64Url(crypto.getRandomValues(new Uint8Array(32)))}`
  return { token, hash: toHex(await sha256(token)) }
}

/** Whose program is at the door. Refuses whoever is nobody's; compared by digest, so that the time it takes tells nothing. */
export async function nodeAtDoor(c: Request): Promise<AtDoor> {
  const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
  const digest = await sha256(given)
  const expected = c.env.SESSION_NODE_TOKEN
  if (expected !== undefined && crypto.subtle.timingSafeEqual(digest, await sha256(expected)))
    return { owner: SHARED_FLEET, token: null, name: null }
  const id = TOKEN.exec(given)?.[1]
  if (id === undefined) throw new Refusal('signed_out')
  const known = right.get(toHex(digest))
  const age = known ? Date.now() - known.at : Infinity
  if (known && age < FRESH_MS) return known
  const found = await ownNode(c, id, digest).catch((error: unknown) => {
    if (known && age < STALE_MS && !(error instanceof Refusal)) return known
    throw error
  })
  if (right.size >= RIGHT_MAX) right.clear()
  if (found !== known) right.set(toHex(digest), { ...found, at: Date.now() })
  return found
}

/** Guesses are counted, as those of passwords are. */
async function ownNode(c: Request, id: string, digest: Uint8Array<ArrayBuffer>): Promise<AtDoor> {
  const tries = nodeTriesOf(c, id)
  await tries.refuseWaiting()
  const [row] = await databaseOf(c.env).query('select session_node_at_door($1) as node', [id])
  const known = Known.parse(row?.['node'] ?? null)
  if (known && crypto.subtle.timingSafeEqual(utf8(toHex(digest)), utf8(known.hash)))
    return { owner: known.accountId, token: id, name: known.name }
  await tries.failed()
  throw new Refusal('signed_out')
}
