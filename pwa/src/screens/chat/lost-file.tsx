/** A file that did not come: why, and how to ask for it again. Comes with its words. */
import FileX from 'lucide-solid/icons/file-x'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createSignal } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { cardsText } from '../../text/cards.ts'
import { failureText, sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/toast.tsx'

export function LostFile(props: { message: Message }) {
  const [busy, setBusy] = createSignal(false)
  const why = () => {
    const { media } = props.message
    return (media?.reason && failureText(media.reason)?.cause) || t().slip.lostHelp
  }

  async function ask() {
    setBusy(true)
    try {
      const { media } = props.message
      if (media) await call(api.fetchMedia, { mediaId: media.id })
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class="flex gap-2 py-1">
      <Icon of={FileX} class="mt-0.5 flex-none text-cochinilla" />
      <div class="min-w-0">
        <p class="font-semibold">
          {t().kinds[props.message.kind]} · {t().slip.lost}
        </p>
        <p class="text-small text-ink-2">{why()}</p>
        <Button kind="outlined" class="mt-1.5 !bg-transparent" icon={RefreshCw} busy={busy()} onClick={() => void ask()}>
          {cardsText().askAgain}
        </Button>
      </div>
    </div>
  )
}
