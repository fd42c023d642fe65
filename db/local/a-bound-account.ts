/** For tests of what a portal is told: a company with a number on an open line, and the two ways into the database. */
import { anAccount, doors, type AnAccount } from './an-account.ts'

export type Row = Record<string, unknown>

/** As the database's owner: all rows. */
export const owner = async (text: string, ...values: unknown[]): Promise<Row[]> => (await doors().owner.query(text, values)).rows
/** As the Worker: the first row. */
export const app = async (text: string, ...values: unknown[]): Promise<Row> =>
  (await doors().app.query(text, values)).rows[0] ?? {}

/** A company whose number is bound to the open line 7 of a portal, in which Ana is the employee 31. */
export async function aBoundAccount(): Promise<{ account: AnAccount; portalId: string }> {
  const account = await anAccount()
  const [portal] = await owner(
    "insert into portal (account_id, member_id, domain) values ($1, $2, 'acme.bitrix24.es') returning id",
    ...[account.id, account.id],
  )
  const portalId = String(portal?.['id'])
  await owner(
    "insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name) values ($1, $2, $3, 'wab24_k3', 7, 'Ventas')",
    ...[account.id, portalId, account.channelId],
  )
  await owner(
    "insert into portal_person (portal_id, user_id, account_id, person_id, name) values ($1, '31', $2, $3, 'Ana')",
    ...[portalId, account.id, account.personId],
  )
  return { account, portalId }
}
