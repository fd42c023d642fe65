/** The readable page of the API: plain HTML made from the same description, no scripts, nothing from elsewhere. */
import { API } from '#contract/api.ts'
import { REFUSALS } from '#contract/errors.ts'

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function fieldsOf(schema: unknown, depth = 0): string {
  if (typeof schema !== 'object' || schema === null || depth > 4) return ''
  const properties =
    'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? schema.properties : {}
  const required = 'required' in schema && Array.isArray(schema.required) ? schema.required : []
  const rows = Object.entries(properties).map(([name, field]) => {
    const type = typeof field === 'object' && field !== null && 'type' in field ? String(field.type) : 'any'
    const options =
      typeof field === 'object' && field !== null && 'enum' in field && Array.isArray(field.enum)
        ? `: ${field.enum.join(' | ')}`
        : ''
    const items = typeof field === 'object' && field !== null && 'items' in field ? fieldsOf(field.items, depth + 1) : ''
    return `<li><code>${escape(name)}</code>${required.includes(name) ? '' : '?'} <small>${escape(type + options)}</small>${items || fieldsOf(field, depth + 1)}</li>`
  })
  return rows.length > 0 ? `<ul>${rows.join('')}</ul>` : ''
}

/** `describe` gives the schema of an input or an answer; the page is the same for everybody. */
export function docsPage(describe: (name: string, part: 'input' | 'returns') => unknown): string {
  const rows = Object.entries(API).map(
    ([name, row]) => `<section id="${escape(name)}"><h2><code>${row.method} /api${escape(row.path)}</code></h2>
<p>${escape(row.summary)}.</p><p><small>${escape(name)} · ${row.may === 'anyone' ? 'no sign-in' : `permission: ${escape(row.may)}`}</small></p>
<details><summary>Input</summary>${fieldsOf(describe(name, 'input')) || '<p>Nothing</p>'}</details>
<details><summary>Answer</summary>${fieldsOf(describe(name, 'returns'))}</details></section>`,
  )
  const codes = Object.entries(REFUSALS).map(([code, status]) => `<tr><td><code>${code}</code></td><td>${status}</td></tr>`)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>WhatsappB24 API</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}h2{font-size:1.1rem;margin:2rem 0 .25rem}code{overflow-wrap:anywhere}p{margin:.25rem 0}table{border-collapse:collapse}td{padding:.1rem 1rem .1rem 0}</style></head>
<body><main><h1>WhatsappB24 API</h1>
<p>Sign in with <code>POST /api/session</code> and send the token as <code>Authorization: Bearer …</code>. Bodies are JSON. The machine-readable description is at <a href="/api/openapi.json">/api/openapi.json</a>.</p>
<p>A message's id is a UUIDv7 made by you: the same id again gives the same message, never a second one.</p>
${rows.join('\n')}
<section><h2><code>POST /api/media?name=…</code></h2><p>Uploads a file; the body is its bytes. Answer: id, kind, mime, size, name.</p></section>
<section><h2><code>GET /api/contacts/:contactId/photo</code></h2><p>The picture of a contact.</p></section>
<section><h2><code>GET /api/media/:mediaId</code></h2><p>The bytes of a file, with ranges.</p></section>
<section><h2><code>GET /api/live?since=SEQ</code></h2><p>WebSocket of live events; frames in contract/live.ts.</p></section>
<h2>Refusals</h2><table>${codes.join('')}</table></main></body></html>`
}
