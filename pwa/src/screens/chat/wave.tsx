import { For } from 'solid-js'

/** The shape of a voice; what has been heard is full of colour. */
export function Wave(props: { peaks: readonly number[]; done: number }) {
  return (
    <div aria-hidden="true" class="absolute inset-x-1 inset-y-1.5 flex items-center justify-between gap-px">
      <For each={props.peaks}>
        {(peak, i) => (
          <i
            class="min-w-px flex-1 rounded-full bg-anil"
            style={{
              height: `${Math.max(10, peak * 100)}%`,
              opacity: props.done > 0 && i() / props.peaks.length > props.done ? 0.4 : 1,
            }}
          />
        )}
      </For>
    </div>
  )
}
