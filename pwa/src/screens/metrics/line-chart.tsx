import { createEffect, onCleanup, onMount } from 'solid-js'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { isDark } from '../../lib/theme.ts'
import { language } from '../../text/text.ts'

export type Line = { name: string; dye: '--anil' | '--eucalipto'; values: readonly (number | null)[] }

const HEIGHT = 200
const DAY_S = 86_400

/** Figures over days. What it draws stands as a table below it: the drawing itself is hidden from readers. */
export function LineChart(props: {
  days: readonly string[]
  lines: readonly Line[]
  format: (value: number) => string
  least: number
}) {
  let place!: HTMLDivElement
  let chart: UPlot | undefined
  const colour = (name: string) => getComputedStyle(place).getPropertyValue(name).trim()
  const dayLabel = (seconds: number) =>
    new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(seconds * 1000)

  function draw() {
    chart?.destroy()
    const grid = { stroke: colour('--line'), width: 1 }
    const axis = { stroke: colour('--ink-3'), grid, ticks: grid, font: '12px system-ui' }
    chart = new UPlot(
      {
        ...{
          width: Math.max(place.clientWidth, 200),
          height: HEIGHT,
          legend: { show: false },
          cursor: { drag: { x: false, y: false } },
        },
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'UTC'),
        scales: { y: { range: (_chart, _min, max) => [0, Math.max(max * 1.1, props.least)] } },
        axes: [
          { ...axis, values: (_chart, splits) => splits.map((split) => (split % DAY_S === 0 ? dayLabel(split) : '')), space: 70 },
          { ...axis, values: (_chart, splits) => splits.map((split) => props.format(split)), size: 64 },
        ],
        series: [
          {},
          ...props.lines.map(({ name, dye }) => ({
            ...{ label: name, stroke: colour(dye), width: 2, spanGaps: false },
            points: { show: true, size: 6, fill: colour(dye) },
          })),
        ],
      },
      [props.days.map((day) => Date.parse(day) / 1000), ...props.lines.map(({ values }) => [...values])],
      place,
    )
  }

  onMount(() => {
    const watch = new ResizeObserver(() => chart?.setSize({ width: Math.max(place.clientWidth, 200), height: HEIGHT }))
    watch.observe(place)
    onCleanup(() => watch.disconnect())
    createEffect(() => {
      isDark()
      draw()
    })
  })
  onCleanup(() => chart?.destroy())
  return <div ref={place} class="mt-2 w-full overflow-hidden" style={{ height: `${HEIGHT}px` }} aria-hidden="true" />
}
