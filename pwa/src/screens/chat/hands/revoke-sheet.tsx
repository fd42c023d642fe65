import { createSignal } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { call } from '../../../api/call.ts'
import * as api from '../../../api/endpoints.ts'
import { problemOf } from '../../../api/problem.rules.ts'
import { useDesk } from '../../../live/context.ts'
import { handsText } from '../../../text/hands.ts'
import { sentenceOf, t } from '../../../text/text.ts'
import { Button } from '../../../ui/button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { say } from '../../../ui/toast.tsx'

/** Asked once more: at the customer it is gone for good. */
export function RevokeSheet(props: { message: Message; close: () => void }) {
  const { desk } = useDesk()
  const [busy, setBusy] = createSignal(false)

  async function revoke() {
    setBusy(true)
    try {
      const changed = await call(api.revokeMessage, { messageId: props.message.id })
      await desk.apply([{ type: 'message', message: changed }], null)
      props.close()
    } catch (failure) {
      say(sentenceOf(problemOf(failure)))
      setBusy(false)
    }
  }

  return (
    <Sheet small title={handsText().revokeSure} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <p class="text-ink-2">{handsText().revokeHelp}</p>
        <Button kind="sure" busy={busy()} onClick={() => void revoke()}>
          {handsText().revoke}
        </Button>
      </div>
    </Sheet>
  )
}
