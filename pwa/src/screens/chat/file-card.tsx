import Download from 'lucide-solid/icons/download'
import { Show } from 'solid-js'
import { fileSize } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'

/** A document: what it is called, how heavy; a tap opens it in the system's own viewer. */
export function FileCard(props: { name: string; mime: string; size: number | null; pages?: number | null; url: string | null }) {
  const ending = () => (props.mime === 'application/pdf' ? 'PDF' : (/\.(\w{1,4})$/.exec(props.name)?.[1] ?? '').toUpperCase())
  const facts = () => {
    const { pages, size } = props
    return [pages ? t().slip.pages(pages) : null, size === null ? null : fileSize(size)]
      .filter((fact) => fact !== null)
      .join(' · ')
  }
  const body = () => (
    <>
      <span
        class="flex h-12 w-10 flex-none items-center justify-center rounded-chip border border-line bg-sunk text-[0.8rem] font-bold text-cochinilla"
        aria-hidden="true"
      >
        {ending() || '·'}
      </span>
      <span class="min-w-0 flex-1">
        <span class="clamp-2 font-semibold">{props.name}</span>
        <span class="block text-meta text-ink-2">{facts()}</span>
      </span>
    </>
  )
  return (
    <Show when={props.url} fallback={<span class="flex items-center gap-2.5 py-1.5">{body()}</span>}>
      {(url) => (
        <a href={url()} target="_blank" rel="noopener" class="flex items-center gap-2.5 py-1.5">
          {body()}
          <Icon of={Download} class="text-ink-3" />
        </a>
      )}
    </Show>
  )
}
