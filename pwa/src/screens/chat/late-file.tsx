import Download from 'lucide-solid/icons/download'
import type { Message } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { fileSize } from '../../text/format.ts'
import { pastText } from '../../text/past.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'

/** A file of the past: it is still where it was, and comes when somebody wants to see it. */
export function LateFile(props: { message: Message }) {
  const action = createAction()
  const media = () => props.message.media

  async function bring() {
    const mediaId = media()?.id
    if (mediaId) await call(api.fetchMedia, { mediaId })
  }

  return (
    <div class="py-1">
      <p class="text-small text-ink-2">
        {[media()?.name ?? t().kinds[props.message.kind], media()?.size && fileSize(media()?.size ?? 0)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Button icon={Download} busy={action.busy()} class="mt-1" onClick={() => void action.run(bring)}>
        {pastText().fetch}
      </Button>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </div>
  )
}
