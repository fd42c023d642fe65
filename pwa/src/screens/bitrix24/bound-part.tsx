import { createSignal, Show } from 'solid-js'
import type { PortalLine } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { linesText } from '../../text/portal-lines.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/switch.tsx'
import { say } from '../../ui/toast.tsx'
import { ClientRulePart } from './client-rule-part.tsx'
import { PORTAL_MS, portalRefused } from './portal-refused.ts'
import { TestPart } from './test-part.tsx'

type BoundPartProps = {
  line: PortalLine
  changed: (line: PortalLine) => void
  unbound: () => void
  /** Absent where it cannot be moved. */
  move?: () => void
}

/** A number on its open line: how the two keep in step, a test of the whole way, and the way out. */
export function BoundPart(props: BoundPartProps) {
  const action = createAction()
  const [isSure, setIsSure] = createSignal(false)
  type Change = {
    paused?: boolean
    closesWithSession?: boolean
    finishesWithChat?: boolean
    signs?: boolean
    timeline?: boolean
  }
  async function send(what: Change) {
    props.changed(await call(api.changePortalLine, { portalLineId: props.line.id, ...what }, { timeoutMs: PORTAL_MS }))
  }
  const change = (what: Change) => void action.run(send.bind(null, what), portalRefused)

  async function unbind() {
    await call(api.unbindPortalLine, { portalLineId: props.line.id }, { timeoutMs: PORTAL_MS })
    say(linesText().unbindDone)
    props.unbound()
  }

  return (
    <div class="flex flex-col gap-4">
      <Show when={props.line.problem}>
        {(code) => (
          <p class="rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
            {linesText().remedies[code()] ?? linesText().remedyElse(code())}
          </p>
        )}
      </Show>
      <TestPart portalLineId={props.line.id} changed={props.changed} />
      <div class="divide-y divide-line border-y border-line">
        <Switch
          name={linesText().pause}
          help={linesText().pauseHelp}
          on={props.line.state !== 'paused'}
          disabled={action.busy()}
          change={(on) => change({ paused: !on })}
        />
        <Switch
          name={linesText().closes}
          on={props.line.closesWithSession}
          disabled={action.busy()}
          change={(closesWithSession) => change({ closesWithSession })}
        />
        <Switch
          name={linesText().finishes}
          on={props.line.finishesWithChat}
          disabled={action.busy()}
          change={(finishesWithChat) => change({ finishesWithChat })}
        />
        <Switch
          name={linesText().signs}
          help={linesText().signsHelp}
          on={props.line.signs}
          disabled={action.busy()}
          change={(signs) => change({ signs })}
        />
        <Switch
          name={linesText().timeline}
          help={linesText().timelineHelp}
          on={props.line.timeline}
          disabled={action.busy()}
          change={(timeline) => change({ timeline })}
        />
      </div>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <ClientRulePart portalLineId={props.line.id} />
      <Show
        when={isSure()}
        fallback={
          <div class="flex flex-wrap gap-2">
            <Show when={props.move}>{(move) => <Button onClick={() => move()()}>{linesText().move}</Button>}</Show>
            <Button onClick={() => setIsSure(true)}>{linesText().unbind}</Button>
          </div>
        }
      >
        <p>{linesText().unbindSure}</p>
        <div class="flex flex-wrap gap-2">
          <Button kind="danger" busy={action.busy()} onClick={() => void action.run(unbind, portalRefused)}>
            {linesText().unbindYes}
          </Button>
          <Button onClick={() => setIsSure(false)}>{linesText().cancel}</Button>
        </div>
      </Show>
    </div>
  )
}
