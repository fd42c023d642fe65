/** docs/api.md: every endpoint of the contract, with its permission, what it takes and gives, and who calls it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import * as z from 'zod'
import { API } from '#contract/api.ts'
import * as channels from '#contract/channels.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { REFUSALS } from '#contract/errors.ts'
import * as inbox from '#contract/inbox.ts'
import { BASES } from '#contract/permissions.ts'
import * as trace from '#contract/trace.ts'
import { sourcesOf } from '../db/dictionary.ts'
import { DOORS } from '../db/doors.ts'
import { tablesBehind, type Sources } from '../db/uses.ts'

const APP = join(import.meta.dirname, '..', 'pwa', 'src')

/** What has a name of its own is described once. */
const SHAPES = {
  Chat: inbox.Chat,
  Message: inbox.Message,
  Channel: channels.Channel,
  Hop: trace.Hop,
  LogEntry: trace.LogEntry,
  DeadLetter: trace.DeadLetter,
} as const

type Json = Record<string, unknown>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function jsonSchema(schema: Endpoint['input'], io: 'input' | 'output', named: string | null): Json {
  const names = z.registry<{ id: string }>()
  for (const [id, shape] of Object.entries(SHAPES)) if (id !== named) names.add(shape, { id })
  return z.toJSONSchema(schema, { io, metadata: names, unrepresentable: 'any' })
}

/** A schema in one line, as a programmer would write its type. */
function words(schema: unknown): string {
  if (!isJson(schema)) return 'anything'
  if (typeof schema['$ref'] === 'string') return schema['$ref'].replace(/^.*\//, '')
  const choices = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(choices)) return choices.map(words).join(' or ')
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' or ')
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (schema['type'] === 'array') return `list of ${words(schema['items'])}`
  if (isJson(schema['properties'])) return `{ ${fields(schema).join(', ')} }`
  const limits = [
    typeof schema['maxLength'] === 'number' ? `at most ${schema['maxLength']} characters` : '',
    typeof schema['pattern'] === 'string' && !schema['format'] ? `like ${schema['pattern']}` : '',
  ].filter(Boolean)
  const kind = schema['format'] ?? schema['type'] ?? 'anything'
  return [Array.isArray(kind) ? kind.join(' or ') : kind, ...limits].join(', ')
}

function fields(schema: Json): string[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const properties = isJson(schema['properties']) ? schema['properties'] : {}
  return Object.entries(properties).map(([name, part]) => `${name}${required.includes(name) ? '' : '?'}: ${words(part)}`)
}

/** Where the app calls an endpoint: files below pwa/src that name its row. */
function callers(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\./.test(file),
  )
  for (const file of files.toSorted()) {
    const names = new Set([...readFileSync(join(APP, file), 'utf8').matchAll(/\bapi\.(\w+)/g)].map(([, name = '']) => name))
    for (const name of names) found.set(name, [...(found.get(name) ?? []), file])
  }
  return found
}

const Roles = z.array(z.object({ role: z.string(), may: z.array(z.string()) }))

function allowed(may: Endpoint['may'], roles: z.infer<typeof Roles>): string {
  if (may === 'anyone') return 'anyone, without a session'
  if (may === 'signed-in') return 'whoever is signed in'
  const who = roles.filter((row) => row.may.includes(may)).map(({ role }) => role)
  return `\`${may}\` (${who.length === BASES.length ? 'every role' : who.join(', ')})`
}

function endpointPart(name: string, row: Endpoint, roles: z.infer<typeof Roles>, calledIn: string[], sources: Sources): string[] {
  const input = fields(jsonSchema(row.input, 'input', null))
  const functions = DOORS[name] ?? []
  const tables = new Set(functions.flatMap((fn) => [...tablesBehind(fn, sources)]))
  return [
    `### ${row.method} /api${row.path}`,
    '',
    `${row.summary}. In the contract: \`${name}\`.`,
    '',
    `- May: ${allowed(row.may, roles)}`,
    ...(input.length > 0 ? ['- Takes:', ...input.map((field) => `  - \`${field}\``)] : ['- Takes nothing']),
    `- Gives: \`${words(jsonSchema(row.returns, 'output', null))}\``,
    `- Called in the app by: ${calledIn.length > 0 ? calledIn.map((file) => `\`${file}\``).join(', ') : 'nothing; for scripts'}`,
    `- In the database: ${functions.map((fn) => `\`${fn}\``).join(', ')} on ${[...tables].toSorted().join(', ')}`,
    '',
  ]
}

/** docs/api.md as it should be; `ownerUrl` is a migrated database, which knows what roles may do. */
export async function apiPage(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const sources = await sourcesOf(client)
    const asked = await client.query(
      'select role, array(select jsonb_object_keys(default_grants(role))) as may from unnest($1::text[]) role',
      [BASES],
    )
    const roles = Roles.parse(asked.rows)
    const calledIn = callers()
    const inOrder = Object.entries(API).toSorted(([, a], [, b]) => (a.path + a.method < b.path + b.method ? -1 : 1))
    return [
      '# The HTTP API',
      '',
      'Written by `npm run docs` from contract/, the app and the catalogue of a migrated database; `npm test` fails when it is out of date. Running products describe themselves at `/api/openapi.json`, with a page at `/api/docs`.',
      '',
      'JSON in and out. The app has a cookie, everybody else `Authorization: Bearer <token>` (from POST /api/session). A name in a path fills the path; the rest is the query of a GET and the body of everything else. `?` marks what may be absent.',
      '',
      '## Endpoints',
      '',
      ...inOrder.flatMap(([name, row]) => endpointPart(name, row, roles, calledIn.get(name.replace(/^.*\./, '')) ?? [], sources)),
      '## Not in the table',
      '',
      '| Door | What |',
      '| --- | --- |',
      '| `POST /api/media?name=…&sound=…` | body: the bytes of a file; `content-type`: what its sender believes it is; `sound`: of a recording, its seconds and peaks as JSON. Gives `{ id, kind, mime, size, name }`. May: `media.upload` |',
      '| `PUT /api/uploads/:uploadId/parts/:part` | body: the bytes of one part (see `POST /api/uploads`). Gives `{ have }`. May: `media.upload` |',
      '| `GET /api/media/:id` | the file, ranges served. May: `chats.read` |',
      '| `GET /files/:token` | a file for a provider: signed address, an hour long, no session |',
      '| `GET /api/live?since=SEQ` | WebSocket of live events (contract/live.ts). May: `chats.read` |',
      '| `GET,POST /hooks/meta/:channelKey` | Meta: verification and events, signed with the app secret |',
      '| `POST /hooks/gupshup/:channelKey` | Gupshup: callbacks v2 and v3; the key is the secret |',
      '| `GET /health` | state of database and queues; 200 also while the database is away |',
      '',
      '## Shapes',
      '',
      ...Object.entries(SHAPES).flatMap(([name, shape]) => [
        `### ${name}`,
        '',
        ...fields(jsonSchema(shape, 'output', name)).map((field) => `- \`${field}\``),
        '',
      ]),
      '## Refusals',
      '',
      'RFC 9457 problem details: `{ type, title, status, code, traceId, details? }`. A code never changes its meaning.',
      '',
      '| Code | HTTP |',
      '| --- | --- |',
      ...Object.entries(REFUSALS).map(([code, status]) => `| \`${code}\` | ${status} |`),
      '',
    ].join('\n')
  } finally {
    await client.end()
  }
}
