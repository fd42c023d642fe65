/** One line of the table: what was measured, against which limit of this machine, and the goal that it has. */
export type Figure = {
  name: string
  value: number
  unit: string
  /** What the bare machine does, measured in this run; `ratio` is value ÷ limit. */
  limit?: { name: string; value: number }
  /** Words and a verdict; absent where the issue sets none. */
  goal?: { text: string; met: boolean }
  /** What else is worth knowing. */
  more?: Record<string, number | string>
}

const rounded = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)

export function ratioOf({ value, limit }: Figure): number | null {
  return limit && limit.value > 0 ? value / limit.value : null
}

/** The figures as a table for people. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, limit, goal, more } = figure
    const ratio = ratioOf(figure)
    return [
      name,
      `${rounded(value)} ${unit}`,
      limit && ratio !== null ? `${rounded(ratio)} × ${limit.name} (${rounded(limit.value)})` : '',
      goal ? `${goal.met ? 'met' : 'NOT MET'}: ${goal.text}` : '',
      Object.entries(more ?? {})
        .map(([what, much]) => `${what} ${typeof much === 'number' ? rounded(much) : much}`)
        .join(', '),
    ]
  })
  const head = ['figure', 'value', 'of the bare limit', 'goal', 'more']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}
