import Download from 'lucide-solid/icons/download'
import { createSignal, For, Show } from 'solid-js'
import type { Metrics } from '#contract/metrics.ts'
import { createAction } from '../../api/create-action.ts'
import { saveFile } from '../../lib/copy.ts'
import { csvOf } from '../../lib/csv-file.ts'
import { overview } from '../../text/overview.ts'
import { language } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Segment } from '../../ui/chip.tsx'
import { BREAKDOWNS, cellsOf, COLUMNS, rowsOf, type Breakdown, type Column, type Row } from './metrics.rules.ts'

const WAITS: ReadonlySet<Column> = new Set(['firstAnswer', 'firstAnswer90', 'resolution'])

/** The same figures as a table, by day, agent, number or department, and as files. */
export function MetricsTable(props: { metrics: Metrics }) {
  const [by, setBy] = createSignal<Breakdown>('agents')
  const action = createAction()
  const rowsBy = (one: Breakdown) => rowsOf(props.metrics, one, overview().nameless)
  const most = () => Math.max(1, ...rowsBy(by()).map(({ received, sent }) => received + sent))
  const fileName = () => `metricas-${props.metrics.from}-${props.metrics.to}`

  async function saveCsv() {
    const cells = cellsOf(rowsBy(by()), overview().breakdowns[by()], overview().fileColumns)
    saveFile(`${fileName()}-${by()}.csv`, csvOf(cells))
  }
  async function saveXlsx() {
    const { default: write } = await import('write-excel-file/browser')
    const sheets = BREAKDOWNS.map((one) => ({
      sheet: overview().breakdowns[one],
      data: cellsOf(rowsBy(one), overview().breakdowns[one], overview().fileColumns),
    }))
    saveFile(`${fileName()}.xlsx`, await write(sheets).toBlob())
  }

  return (
    <section class="min-w-0 rounded-card border border-line bg-surface p-4">
      <div class="flex flex-wrap items-center gap-2">
        <div role="group" aria-label={overview().by} class="flex flex-wrap gap-1">
          <For each={BREAKDOWNS}>
            {(one) => (
              <Segment chosen={by() === one} choose={() => setBy(one)}>
                {overview().breakdowns[one]}
              </Segment>
            )}
          </For>
        </div>
        <span class="flex-1" />
        <Button kind="quiet" icon={Download} onClick={() => void action.run(saveCsv)}>
          {overview().files.csv}
        </Button>
        <Button kind="quiet" icon={Download} busy={action.busy()} onClick={() => void action.run(saveXlsx)}>
          {overview().files.xlsx}
        </Button>
      </div>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <div class="scroll-thin mt-2 overflow-x-auto" tabindex="0" role="region" aria-label={overview().breakdowns[by()]}>
        <table class="w-full min-w-160 text-small">
          <thead>
            <tr class="text-left text-meta text-ink-2">
              <th scope="col" class="py-2 pr-3 font-semibold">
                {overview().breakdowns[by()]}
              </th>
              <For each={COLUMNS}>
                {(column) => (
                  <th scope="col" class="px-2 py-2 text-right font-semibold">
                    {overview().columns[column]}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={rowsBy(by())}>{(row) => <TableRow row={row} isDay={by() === 'days'} most={most()} />}</For>
          </tbody>
        </table>
      </div>
    </section>
  )
}

function TableRow(props: { row: Row; isDay: boolean; most: number }) {
  const name = () =>
    props.isDay
      ? new Intl.DateTimeFormat(language(), { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
          Date.parse(props.row.name),
        )
      : props.row.name
  const shown = (column: Column) => {
    const value = props.row[column]
    if (value === null) return '—'
    return WAITS.has(column) ? overview().wait(value) : String(value)
  }
  const width = () => ((props.row.received + props.row.sent) / props.most) * 100
  return (
    <tr class="border-t border-line">
      <th scope="row" class="py-2 pr-3 text-left font-normal">
        <span class="block wrap-anywhere">{name()}</span>
        <Show when={!props.isDay}>
          <span aria-hidden="true" class="mt-1 block h-1 rounded-full bg-anil" style={{ width: `${width()}%` }} />
        </Show>
      </th>
      <For each={COLUMNS}>{(column) => <td class="nums px-2 py-2 text-right whitespace-nowrap">{shown(column)}</td>}</For>
    </tr>
  )
}
