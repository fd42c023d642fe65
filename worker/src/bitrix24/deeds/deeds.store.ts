/** Deeds in the database: db/functions/223_portal_deeds.sql. */
import { TemplateContent } from '#contract/templates.ts'
import * as z from 'zod'
import type { Database } from '../../lib/sql.ts'
import type { PortalFile } from '../incoming/parts.rules.ts'
import { DeedBody, type Deed } from './deed.ts'
import { Choices } from './registration.ts'

const Now = z.object({
  ...{ id: z.string(), kind: z.enum(['robot', 'sms']), key: z.string(), code: z.string(), createdAt: z.string() },
  ...{ state: z.enum(['waiting', 'sent', 'refused']), problem: z.nullable(z.string()), told: z.nullable(z.string()) },
  body: DeedBody,
  portal: z.object({ appId: z.nullable(z.string()), memberId: z.string(), domain: z.string() }),
  country: z.string(),
  language: z.enum(['es', 'en', 'pt']),
  author: z.nullable(z.object({ id: z.string(), name: z.string() })),
  channel: z.nullable(z.object({ id: z.string(), key: z.string() })),
  message: z.nullable(z.object({ status: z.string(), code: z.nullable(z.string()) })),
})
export type DeedNow = z.infer<typeof Now>

const Template = z.object({
  ...{ providerId: z.nullable(z.string()), status: z.string(), category: z.string() },
  content: TemplateContent,
})
export const DeedTemplate = z.object({
  template: z.nullable(Template),
  limit: z.nullable(z.object({ used: z.number(), max: z.number() })),
})

/** Writes down what a portal asks for, once; gives the jobs. */
export async function deedHeard(db: Database, portalId: string, deed: Deed): Promise<unknown> {
  const [row] = await db.query('select portal_deed_heard($1, $2) as jobs', [portalId, JSON.stringify(deed)])
  return row?.['jobs']
}

export async function deedNow(db: Database, accountId: string, deedId: string): Promise<DeedNow | null> {
  const [row] = await db.query('select portal_deed_now($1, $2) as deed', [accountId, deedId])
  return z.nullable(Now).parse(row?.['deed'] ?? null)
}

/** What the rules of sending look at, and the template; null: there is no such chat. */
export async function deedContext(db: Database, accountId: string, deedId: string, chatId: string): Promise<unknown> {
  const [row] = await db.query('select portal_deed_context($1, $2, $3) as context', [accountId, deedId, chatId])
  return row?.['context'] ?? null
}

export async function deedSettled(
  db: Database,
  accountId: string,
  deedId: string,
  state: 'sent' | 'refused',
  problem: string | null,
): Promise<unknown> {
  const [row] = await db.query('select portal_deed_settled($1, $2, $3, $4) as jobs', [accountId, deedId, state, problem])
  return row?.['jobs']
}

export async function deedTold(
  db: Database,
  accountId: string,
  deedId: string,
  told: string,
  problem: string | null,
): Promise<void> {
  await db.query('select portal_deed_told($1, $2, $3, $4)', [accountId, deedId, told, problem])
}

/** What a robot may choose from; null: no such portal. */
export async function deedChoices(db: Database, portalId: string): Promise<Choices | null> {
  const [row] = await db.query('select portal_deed_choices($1) as choices', [portalId])
  return z.nullable(Choices).parse(row?.['choices'] ?? null)
}

/** Numbers whose templates nobody has read for long: their keys. */
export async function templatesDue(db: Database, portalId: string): Promise<string[]> {
  const [row] = await db.query('select portal_templates_due($1) as keys', [portalId])
  return z.array(z.string()).parse(row?.['keys'] ?? [])
}

export async function deedFile(db: Database, accountId: string, file: PortalFile): Promise<void> {
  await db.query('select portal_deed_file($1, $2)', [accountId, JSON.stringify(file)])
}
