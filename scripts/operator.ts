/**
 * Makes somebody an operator of the service, or no longer: `DATABASE_OWNER_URL=… node scripts/operator.ts ana@empresa.ec [remove]`.
 * Signed in as the owner of the database: nobody gives this right from inside the app.
 */
import pg from 'pg'

const [email, what] = process.argv.slice(2)
const connectionString = process.env['DATABASE_OWNER_URL']
if (!connectionString || !email) {
  console.error('DATABASE_OWNER_URL=… node scripts/operator.ts <email> [remove]')
  process.exit(1)
}
const client = new pg.Client({ connectionString })
await client.connect()
const { rowCount } = await client.query(
  what === 'remove'
    ? 'delete from platform_admin a using person p where p.id = a.person_id and lower(p.email) = lower($1)'
    : 'insert into platform_admin (person_id) select p.id from person p where lower(p.email) = lower($1) on conflict do nothing',
  [email],
)
await client.end()
console.log(rowCount ? 'Done.' : 'Nothing has changed: nobody signs in with that address, or it was so already.')
