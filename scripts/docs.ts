/**
 * `npm run docs`: writes the pages that are made from the sources. Starts a database for it and forgets it. With
 * `--check` nothing is written: it ends with 1 and names the pages that are out of date.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dictionary } from '../db/dictionary.ts'
import { startPostgres } from '../db/local/postgres.ts'
import { migrate } from '../db/migrate.ts'
import { apiPage } from './api-page.ts'

const DOCS = join(import.meta.dirname, '..', 'docs')
const check = process.argv.includes('--check')

function written(page: string): string | null {
  try {
    return readFileSync(join(DOCS, page), 'utf8')
  } catch {
    return null
  }
}

const folder = mkdtempSync(join(tmpdir(), 'wb24-docs-'))
const postgres = await startPostgres({ dataDir: join(folder, 'postgres') })
try {
  await migrate(postgres.url)
  const pages = { 'database.md': await dictionary(postgres.url), 'api.md': await apiPage(postgres.url) }
  for (const [page, text] of Object.entries(pages)) {
    const same = written(page) === text
    if (check && !same) process.exitCode = 1
    if (!check && !same) writeFileSync(join(DOCS, page), text)
    console.log(`docs/${page} ${same || !check ? 'is up to date' : 'is out of date: npm run docs'}.`)
  }
} finally {
  await postgres.stop('immediate')
  rmSync(folder, { recursive: true, force: true })
}
