/** `npm run docs`: writes the pages that are made from the sources. Starts a database for it and forgets it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dictionary } from '../db/dictionary.ts'
import { startPostgres } from '../db/local/postgres.ts'
import { migrate } from '../db/migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'wb24-docs-'))
const postgres = await startPostgres({ dataDir: join(folder, 'postgres') })
try {
  await migrate(postgres.url)
  writeFileSync(join(import.meta.dirname, '../docs/database.md'), await dictionary(postgres.url))
  console.log('docs/database.md is up to date.')
} finally {
  await postgres.stop('immediate')
  rmSync(folder, { recursive: true, force: true })
}
