/** Giving Meta a file that is no message (§12, resumable upload; `app` is the token's own): samples and pictures. */
import type { Line, OutgoingFile, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf, textOf } from '../../lib/untrusted.ts'
import { bearer, graphUrl, metaOf } from './graph.ts'

/** `answer` null: the bytes are not here. */
export type Upload = { ok: true; handle: string } | { ok: false; answer: Answer | null }

export async function uploadFile(file: OutgoingFile, line: Line, wire: Wire): Promise<Upload> {
  const bytes = await file.bytes().catch(() => null)
  if (!bytes) return { ok: false, answer: null }
  const about = new URLSearchParams({ file_length: String(bytes.size), file_type: file.mime, file_name: file.name ?? 'file' })
  const opened = await ask(wire, graphUrl(line, `app/uploads?${about}`), { method: 'POST', headers: bearer(line) })
  const session = opened.came && opened.status === 200 ? idOf(fieldsOf(opened.json).id, 2000) : undefined
  if (!session?.startsWith('upload:')) return { ok: false, answer: opened }
  const headers = { authorization: `OAuth ${metaOf(line).accessToken}`, file_offset: '0' }
  const taken = await ask(wire, graphUrl(line, session), { method: 'POST', headers, body: bytes })
  const handle = taken.came && taken.status === 200 ? textOf(fieldsOf(taken.json).h, 4000) : undefined
  return handle ? { ok: true, handle } : { ok: false, answer: taken }
}
