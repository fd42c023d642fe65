import X from 'lucide-solid/icons/x'
import { For, Show } from 'solid-js'
import type { DraftFile } from '../../live/draft.rules.ts'
import { fileSize } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Busy } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { createLocalFile } from './local-files.ts'

/** What will be sent, in its order. */
export function AttachedFiles(props: {
  files: readonly DraftFile[]
  preparing: number
  remove: (file: DraftFile) => void
  open: () => void
}) {
  return (
    <ul class="no-bar mb-2 flex gap-2 overflow-x-auto">
      <For each={props.files}>{(file) => <Attached file={file} remove={() => props.remove(file)} open={props.open} />}</For>
      <Show when={props.preparing > 0}>
        <li
          class="flex h-20 w-24 flex-none items-center justify-center rounded-segment bg-sunk text-ink-3"
          role="status"
          aria-label={t().composer.preparing}
        >
          <Busy />
        </li>
      </Show>
    </ul>
  )
}

function Attached(props: { file: DraftFile; remove: () => void; open: () => void }) {
  const url = createLocalFile(
    () => (props.file.kind === 'image' ? props.file.blobId : null),
    () => null,
  )
  return (
    <li class="relative h-20 flex-none overflow-hidden rounded-segment border border-line bg-paper">
      <button
        type="button"
        class="block h-full text-left"
        aria-label={t().composer.prepare(props.file.name)}
        onClick={() => props.open()}
      >
        <Show
          when={props.file.kind === 'image'}
          fallback={
            <span class="flex h-full w-44 flex-col justify-center py-2 pr-11 pl-3">
              <span class="clamp-2 text-small font-semibold">{props.file.name}</span>
              <span class="text-meta text-ink-3">{fileSize(props.file.size)}</span>
            </span>
          }
        >
          <img src={url()} alt={props.file.name} class="h-full w-28 object-cover" />
        </Show>
      </button>
      <button
        type="button"
        class="absolute top-0 right-0 flex size-11 items-start justify-end p-1"
        aria-label={t().composer.removeFile(props.file.name)}
        onClick={() => props.remove()}
      >
        <span class="flex size-6 items-center justify-center rounded-badge bg-ink text-paper">
          <Icon of={X} size={16} />
        </span>
      </button>
    </li>
  )
}
