/** Rates as a list of markets and as a file: pure. */
import type { Cell } from '#contract/csv.ts'
import { readMicro, writeMicro } from '#contract/money.ts'
import { RATE_CATEGORIES, RATE_PROVIDERS, type Rate, type RateRow } from '#contract/rates.ts'
import { dayBegin } from '../../company-day.rules.ts'
import { csvRows } from '../../lib/csv-read.rules.ts'

/** What one kind of message costs in a market: now, and what is planned. */
export type Line = { key: string; now: Rate | null; next: Rate[]; any: Rate }
export type Market = { market: string; lines: Line[] }

const keyOf = ({ market, category, currency }: Rate): string => `${market} ${category} ${currency}`

/** It came with the installation, and nobody has compared it with its provider's list. */
export const isGuessed = ({ by }: Rate): boolean => by === null

/** The list by markets: the one for all others first, then as `nameOf` says in the reader's language. */
export function byMarket(rates: readonly Rate[], now: number, nameOf: (market: string) => string): Market[] {
  const markets = new Map<string, Map<string, Line>>()
  for (const rate of rates) {
    const lines = markets.get(rate.market) ?? new Map<string, Line>()
    markets.set(rate.market, lines)
    const line = lines.get(keyOf(rate)) ?? { key: keyOf(rate), now: null, next: [], any: rate }
    lines.set(keyOf(rate), line)
    if (Date.parse(rate.validFrom) > now) line.next.push(rate)
    else line.now = rate
  }
  const place = (line: Line) => RATE_CATEGORIES.indexOf(line.any.category)
  return [...markets]
    .map(([market, lines]) => ({ market, lines: [...lines.values()].toSorted((a, b) => place(a) - place(b)) }))
    .toSorted((a, b) => Number(b.market === '*') - Number(a.market === '*') || nameOf(a.market).localeCompare(nameOf(b.market)))
}

/** How much of the price is ours: null where there is no price to take a part of. */
export const marginPart = ({ price, cost }: Pick<Rate, 'price' | 'cost'>): number | null =>
  price === '0' ? null : (Number(price) - Number(cost)) / Number(price)

const COLUMNS = ['provider', 'market', 'category', 'currency', 'price', 'cost', 'valid_from'] as const
type Column = (typeof COLUMNS)[number]

/** The list as a table for a file. What is valid has no day there, so that the file can be changed and read again. */
export function fileOf(rates: readonly Rate[], now: number): Cell[][] {
  const rows = rates.map(({ provider, market, category, currency, price, cost, validFrom }) => [
    ...[provider, market, category, currency, writeMicro(BigInt(price)), writeMicro(BigInt(cost))],
    Date.parse(validFrom) > now ? validFrom : '',
  ])
  return [[...COLUMNS], ...rows]
}

/** What keeps a line of a file out: the column that is wrong. */
export type WrongLine = { line: number; column: Column }
export type ReadFile = { rows: { line: number; row: RateRow }[]; wrong: WrongLine[]; missing: Column[] }

/** `0.0879` and `0,0879` as micro-units; null where it is no amount. */
export const microOf = (text: string): string | null => readMicro(text.trim().replace(',', '.'))?.toString() ?? null

/** Null: no day is written, so it is the one that was chosen for the whole file. Undefined: it is no day. */
function instantOf(text: string, zone: string): string | null | undefined {
  if (text === '') return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayBegin(text, zone) ?? undefined
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text) : new Date(Number.NaN)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** The rates of a file, and which lines are wrong and where. `from`: since when those hold that say nothing; `zone`: where the days of the others begin. */
export function ratesOf(text: string, from: string | null, zone: string): ReadFile {
  const [first, ...others] = csvRows(text)
  const headings = (first?.cells ?? []).map((name) => name.toLowerCase())
  const missing = COLUMNS.filter((name) => name !== 'valid_from' && !headings.includes(name))
  if (missing.length > 0) return { rows: [], wrong: [], missing }
  const read = others.map(({ line, cells }) => ({ line, row: rowOf((name) => cells[headings.indexOf(name)] ?? '', from, zone) }))
  return {
    rows: read.flatMap(({ line, row }) => (typeof row === 'string' ? [] : [{ line, row }])),
    wrong: read.flatMap(({ line, row }) => (typeof row === 'string' ? [{ line, column: row }] : [])),
    missing,
  }
}

/** A row of cells as a rate; the first column that is wrong, where one is. */
function rowOf(cell: (name: Column) => string, from: string | null, zone: string): RateRow | Column {
  const provider = RATE_PROVIDERS.find((one) => one === cell('provider').toLowerCase())
  if (!provider) return 'provider'
  const market = cell('market').toUpperCase()
  if (!/^([A-Z]{2}|[*])$/.test(market)) return 'market'
  const category = RATE_CATEGORIES.find((one) => one === cell('category').toLowerCase())
  if (!category) return 'category'
  const currency = cell('currency').toUpperCase()
  if (!/^[A-Z]{3}$/.test(currency)) return 'currency'
  const price = microOf(cell('price'))
  if (price === null) return 'price'
  const cost = microOf(cell('cost'))
  if (cost === null) return 'cost'
  const validFrom = instantOf(cell('valid_from'), zone)
  if (validFrom === undefined) return 'valid_from'
  return { provider, market, category, currency, price, cost, validFrom: validFrom ?? from }
}
