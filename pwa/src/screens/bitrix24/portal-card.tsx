import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { Portal } from '#contract/bitrix24.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { useDesk } from '../../live/context.ts'
import { employeesText } from '../../text/employees.ts'
import { ago, dayTime } from '../../text/format.ts'
import { linesText } from '../../text/portal-lines.ts'
import { portalsText } from '../../text/portals.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'

/** Bitrix24 may take its time. */
const CHECK_MS = 60_000

const styleOf = (state: Portal['state']): string => {
  if (state === 'active') return 'bg-eucalipto-tint text-eucalipto'
  return state === 'uninstalled' || state === 'deleted' ? 'bg-sunk text-ink-2' : 'bg-maiz-tint text-maiz'
}

/** One portal: how it stands, what to do about it, and a test that asks Bitrix24 now. */
export function PortalCard(props: { portal: Portal; isStale: boolean; changed: (portal: Portal) => void }) {
  const { desk } = useDesk()
  const action = createAction()
  const next = () => (props.portal.state === 'active' ? null : portalsText().next[props.portal.state])
  const lastEvent = () => {
    const { lastEvent: name, lastEventAt: at } = props.portal
    return name && at ? portalsText().lastEvent(name, ago(at, minuteNow())) : portalsText().noEvent
  }

  async function check() {
    const portal = await call(api.checkPortal, { portalId: props.portal.id }, { timeoutMs: CHECK_MS })
    props.changed(portal)
    const { states, checked, checkedWith } = portalsText()
    say(portal.state === 'active' ? checked : checkedWith(states[portal.state].toLowerCase()))
  }

  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <p class="flex flex-wrap items-center gap-2">
        <span class="font-semibold wrap-anywhere">{props.portal.domain}</span>
        <span class={`rounded-chip px-2 py-px text-meta font-semibold ${styleOf(props.portal.state)}`}>
          {portalsText().states[props.portal.state]}
        </span>
        <Show when={props.portal.isLocal}>
          <span class="text-meta text-ink-3">{portalsText().local}</span>
        </Show>
      </p>
      <Show when={next()}>
        {(words) => (
          <p class="mt-2 rounded-segment bg-maiz-tint px-3 py-2 text-small">
            {words()}
            <Show when={props.portal.problem}>
              {(code) => (
                <span class="mt-1 block text-meta text-ink-2">{linesText().remedies[code()] ?? portalsText().code(code())}</span>
              )}
            </Show>
          </p>
        )}
      </Show>
      <p class="mt-2 text-small text-ink-2">
        <Show when={props.portal.connectedAs}>{(name) => <>{portalsText().as(name())} · </>}</Show>
        {portalsText().since(dayTime(props.portal.installedAt))}
      </p>
      <p class="nums text-meta text-ink-3">{lastEvent()}</p>
      <p role="alert" class="mt-2 text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Show when={props.portal.state !== 'uninstalled'}>
        <A class="button button-outlined mt-3 mr-2" href={`/settings/bitrix24/${props.portal.id}/health`}>
          {portalsText().health}
          <span class="sr-only">: {props.portal.domain}</span>
        </A>
        <Show when={desk.may('people.manage')}>
          <A class="button button-outlined mt-3 mr-2" href={`/settings/bitrix24/${props.portal.id}`}>
            {employeesText().open}
          </A>
        </Show>
        <Button
          class="mt-3"
          busy={action.busy()}
          disabled={props.isStale}
          aria-label={`${portalsText().check}: ${props.portal.domain}`}
          onClick={() => void action.run(check)}
        >
          {portalsText().check}
        </Button>
      </Show>
    </li>
  )
}
