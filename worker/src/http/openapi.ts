/** The HTTP API described from the contract: what is served is what is written there. */
import * as z from 'zod'
import { API } from '#contract/api.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { REFUSALS } from '#contract/errors.ts'

type Schema = Record<string, unknown>

function schemaOf(schema: Endpoint['input'], io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'openapi-3.0', unrepresentable: 'any' })
  return rest
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function operationOf(name: string, row: Endpoint): Schema {
  const input = schemaOf(row.input, 'input')
  const properties = isObject(input['properties']) ? input['properties'] : {}
  const required = Array.isArray(input['required']) ? input['required'] : []
  const inPath = new Set([...row.path.matchAll(/:(\w+)/g)].map(([, param]) => param))
  const rest = Object.keys(properties).filter((key) => !inPath.has(key))
  const asParameter = (key: string): Schema => ({
    name: key,
    in: inPath.has(key) ? 'path' : 'query',
    required: inPath.has(key) || required.includes(key),
    schema: properties[key],
  })
  const query = row.method === 'GET' || row.method === 'DELETE'
  const body = Object.fromEntries(rest.map((key) => [key, properties[key]]))
  return {
    operationId: name,
    summary: row.summary,
    tags: [name.split('.')[0]],
    'x-permission': row.may,
    security: row.may === 'anyone' ? [] : [{ bearer: [] }, { cookie: [] }],
    parameters: [...inPath, ...(query ? rest : [])].flatMap((key) => (key ? [asParameter(key)] : [])),
    ...(query || rest.length === 0
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { type: 'object', properties: body, required: required.filter((key) => rest.includes(String(key))) },
              },
            },
          },
        }),
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: schemaOf(row.returns, 'output') } } },
      default: {
        description: 'A refusal',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const FILES: Schema = {
  '/api/media': {
    post: {
      operationId: 'media.upload',
      summary: 'Uploads a file: the body is its bytes, `name` its name. What it is is told by its bytes',
      tags: ['media'],
      'x-permission': 'media.upload',
      security: [{ bearer: [] }, { cookie: [] }],
      parameters: [
        { name: 'name', in: 'query', required: false, schema: { type: 'string' } },
        {
          name: 'sound',
          in: 'query',
          required: false,
          schema: { type: 'string' },
          description: 'Of a recording, as JSON: `seconds`, and `peaks`: 64 heights of its wave, one letter of A-Za-z0-9-_ each',
        },
      ],
      requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
      responses: { 200: { description: 'id, kind, mime, size, name' } },
    },
  },
  '/api/uploads/{uploadId}/parts/{part}': {
    put: {
      operationId: 'media.takePart',
      summary: 'One part of a file that comes in several: its bytes. The first part tells what the file is',
      tags: ['media'],
      'x-permission': 'media.upload',
      security: [{ bearer: [] }, { cookie: [] }],
      parameters: [
        { name: 'uploadId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'part', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } },
      ],
      requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
      responses: { 200: { description: 'have: the parts that are here' } },
    },
  },
  '/api/contacts/{contactId}/photo': {
    get: {
      operationId: 'contacts.photo',
      summary: 'The picture of a contact whom the caller sees; kept by a phone under its address',
      tags: ['contacts'],
      'x-permission': 'chats.read',
      security: [{ bearer: [] }, { cookie: [] }],
      parameters: [
        { name: 'contactId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'v', in: 'query', required: false, schema: { type: 'string' } },
      ],
      responses: { 200: { description: 'The picture' } },
    },
  },
  '/api/media/{mediaId}': {
    get: {
      operationId: 'media.download',
      summary: 'The bytes of a file of a chat that the caller may see; ranges are served',
      tags: ['media'],
      'x-permission': 'chats.read',
      security: [{ bearer: [] }, { cookie: [] }],
      parameters: [{ name: 'mediaId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      responses: { 200: { description: 'The file' }, 206: { description: 'A range of it' } },
    },
  },
  '/api/live': {
    get: {
      operationId: 'live.open',
      summary: 'WebSocket of live events after the number `since` (contract/live.ts)',
      tags: ['live'],
      'x-permission': 'chats.read',
      security: [{ bearer: [] }, { cookie: [] }],
      parameters: [{ name: 'since', in: 'query', required: false, schema: { type: 'integer' } }],
      responses: { 101: { description: 'Switching protocols' } },
    },
  },
}

/** The OpenAPI 3.0 description of the whole API. */
export function openApi(appUrl: string): Schema {
  const paths: Record<string, Schema> = {}
  for (const [name, row] of Object.entries(API)) {
    const path = `/api${row.path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operationOf(name, row) }
  }
  return {
    openapi: '3.0.3',
    info: {
      title: 'WhatsappB24',
      version: '1',
      description:
        'Errors are RFC 9457 problem details with a stable `code` and a `traceId`. Ids of messages are UUIDv7 made by the caller: repeats are harmless. So are repeats of what is done to a chat or a contact (labels, state, holder, change) with the same `Idempotency-Key`, a UUIDv7, for 7 days.',
    },
    servers: [{ url: appUrl }],
    paths: { ...paths, ...FILES },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: '__Host-s' } },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'traceId'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string', enum: Object.keys(REFUSALS) },
            traceId: { type: 'string' },
            details: { type: 'object', additionalProperties: true },
          },
        },
      },
    },
  }
}
