import { overview } from '../../text/overview.ts'

/** The search keeps to the filters that hold: said plainly, with the way out. */
export function SearchWithin(props: { everywhere: () => void }) {
  return (
    <p class="flex items-center gap-2 px-4 text-meta text-ink-2">
      <span class="min-w-0 flex-1">{overview().searchWithin}</span>
      <button type="button" class="button button-quiet flex-none !px-2 !text-anil" onClick={() => props.everywhere()}>
        {overview().searchEverywhere}
      </button>
    </p>
  )
}
