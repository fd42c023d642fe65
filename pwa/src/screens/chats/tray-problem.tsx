import { Show } from 'solid-js'
import { useDesk } from '../../live/context.ts'
import type { Tray } from '../../live/order.rules.ts'
import { problemText, t } from '../../text/text.ts'
import { ErrorCard } from '../../ui/empty.tsx'

/** What could not be read, and what is shown instead. */
export function TrayProblem(props: { tray: Tray; isEmpty: boolean }) {
  const { trays } = useDesk()
  const problem = () => trays.reach(props.tray).problem
  return (
    <Show when={problem()}>
      {(found) => (
        <ErrorCard
          title={t().chats.loadFailed}
          help={[problemText(found().code).cause, props.isEmpty ? '' : t().chats.loadFailedCached].join(' ')}
          reference={found().traceId && t().app.reference(found().traceId ?? '')}
          action={{ name: t().app.retry, run: () => void trays.refresh(props.tray) }}
        />
      )}
    </Show>
  )
}
