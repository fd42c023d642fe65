import ImageOff from 'lucide-solid/icons/image-off'
import { createSignal, Show } from 'solid-js'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'

/** A picture in a slip. Its room is kept before it comes, so that nothing jumps. */
export function Picture(props: { url: string | undefined; name: string | null; open: () => void }) {
  const [isBroken, setIsBroken] = createSignal(false)
  return (
    <button
      type="button"
      class="-mx-1.5 mb-1 block w-[calc(100%+12px)] overflow-hidden rounded-segment bg-sunk"
      aria-label={t().slip.openPhoto}
      onClick={() => props.open()}
    >
      <Show
        when={props.url && !isBroken()}
        fallback={
          <span class="flex h-60 w-64 max-w-full items-center justify-center text-ink-3">
            <Icon of={ImageOff} size={28} />
          </span>
        }
      >
        <img
          src={props.url}
          alt={t().slip.photo(props.name)}
          class="h-60 w-64 max-w-full object-cover"
          loading="lazy"
          decoding="async"
          onError={() => setIsBroken(true)}
        />
      </Show>
    </button>
  )
}
