/**
 * What a company gives as the address of its alerts: an automation that makes a mail of each. It takes what is signed with its
 * secret, knows what came twice by its id, and shows the mails on a page. Kept in memory.
 */
import { timingSafeEqual } from 'node:crypto'
import { fieldsOf, jsonIn, textOf } from '../lib/fields.ts'
import { json } from '../lib/http.ts'
import type { Asked, Reply } from '../lib/http.ts'
import { hmacHex } from '../lib/ids.ts'
import { mailPage, type Mail } from './page.ts'

/** What it answers next instead of what is right; slow answers are late, and right. */
export type Scripted = { status: number | null; slowMs: number; location: string | null; body: string | null }
type Post = { seq: number; at: number; delivery: string; signed: boolean | null; body: unknown; status: number }
type Box = { secret: string | null; answers: Scripted[]; posts: Post[]; mails: Mail[] }

const TOLERANCE_S = 300

/** Whether one of the signatures is of this secret, over `t.body`, and not old. */
function isSigned(header: string, body: Buffer, secret: string, now: number): boolean {
  const parts = header.split(',').map((part) => part.split('=', 2))
  const at = parts.find(([name]) => name === 't')?.[1] ?? ''
  if (!/^\d{10}$/.test(at) || Math.abs(now / 1000 - Number(at)) > TOLERANCE_S) return false
  const expected = Buffer.from(hmacHex(secret, Buffer.concat([Buffer.from(`${at}.`), body])))
  return parts.some(([name, value = '']) => {
    const given = Buffer.from(value)
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

export type MailHook = ReturnType<typeof makeMailHook>

export function makeMailHook(now: () => number, wait: (ms: number) => Promise<void>) {
  const boxes = new Map<string, Box>()
  let seq = 0

  function boxOf(name: string): Box {
    const box = boxes.get(name) ?? { secret: null, answers: [], posts: [], mails: [] }
    boxes.set(name, box)
    return box
  }

  /** A mail of what came, unless it came before. */
  function keep(box: Box, body: unknown): void {
    const fields = fieldsOf(body)
    const id = textOf(fields.id) ?? ''
    if (box.mails.some((mail) => mail.id === id)) return
    const [kind = '', subject = '', text = ''] = [textOf(fields.kind), textOf(fields.subject), textOf(fields.text)]
    box.mails.push({ id, kind, subject, text, at: now() })
  }

  async function post(asked: Asked, box: Box): Promise<Reply> {
    const header = String(asked.headers['whatsappb24-signature'] ?? '')
    const signed = box.secret === null ? null : isSigned(header, asked.body, box.secret, now())
    const body = jsonIn(asked.body.toString('utf8'))
    const scripted = box.answers.shift()
    const status = scripted?.status ?? (signed === false ? 401 : 200)
    seq += 1
    box.posts.push({ seq, at: now(), delivery: String(asked.headers['whatsappb24-delivery'] ?? ''), signed, body, status })
    if (status < 300) keep(box, body)
    if (scripted && scripted.slowMs > 0) await wait(scripted.slowMs)
    if (scripted?.body) return { status, body: scripted.body }
    return json(
      status,
      status === 401 ? { error: 'signature' } : { ok: status < 300 },
      scripted?.location ? { location: scripted.location } : {},
    )
  }

  return {
    /** A request to `/mail-hook/<name>`. */
    async take(asked: Asked, name: string): Promise<Reply> {
      const box = boxOf(name)
      if (asked.method === 'POST') return post(asked, box)
      return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: mailPage(name, box.mails) }
    },

    /** `secret` undefined: it stays. */
    set(name: string, secret: string | null | undefined, answers: Scripted[]): void {
      const box = boxOf(name)
      if (secret !== undefined) box.secret = secret
      box.answers.push(...answers)
    },

    shown: (name: string) => ({ posts: boxOf(name).posts, mails: boxOf(name).mails }),
  }
}
