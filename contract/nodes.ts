/** Programs that run unofficial numbers: our servers, and those of a company's own, on computers of theirs. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant, NodeId } from './ids.ts'
import { Session } from './sessions.ts'

export const SessionNode = z.object({
  id: NodeId,
  name: z.string(),
  createdAt: Instant,
  revokedAt: z.nullable(Instant),
  /** Numbers that it shall run. */
  numbers: z.number(),
  /** `new`: it has never been here. `leaving`: it is about to stop. */
  state: z.enum(['new', 'here', 'leaving', 'away', 'revoked']),
  lastSeenAt: z.nullable(Instant),
  /** As it last said; null: it has never been here. */
  version: z.nullable(z.string()),
  running: z.number(),
  capacity: z.number(),
  /** Resident memory. */
  memoryMb: z.number(),
})
export type SessionNode = z.infer<typeof SessionNode>

export const listSessionNodes = endpoint({
  method: 'GET',
  path: '/session-nodes',
  summary: 'The programs that run unofficial numbers: our servers in short, and those of the company',
  may: 'channels.manage',
  input: z.object({}),
  returns: z.object({
    /** Whether our servers are there, and how many numbers of this company they shall run. */
    ours: z.object({ here: z.boolean(), numbers: z.number() }),
    items: z.array(SessionNode),
  }),
})

export const addSessionNode = endpoint({
  method: 'POST',
  path: '/session-nodes',
  summary: 'Lets a program of the company run its numbers. The token is shown this once',
  may: 'channels.keys',
  input: z.object({ name: z.string().check(z.minLength(1), z.maxLength(60)) }),
  returns: z.object({ node: SessionNode, token: z.string(), appUrl: z.string() }),
})

export const revokeSessionNode = endpoint({
  method: 'DELETE',
  path: '/session-nodes/:nodeId',
  summary: 'Lets a program in no more: what it runs is taken from it at once and goes to another of the company',
  may: 'channels.keys',
  input: z.object({ nodeId: NodeId }),
  returns: SessionNode,
})

export const placeSession = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/session/place',
  summary: 'Has an unofficial number run by a program of the company, or (null) by our servers',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, nodeId: z.nullable(NodeId) }),
  returns: Session,
})
