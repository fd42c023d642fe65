import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { createAction } from './api/create-action.ts'
import { useDesk } from './live/context.ts'
import type { Stopped } from './outage-notes.ts'
import { care } from './text/care.ts'
import { failureText } from './text/text.ts'
import { Button } from './ui/button.tsx'

/** Says that numbers do not work, until somebody says that they know or until they work again. */
export function OutageLine(props: { stopped: readonly Stopped[]; took: () => Promise<void> }) {
  const { desk } = useDesk()
  const action = createAction()
  const only = () => (props.stopped.length === 1 ? props.stopped[0] : undefined)
  const words = () => {
    const one = only()
    return one
      ? care().stopped(one.channelName, failureText(one.problem)?.cause ?? one.problem)
      : care().stoppedMany(props.stopped.length)
  }
  const place = () => {
    const one = only()
    return one && desk.may('channels.read') ? `/settings/channels/${one.channelId}` : '/dashboard'
  }
  return (
    <aside role="status" class="flex flex-wrap items-center gap-x-2 bg-cochinilla-tint px-4 py-1 text-small">
      <p class="min-w-64 flex-1 py-1.5">
        {words()}
        <Show when={action.error()}>{(error) => <span class="block text-cochinilla">{error()}</span>}</Show>
      </p>
      <span class="flex items-center gap-2">
        <A href={place()} class="button button-quiet !text-anil">
          {care().see}
        </A>
        <Button busy={action.busy()} onClick={() => void action.run(props.took)}>
          {care().took}
        </Button>
      </span>
    </aside>
  )
}
