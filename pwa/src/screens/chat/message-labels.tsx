import type { Message } from '#contract/inbox.ts'
import type { Label } from '#contract/labels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { labelsText } from '../../text/labels.ts'
import { LabelSheet } from './label-sheet.tsx'

/** The labels of a single message. */
export function MessageLabels(props: { message: Message; close: () => void }) {
  const { desk } = useDesk()

  async function set({ id }: Label, on: boolean) {
    const message = await call(api.labelMessage, { messageId: props.message.id, labelId: id, on })
    await desk.apply([{ type: 'message', message }], null)
  }

  return <LabelSheet title={labelsText().ofMessage} on={props.message.labels} set={set} close={props.close} />
}
