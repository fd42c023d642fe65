import FileText from 'lucide-solid/icons/file-text'
import Image from 'lucide-solid/icons/image'
import MapPin from 'lucide-solid/icons/map-pin'
import Video from 'lucide-solid/icons/video'
import { For, Show } from 'solid-js'
import { filledTemplate, type TemplateValues } from '#contract/template-rules.ts'
import type { TemplateContent } from '#contract/templates.ts'
import { Icon } from './ui/icon.tsx'
import { RichText } from './ui/rich-text.tsx'

const HEADS = { image: Image, video: Video, document: FileText, location: MapPin } as const

/** A template as WhatsApp shows it, with what is filled in so far. */
export function TemplateSlip(props: { content: TemplateContent; values: TemplateValues; fileName?: string | undefined }) {
  const shown = () => filledTemplate(props.content, props.values)
  const head = () => {
    const kind = props.content.header?.kind
    return kind && kind !== 'text' ? HEADS[kind] : null
  }
  return (
    <div class="slip slip-out slip-template max-w-100">
      <Show when={head()}>
        {(icon) => (
          <div class="mb-1.5 flex min-h-16 items-center justify-center gap-2 rounded-segment bg-sunk px-3 py-4 text-small text-ink-2">
            <Icon of={icon()} size={24} />
            <span class="truncate">{props.fileName}</span>
          </div>
        )}
      </Show>
      <Show when={shown().header}>{(header) => <p class="font-semibold wrap-anywhere">{header()}</p>}</Show>
      <p class="whitespace-pre-wrap wrap-anywhere">
        <RichText text={shown().body} />
      </p>
      <Show when={shown().footer}>{(footer) => <p class="mt-1 text-meta text-ink-2">{footer()}</p>}</Show>
      <ul class="mt-1.5 border-t border-line empty:hidden">
        <For each={shown().buttons}>
          {(button) => <li class="pt-1.5 text-center text-small font-semibold text-anil">{button}</li>}
        </For>
      </ul>
    </div>
  )
}
