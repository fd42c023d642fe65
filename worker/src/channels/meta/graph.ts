/** Talking to the Graph API: reference/meta-cloud-api.md §1. */
import type { Line, MetaLine, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'

/** A version lives about two years (§1): this is the only place that names it. */
export const GRAPH_VERSION = 'v25.0'

/** The credentials of a line that is certainly Meta's. */
export function metaOf(line: Line): MetaLine {
  if (line.credentials.kind !== 'meta') throw new TypeError('a line of another provider came to the Meta adapter')
  return line.credentials
}

/** `https://graph.facebook.com/v25.0/<path>` for this line. */
export function graphUrl(line: Line, path: string): string {
  return `${line.addresses.metaGraph.replace(/\/+$/, '')}/${GRAPH_VERSION}/${path}`
}

export function bearer(line: Line): { authorization: string } {
  return { authorization: `Bearer ${metaOf(line).accessToken}` }
}

export function getGraph(line: Line, wire: Wire, path: string): Promise<Answer> {
  return ask(wire, graphUrl(line, path), { method: 'GET', headers: bearer(line) })
}

/** POSTs JSON below the number: `messages` and its like. */
export function postToNumber(line: Line, wire: Wire, path: string, body: object): Promise<Answer> {
  const headers = { ...bearer(line), 'content-type': 'application/json' }
  return ask(wire, graphUrl(line, `${metaOf(line).phoneNumberId}/${path}`), {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
}
