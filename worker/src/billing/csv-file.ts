/** Money as a file for spreadsheets. */
import { csvLine } from '#contract/csv.ts'
import { fromMicro, writeDecimal } from '#contract/money.ts'

/** As people write it; what is finer than the smallest coin keeps its six digits. */
function asWritten(micro: bigint, currency: string): string {
  const whole = fromMicro(micro, currency)
  return whole ? writeDecimal(whole) : `${micro / 1_000_000n}.${String(micro % 1_000_000n).padStart(6, '0')}`
}

/** What came in and what went out, in cells of their own: a spreadsheet would take a leading minus for a formula. */
export function inAndOut(micro: bigint, currency: string): [came: string, went: string] {
  return micro < 0n ? ['', asWritten(-micro, currency)] : [asWritten(micro, currency), '']
}

/** `rows` are lines already. `isCut`: there are more than the file holds. */
export function csvFile(name: string, columns: readonly string[], rows: readonly string[], isCut: boolean): Response {
  return new Response(`\uFEFF${csvLine(columns)}${rows.join('')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      ...(isCut ? { 'x-rows-left': 'yes' } : {}),
    },
  })
}
