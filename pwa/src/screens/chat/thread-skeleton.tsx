import { For } from 'solid-js'

const WIDTHS = ['60%', '42%', '70%', '34%', '55%']

/** Slips to come. */
export function ThreadSkeleton() {
  return (
    <div class="skeleton flex min-h-0 flex-1 overflow-hidden flex-col justify-end gap-2 p-4 pl-[22px]" aria-hidden="true">
      <For each={WIDTHS}>
        {(width, i) => (
          <span
            class="h-16 rounded-slip bg-sunk"
            classList={{ 'self-end fold-br': i() % 2 === 1, 'self-start fold-bl': i() % 2 === 0 }}
            style={{ width }}
          />
        )}
      </For>
    </div>
  )
}
