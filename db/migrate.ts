/**
 * Brings a database to the present: extensions and tables (db/migrations, forward only), then functions, views and
 * row-level security (db/functions), which are written again whenever any of them or the tables have changed.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

const HERE = import.meta.dirname
/** Two starts at once: one migrates, the other waits. */
const LOCK = 724_001

function functionFiles(): { name: string; text: string }[] {
  const folder = join(HERE, 'functions')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const { name, text } of functionFiles()) hash.update(name).update(text)
  return hash.update(readFileSync(join(HERE, 'migrations', 'meta', '_journal.json'))).digest('hex')
}

async function writeFunctions(client: pg.Client): Promise<boolean> {
  await client.query(
    'create table if not exists functions_written (fingerprint text not null, at timestamptz not null default now())',
  )
  const wanted = fingerprint()
  const { rows } = await client.query('select fingerprint from functions_written')
  if (rows[0]?.fingerprint === wanted) return false
  await client.query('begin')
  try {
    for (const { name, text } of functionFiles()) {
      await client.query(text).catch((error: Error) => {
        throw new Error(`db/functions/${name}: ${error.message}`, { cause: error })
      })
    }
    await client.query('delete from functions_written')
    await client.query('insert into functions_written (fingerprint) values ($1)', [wanted])
    await client.query('commit')
    return true
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Migrates as the owner of the database. `appPassword` becomes the password of app_rw, the Worker's role. */
export async function migrate(ownerUrl: string, appPassword?: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await applyMigrations(drizzle(client), { migrationsFolder: join(HERE, 'migrations') })
    await writeFunctions(client)
    // Kept so that nobody can sign in with what is stored, whatever the server's own setting is.
    await client.query("set password_encryption = 'scram-sha-256'")
    if (appPassword) await client.query(`alter role app_rw password ${client.escapeLiteral(appPassword)}`)
  } finally {
    await client.end()
  }
}

if (import.meta.main) {
  const url = process.env['DATABASE_OWNER_URL'] ?? process.env['DATABASE_URL']
  if (!url) {
    console.error('Set DATABASE_OWNER_URL to the address of the database, signed in as its owner (not as app_rw).')
    process.exit(1)
  }
  await migrate(url, process.env['APP_RW_PASSWORD'])
  console.log('The database is up to date.')
}
