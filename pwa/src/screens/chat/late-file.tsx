import Download from 'lucide-solid/icons/download'
import FileX from 'lucide-solid/icons/file-x'
import { Show } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { fileSize } from '../../text/format.ts'
import { pastText } from '../../text/past.ts'
import { failureText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'

/** A file of the past, which is still where it was, or one that did not come, and why: it comes when somebody wants to see it. */
export function LateFile(props: { message: Message }) {
  const action = createAction()
  const media = () => props.message.media
  const isLost = () => media()?.state === 'lost'
  const why = () => {
    const { reason = null } = media() ?? {}
    return (reason && failureText(reason)?.cause) || t().slip.lostHelp
  }

  async function bring() {
    const mediaId = media()?.id
    if (mediaId) await call(api.fetchMedia, { mediaId })
  }

  return (
    <div class="flex gap-2 py-1">
      <Show when={isLost()}>
        <Icon of={FileX} class="mt-0.5 flex-none text-cochinilla" />
      </Show>
      <div class="min-w-0">
        <Show when={isLost()}>
          <p class="font-semibold">
            {t().kinds[props.message.kind]} · {t().slip.lost}
          </p>
        </Show>
        <p class="text-small text-ink-2">
          {isLost()
            ? why()
            : [media()?.name ?? t().kinds[props.message.kind], media()?.size && fileSize(media()?.size ?? 0)]
                .filter(Boolean)
                .join(' · ')}
        </p>
        <Button icon={Download} busy={action.busy()} class="mt-1" onClick={() => void action.run(bring)}>
          {isLost() ? pastText().fetchAgain : pastText().fetch}
        </Button>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
      </div>
    </div>
  )
}
