import type { Message } from '#contract/inbox.ts'
import type { Label } from '#contract/labels.ts'
import { useDesk } from '../../live/context.ts'
import { doDeed } from '../../live/deeds.ts'
import { labelsText } from '../../text/labels.ts'
import { LabelSheet } from './label-sheet.tsx'

/** The labels of a single message. */
export function MessageLabels(props: { message: Message; close: () => void }) {
  const phone = useDesk()

  async function set({ id, name, color, description }: Label, on: boolean) {
    const { id: messageId, chatId } = props.message
    await doDeed(phone, chatId, { do: 'label', label: { id, name, color, description }, on, chatId, messageId })
  }

  return <LabelSheet title={labelsText().ofMessage} on={props.message.labels} set={set} close={props.close} />
}
