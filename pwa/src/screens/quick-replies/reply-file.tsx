import Paperclip from 'lucide-solid/icons/paperclip'
import X from 'lucide-solid/icons/x'
import { onCleanup, Show } from 'solid-js'
import type { Media } from '#contract/inbox.ts'
import { createAction } from '../../api/create-action.ts'
import { uploadFile } from '../../api/upload.ts'
import { quickText } from '../../text/quick.ts'
import { Busy, IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'

/** The file that goes along with a quick reply. */
export function ReplyFile(props: { media: Media | null; choose: (media: Media | null) => void; busy: (now: boolean) => void }) {
  const action = createAction()
  const gone = new AbortController()
  onCleanup(() => gone.abort())

  function upload(file: File) {
    async function work() {
      props.busy(true)
      try {
        const { id, mime, name, size } = await uploadFile(
          { id: crypto.randomUUID(), name: file.name, blob: file },
          () => undefined,
          gone.signal,
        )
        props.choose({ id, mime, name, size, state: 'ready', reason: null })
      } finally {
        props.busy(false)
      }
    }
    void action.run(work)
  }

  return (
    <section>
      <h3 class="mb-1 text-small font-semibold">{quickText().file}</h3>
      <Show
        when={props.media}
        fallback={
          <label class="button button-outlined relative w-full cursor-pointer" aria-busy={action.busy()}>
            <Icon of={Paperclip} />
            {quickText().addFile}
            <Show when={action.busy()}>
              <Busy />
            </Show>
            <input
              type="file"
              class="absolute inset-0 cursor-pointer opacity-0"
              accept="image/*,audio/*,application/pdf,.pdf"
              disabled={action.busy()}
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? []
                event.currentTarget.value = ''
                if (file) upload(file)
              }}
            />
          </label>
        }
      >
        {(media) => (
          <div class="flex items-center gap-2 rounded-slip border border-line bg-paper pl-4">
            <span class="min-w-0 flex-1 truncate">{media().name ?? media().mime}</span>
            <IconButton label={quickText().removeFile} icon={X} onClick={() => props.choose(null)} />
          </div>
        )}
      </Show>
      <p role="alert" class="mt-1 text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </section>
  )
}
