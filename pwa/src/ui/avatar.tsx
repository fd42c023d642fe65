import { createSignal, Show } from 'solid-js'

/** Up to two initials of a name; a number gives its last two digits. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s·.,-]+/u).filter((word) => /\p{L}/u.test(word))
  const [first] = words
  if (!first) return name.replace(/\D/g, '').slice(-2)
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last]
    .map((word) => word?.match(/\p{L}/u)?.[0] ?? '')
    .join('')
    .toUpperCase()
}

/** A picture, or initials on a slip of paper. */
export function Avatar(props: { name: string; photo?: string | undefined; size?: number }) {
  const size = () => props.size ?? 48
  const [broken, setBroken] = createSignal('')
  return (
    <span
      aria-hidden="true"
      class="fold-bl inline-flex flex-none items-center justify-center rounded-button bg-anil-tint font-display font-bold text-anil"
      style={{ width: `${size()}px`, height: `${size()}px`, 'font-size': `${size() * 0.36}px` }}
    >
      <Show when={props.photo !== broken() && props.photo} fallback={initialsOf(props.name)}>
        {(url) => (
          <img
            src={url()}
            alt=""
            class="size-full rounded-[inherit] object-cover"
            loading="lazy"
            onError={() => setBroken(url())}
          />
        )}
      </Show>
    </span>
  )
}
