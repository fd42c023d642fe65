/** The Graph API's answers: reference/meta-cloud-api.md §10. */
import { json } from '../lib/http.ts'
import type { Reply } from '../lib/http.ts'
import { makeTraceId } from '../lib/ids.ts'

export type GraphError = {
  status: number
  code: number
  message: string
  type?: string
  subcode?: number
  details?: string
  transient?: boolean
}

export function graphError({ status, code, message, type = 'OAuthException', subcode, details, transient }: GraphError): Reply {
  const traceId = makeTraceId()
  const error = {
    message,
    type,
    code,
    ...(transient !== undefined && { is_transient: transient }),
    ...(subcode !== undefined && { error_subcode: subcode }),
    ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
    fbtrace_id: traceId,
  }
  return json(status, { error }, { 'x-fb-trace-id': traceId, 'facebook-api-version': 'v25.0' })
}

/** 131xxx and its like: the message starts with the code, the details say what is meant. */
export function numbered(code: number, title: string, details: string, status = 400): GraphError {
  return { status, code, message: `(#${code}) ${title}`, details }
}

export const EXPIRED: GraphError = {
  status: 401,
  code: 190,
  subcode: 463,
  message: 'Error validating access token: Session has expired on Friday, 20-Nov-26 10:00:00 PST.',
}
export const NOT_A_TOKEN: GraphError = {
  status: 401,
  code: 190,
  message: 'Invalid OAuth access token - Cannot parse access token',
}
export const NO_TOKEN: GraphError = {
  status: 401,
  code: 104,
  message: 'An access token is required to request this resource.',
}
export const TOO_FAST = numbered(130429, 'Rate limit hit', 'Cloud API message throughput has been reached.', 429)

/** What Graph says of an id that is not there, or not yours. */
export function noSuchObject(id: string, method: string): GraphError {
  return {
    status: 400,
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  }
}

export function unknownPath(path: string): GraphError {
  return { status: 400, code: 2500, message: `Unknown path components: ${path}` }
}

/** Wrong parameters (100). */
export function invalid({ message, details }: { message: string; details?: string | undefined }): GraphError {
  return { status: 400, code: 100, message: `(#100) ${message}`, ...(details !== undefined && { details }) }
}
