import * as z from 'zod'
import type { Database } from '../lib/sql.ts'

const Page = z.object({
  company: z.string(),
  country: z.string(),
  timeZone: z.string(),
  version: z.number(),
  latest: z.number(),
  at: z.string(),
  fields: z.object({
    ...{ responsible: z.string(), taxNumber: z.string(), address: z.string(), email: z.string() },
    ...{ officer: z.string(), days: z.number() },
  }),
  texts: z.object({ es: z.string(), en: z.optional(z.string()), pt: z.optional(z.string()) }),
})

/** What the public page of this key says; null when there is no such notice, or no such version. */
export async function readPrivacyPage(db: Database, key: string, version: number | null): Promise<z.infer<typeof Page> | null> {
  if (!/^[0-9a-f]{12}$/.test(key)) return null
  const [row] = await db.query('select privacy_page($1, $2) as page', [key, version])
  return row?.['page'] ? Page.parse(row['page']) : null
}
