/** How many wait: a small cochineal square. `label` says it in words. */
export function Badge(props: { count: number; label: string }) {
  return (
    <span class="nums inline-flex h-6 min-w-6 items-center justify-center rounded-badge bg-cochinilla px-1.5 font-display text-meta font-bold text-on-cochinilla">
      <span aria-hidden="true">{props.count > 99 ? '99+' : props.count}</span>
      <span class="sr-only">{props.label}</span>
    </span>
  )
}

const COLOURS = new Set(['anil', 'cochinilla', 'maiz', 'eucalipto', 'mora', 'rio', 'teja', 'piedra'])

/** A label in one of the eight pairs whose contrast is known; an unknown colour is shown as stone. `class` sizes it. */
export function LabelChip(props: { name: string; color: string; class?: string }) {
  const colour = () => (COLOURS.has(props.color) ? props.color : 'piedra')
  return (
    <span
      class={`inline-block max-w-36 truncate rounded-chip px-2 py-px text-meta font-semibold ${props.class ?? 'flex-none'}`}
      style={{ color: `var(--label-${colour()})`, background: `var(--label-${colour()}-tint)` }}
    >
      {props.name}
    </span>
  )
}
