import * as z from 'zod'
import type { Database } from '../lib/sql.ts'
import { Inner } from './client-source.ts'

const Due = z.object({
  source: Inner,
  country: z.string(),
  items: z.array(z.object({ id: z.string(), phone: z.string(), name: z.string(), document: z.nullable(z.string()) })),
})

/** What the client database must still hear of the address books of phones, and how it is reached. */
export async function phoneContactsDue(db: Database, accountId: string, most: number): Promise<z.infer<typeof Due>> {
  const [row] = await db.query('select phone_contacts_for_clients($1, $2) as due', [accountId, most])
  return Due.parse(row?.['due'])
}

export async function phoneContactSettled(
  db: Database,
  accountId: string,
  id: string,
  state: string,
  code: string | null,
): Promise<void> {
  await db.query('select phone_contact_client($1, $2, $3, $4)', [accountId, id, state, code])
}
