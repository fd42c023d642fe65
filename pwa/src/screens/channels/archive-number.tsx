import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import { createSignal, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { channelText } from '../../text/channel.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

/** Puts a number away, after a question, or takes it back. */
export function ArchiveNumber(props: { channel: Channel; changed: (channel: Channel) => void }) {
  const action = createAction()
  const [isSure, setIsSure] = createSignal(false)
  const isArchived = () => props.channel.state === 'archived'

  async function turn() {
    const archived = !isArchived()
    props.changed(await call(api.changeChannel, { channelId: props.channel.id, archived }))
    say(archived ? channelText().archivedNow : channelText().restoredNow)
    setIsSure(false)
  }

  return (
    <div>
      <Show
        when={isArchived()}
        fallback={
          <Button kind="danger" icon={Archive} onClick={() => setIsSure(true)}>
            {channelText().archive}
          </Button>
        }
      >
        <Button icon={ArchiveRestore} busy={action.busy()} onClick={() => void action.run(turn)}>
          {channelText().restore}
        </Button>
        <p role="alert" class="mt-2 text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
      </Show>
      <Show when={isSure()}>
        <Sheet title={channelText().archiveSure} closeLabel={t().app.close} close={() => setIsSure(false)} small>
          <div class="flex flex-col gap-4 p-5">
            <p>{channelText().archiveHelp}</p>
            <Show when={(props.channel.subscription?.state ?? 'none') !== 'none'}>
              <p>{channelText().archiveSubscription}</p>
            </Show>
            <p role="alert" class="text-small text-cochinilla empty:hidden">
              {action.error()}
            </p>
            <Button kind="sure" busy={action.busy()} onClick={() => void action.run(turn)}>
              {channelText().archive}
            </Button>
          </div>
        </Sheet>
      </Show>
    </div>
  )
}
