/** The programs that run unofficial numbers: what people see of them and decide, and the doors by which they come in. */
import type { InputOf, OutputOf } from '#contract/endpoint.ts'
import * as nodes from '#contract/nodes.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { settingsOf, type Env } from '../lib/env.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { capped } from '../lib/streams.ts'
import { newNodeToken, nodeAtDoor } from './node-door.ts'
import { SHARED_FLEET, type FleetObject } from './registry.ts'
import { sessionOf, stagedKey } from './session-port.ts'

const FILE_MAX = 110_000_000

const Row = z.object({
  id: z.uuid().brand<'Node'>(),
  name: z.string(),
  createdAt: z.string(),
  revokedAt: z.nullable(z.string()),
  numbers: z.number(),
})
const Listed = z.object({ items: z.array(Row), ours: z.number() })
type Said = Awaited<ReturnType<FleetObject['seen']>>
type Here = Awaited<ReturnType<FleetObject['nodes']>>

function fleetNamed(env: Env, name: string): DurableObjectStub<FleetObject> {
  return env.FLEETS.get(env.FLEETS.idFromName(name))
}

/** A program as people see it: its row, what it last said, and its processes that are here. */
function shown(row: z.infer<typeof Row>, here: Here, said: Said): nodes.SessionNode {
  const its = here.filter(({ token }) => token === row.id)
  const last = said.find(({ token }) => token === row.id)
  const sum = (of: (one: Here[number]) => number) => its.reduce((all, one) => all + of(one), 0)
  const isHere = its.some(({ leaving }) => !leaving)
  return {
    ...row,
    state: row.revokedAt !== null ? 'revoked' : isHere ? 'here' : its.length > 0 ? 'leaving' : last ? 'away' : 'new',
    lastSeenAt: last ? new Date(its.length > 0 ? Date.now() : last.at).toISOString() : null,
    version: its[0]?.version ?? last?.version ?? null,
    running: sum(({ running }) => running),
    capacity: its.length > 0 ? sum(({ capacity }) => capacity) : (last?.capacity ?? 0),
    memoryMb: its.length > 0 ? sum(({ memoryMb }) => memoryMb) : (last?.memoryMb ?? 0),
  }
}

async function listSessionNodes(c: Request): Promise<OutputOf<typeof nodes.listSessionNodes>> {
  const { caller, result } = await call(c, 'channels.manage', 'api_session_nodes', {})
  const { items, ours } = Listed.parse(JSON.parse(result ?? 'null'))
  const own = fleetNamed(c.env, caller.account.id)
  const [here, said, shared] = await Promise.all([own.nodes(), own.seen(), fleetNamed(c.env, SHARED_FLEET).nodes()])
  return {
    // What our servers are called and how busy they are with others is nobody's business.
    ours: { here: shared.some(({ leaving }) => !leaving), numbers: ours },
    items: items.map((row) => shown(row, here, said)),
  }
}

async function addSessionNode(
  c: Request,
  { name }: InputOf<typeof nodes.addSessionNode>,
): Promise<OutputOf<typeof nodes.addSessionNode>> {
  const id = newId()
  const { token, hash } = await newNodeToken(id)
  const { result } = await call(c, 'channels.keys', 'api_session_node_add', { id, name, hash })
  return { node: shown(Row.parse(JSON.parse(result ?? 'null')), [], []), token, appUrl: settingsOf(c.env).appUrl }
}

async function revokeSessionNode(c: Request, { nodeId }: InputOf<typeof nodes.revokeSessionNode>): Promise<nodes.SessionNode> {
  const { caller, result } = await callKnown(c, 'channels.keys', 'api_session_node_revoke', { nodeId })
  const own = fleetNamed(c.env, caller.account.id)
  await own.expel(nodeId)
  return shown(Row.parse(JSON.parse(result)), [], await own.seen())
}

/** The headers with which a program's link is handed on to its object, when it may have one. */
async function linkHeaders(c: Request): Promise<Headers> {
  const { owner, token, name } = await nodeAtDoor(c)
  if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') throw new Refusal('bad_request', { where: 'upgrade' })
  const node = z.uuid().safeParse(c.req.query('node')).data
  if (node === undefined) throw new Refusal('bad_request', { where: 'node' })
  const headers = new Headers({ upgrade: 'websocket', 'x-node': node, 'x-owner': owner })
  if (token !== null) headers.set('x-token', token)
  if (name !== null) headers.set('x-name', encodeURIComponent(name))
  return headers
}

/** `/session-node/link`, `/session-node/link/:channelId`, and where nodes put the bytes of files. */
function doors(app: App): void {
  app.get('/session-node/link', async (c) => {
    const headers = await linkHeaders(c)
    return fleetNamed(c.env, headers.get('x-owner') ?? '').fetch('https://fleet/', { headers })
  })
  app.get('/session-node/link/:channelId', async (c) => {
    const headers = await linkHeaders(c)
    const epoch = c.req.query('epoch')
    if (epoch !== undefined) headers.set('x-epoch', epoch)
    return sessionOf(c.env, c.req.param('channelId')).fetch('https://session/', { headers })
  })
  app.put('/session-node/files/:channelId/:askId', async (c) => {
    const { channelId, askId } = c.req.param()
    const { owner } = await nodeAtDoor(c)
    const { body } = c.req.raw
    if (!body || !(await sessionOf(c.env, channelId).awaits(askId, owner))) throw new Refusal('not_found')
    const length = Number(c.req.header('content-length') ?? NaN)
    if (!(length <= FILE_MAX)) throw new Refusal('media_too_large', { maxBytes: FILE_MAX })
    const { readable, writable } = new FixedLengthStream(length)
    await Promise.all([capped(body, FILE_MAX).body.pipeTo(writable), c.env.MEDIA.put(stagedKey(channelId, askId), readable)])
    return c.body(null, 204)
  })
}

export function nodeRoutes(app: App): void {
  serve(app, nodes.listSessionNodes, listSessionNodes)
  serve(app, nodes.addSessionNode, addSessionNode)
  serve(app, nodes.revokeSessionNode, revokeSessionNode)
  doors(app)
}
