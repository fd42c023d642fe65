import { Show } from 'solid-js'

/** A filter with its count; the chosen one is inverted. 36 px to see, 44 px to touch. */
export function FilterChip(props: { name: string; count?: number | undefined; chosen: boolean; choose: () => void }) {
  return (
    <button
      type="button"
      class="group flex min-h-11 flex-none items-center rounded-button"
      aria-pressed={props.chosen}
      onClick={() => props.choose()}
    >
      <span
        class="flex min-h-9 items-center gap-2 rounded-button border-[1.5px] px-3.5 text-small"
        classList={{
          'border-ink bg-ink text-paper': props.chosen,
          'border-line bg-surface text-ink-2': !props.chosen,
        }}
      >
        {props.name}
        <Show when={'count' in props}>
          <span class="nums font-display font-bold">{props.count ?? '·'}</span>
        </Show>
      </span>
    </button>
  )
}

/** One of a few ways to write or to look. */
export function Segment(props: { chosen: boolean; choose: () => void; children: import('solid-js').JSX.Element; tone?: 'maiz' }) {
  return (
    <button type="button" class="flex min-h-11 items-center" aria-pressed={props.chosen} onClick={() => props.choose()}>
      <span
        class="flex min-h-8 items-center gap-1.5 rounded-segment px-3 text-small"
        classList={{
          'bg-anil-tint font-bold text-anil': props.chosen && props.tone !== 'maiz',
          'bg-maiz-tint font-bold text-maiz': props.chosen && props.tone === 'maiz',
          'text-ink-2': !props.chosen,
        }}
      >
        {props.children}
      </span>
    </button>
  )
}
