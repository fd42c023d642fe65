export type Dye = 'answered' | 'first' | 'second' | 'late' | 'bot'

/** The thread at the left of a row: how long somebody waits, from 0 to 1 of the row. Decoration; the time says it. */
export function Thread(props: { dye: Dye | null; length: number }) {
  const height = () => (props.dye === 'answered' ? '5px' : `calc((100% - 22px) * ${props.length})`)
  return <span aria-hidden="true" class={props.dye ? `thread weave dye-${props.dye}` : 'hidden'} style={{ height: height() }} />
}

/** A small woven cloth for empty places. */
export function Cloth() {
  return (
    <span aria-hidden="true" class="flex h-14 items-end gap-1.5">
      <i class="weave dye-first h-5 w-1.5 rounded-full" />
      <i class="weave dye-second h-9 w-1.5 rounded-full" />
      <i class="weave dye-anil h-14 w-1.5 rounded-full" />
      <i class="weave dye-answered h-8 w-1.5 rounded-full" />
      <i class="weave dye-bot h-4 w-1.5 rounded-full" />
    </span>
  )
}
