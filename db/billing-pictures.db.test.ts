/** The pictures of docs/billing.md beside the database itself: B24-70. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, expect, test } from 'vitest'
import { doors, leave } from './local/an-account.ts'
import * as alerts from './schema/alerts.ts'
import * as billing from './schema/billing.ts'
import * as charges from './schema/charges.ts'
import * as ledger from './schema/ledger.ts'
import * as papers from './schema/papers.ts'
import * as plans from './schema/plans.ts'
import * as rates from './schema/rates.ts'
import * as reconciliation from './schema/reconciliation.ts'

afterAll(leave)

const page = readFileSync(join(import.meta.dirname, '../docs/billing.md'), 'utf8')
const pictures = [...page.matchAll(/```mermaid\nerDiagram\n([\s\S]*?)```/g)].map(([, lines = '']) => lines).join('')
const lines = [...pictures.matchAll(/^ {2}(\w+) \S\S(--|\.\.)\S\S (\w+) :/gm)].map(([, from = '', line, to = '']) => ({
  ...{ from, to },
  isKey: line === '--',
}))

test('every table of money is in a picture, and nothing else is drawn than what is there', async () => {
  const ours = [alerts, billing, charges, ledger, papers, plans, rates, reconciliation]
    .flatMap((file) => Object.values(file))
    .flatMap((value) => (is(value, PgTable) ? getTableConfig(value).name : []))
  const drawn = new Set(lines.flatMap(({ from, to }) => [from, to]))
  expect(ours.filter((name) => !drawn.has(name))).toEqual([])
  const { rows } = await doors().owner.query("select tablename from pg_tables where schemaname = 'public'")
  const there = new Set(rows.map(({ tablename }) => tablename))
  expect([...drawn].filter((name) => !there.has(name))).toEqual([])
})

test('a solid line is a foreign key of the database', async () => {
  const { rows } = await doors().owner.query(
    "select conrelid::regclass::text as at, confrelid::regclass::text as to from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace",
  )
  const keys = new Set(rows.flatMap(({ at, to }) => [`${at} ${to}`, `${to} ${at}`]))
  expect(lines.filter(({ from, to, isKey }) => isKey && !keys.has(`${from} ${to}`))).toEqual([])
})
