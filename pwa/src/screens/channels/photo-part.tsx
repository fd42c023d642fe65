import ImageUp from 'lucide-solid/icons/image-up'
import { createSignal, Show } from 'solid-js'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { uploadFile } from '../../api/upload.ts'
import { faceOf } from '../../pictures/face.ts'
import { channelText } from '../../text/channel.ts'
import { Busy } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/toast.tsx'
import { CHECK_MS } from '../../add-number/credentials.rules.ts'
import { refusedCredentials } from '../../add-number/refused-credentials.ts'

/** The picture that customers see, and another one for it. */
export function PhotoPart(props: { channelId: string; photo: string | null; changed: (photo: string | null) => void }) {
  const action = createAction()
  const [unreadable, setUnreadable] = createSignal(false)

  let chosen: File | undefined

  async function keep() {
    if (!chosen) return
    setUnreadable(false)
    const square = await faceOf(chosen).catch(() => null)
    if (!square) return void setUnreadable(true)
    const { id } = await uploadFile(
      { id: crypto.randomUUID(), name: 'perfil.jpg', blob: square },
      () => undefined,
      AbortSignal.timeout(CHECK_MS),
    )
    const { photo } = await call(api.changePhoto, { channelId: props.channelId, mediaId: id }, { timeoutMs: CHECK_MS })
    props.changed(photo)
    say(channelText().photoSaved)
  }

  return (
    <div class="mt-3 flex items-center gap-4">
      <Show
        when={props.photo}
        fallback={<div class="size-20 flex-none rounded-full border border-dashed border-edge" aria-hidden="true" />}
      >
        {(src) => <img src={src()} alt={channelText().photo} class="size-20 flex-none rounded-full object-cover" />}
      </Show>
      <div class="min-w-0">
        <label class="button button-outlined relative cursor-pointer">
          <Icon of={ImageUp} />
          {channelText().photoChange}
          <Show when={action.busy()}>
            <Busy />
          </Show>
          <input
            type="file"
            class="absolute inset-0 cursor-pointer opacity-0"
            accept="image/jpeg,image/png,image/webp"
            disabled={action.busy()}
            onChange={(event) => {
              ;[chosen] = event.currentTarget.files ?? []
              event.currentTarget.value = ''
              void action.run(keep, refusedCredentials)
            }}
          />
        </label>
        <p class="mt-1 text-meta text-ink-3">{channelText().photoHelp}</p>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {unreadable() ? channelText().photoUnreadable : action.error()}
        </p>
      </div>
    </div>
  )
}
