import { createSignal, For, Show } from 'solid-js'
import type { PortalLine } from '#contract/portal-lines.ts'
import type { QueueDecision } from '#contract/portal-health.ts'
import { healthText } from '../../../text/portal-health.ts'
import { t } from '../../../text/text.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, Field } from '../../../ui/field.tsx'
import { Sheet } from '../../../ui/sheet.tsx'

type Props = {
  decision: QueueDecision
  lines: readonly PortalLine[]
  busy: boolean
  error: string | null
  close: () => void
  decide: (more: { reason: string } | { toLineId: PortalLine['id'] }) => void
}

/** What has to be said before: why it is given up, or where it goes. */
export function DecideSheet(props: Props) {
  const [reason, setReason] = createSignal('')
  const [toLine, setToLine] = createSignal('')
  const isMove = () => props.decision === 'reroute'
  const target = () => props.lines.find(({ id }) => id === toLine())
  const isReady = () => (isMove() ? target() !== undefined : reason().trim() !== '')

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const line = target()
    if (!isReady()) return
    if (isMove() && line) props.decide({ toLineId: line.id })
    else if (!isMove()) props.decide({ reason: reason() })
  }

  return (
    <Sheet
      small
      title={isMove() ? healthText().rerouteTitle : healthText().discardTitle}
      closeLabel={t().app.close}
      close={props.close}
    >
      <form class="flex flex-col gap-4 p-5" onSubmit={submit}>
        <p class="text-small text-ink-2">{isMove() ? healthText().rerouteHelp : healthText().discardHelp}</p>
        <Show
          when={isMove()}
          fallback={
            <Field
              label={healthText().reason}
              required
              maxLength={300}
              value={reason()}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          }
        >
          <Choice
            label={healthText().target}
            required
            value={toLine()}
            onChange={(event) => setToLine(event.currentTarget.value)}
          >
            <option value="" />
            <For each={props.lines}>{(line) => <option value={line.id}>{line.lineName || `#${line.line}`}</option>}</For>
          </Choice>
        </Show>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {props.error}
        </p>
        <div class="flex justify-end gap-2">
          <Button kind="quiet" onClick={() => props.close()}>
            {healthText().cancel}
          </Button>
          <Button kind={isMove() ? 'primary' : 'danger'} type="submit" busy={props.busy} disabled={!isReady()}>
            {healthText().decisions[props.decision]}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
