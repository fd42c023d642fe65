import { For, Show } from 'solid-js'
import type { Portal } from '#contract/bitrix24.ts'
import type { PortalNow } from '#contract/portal-health.ts'
import { minuteNow } from '../../../lib/clock.ts'
import { ago, clockTime } from '../../../text/format.ts'
import { healthText } from '../../../text/portal-health.ts'
import { linesText } from '../../../text/portal-lines.ts'
import { portalsText } from '../../../text/portals.ts'
import { Part } from '../part.tsx'

/** A right that was not given is asked for; whatever else keeps a room shut is the plan's. */
const whyLacking = (code: string): string =>
  (code === 'insufficient_scope' ? linesText().remedies[code] : null) ?? healthText().lackingPlan

/** The connection in sentences: what keeps it from working stands first and is set off. */
export function ConnectionPart(props: { portal: Portal; now: PortalNow }) {
  const words = healthText
  const bad = () => {
    const { portal, now } = props
    return [
      portal.state !== 'active' && `${portalsText().states[portal.state]}. ${portalsText().next[portal.state]}`,
      portal.state !== 'active' && portal.problem && (linesText().remedies[portal.problem] ?? portalsText().code(portal.problem)),
      now.administrators === 0 && words().administrators(0),
      now.payment?.isOver && words().paymentOver(now.payment.days),
      now.circuit && words().circuit[now.circuit.why](clockTime(now.circuit.until)),
      ...now.resting.map(({ method, until }) => words().resting(method, clockTime(until))),
      ...now.missing.map(({ what, code }) => [words().missing(what, code), linesText().remedies[code]].filter(Boolean).join(' ')),
      ...now.lacking.map(({ what, code }) => words().lacking(what, whyLacking(code))),
    ].filter((line) => typeof line === 'string')
  }
  const plain = () => {
    const { portal, now } = props
    return [
      now.administrators > 0 &&
        [words().administrators(now.administrators), now.renewedAt && words().renewed(ago(now.renewedAt, minuteNow()))]
          .filter(Boolean)
          .join(' '),
      now.license && words().license(now.license),
      !now.circuit && words().flows,
      words().rate(now.rate.used, now.rate.limit, now.rate.perSecond),
      now.rate.waiting > 0 && words().calls(now.rate.waiting),
      now.lastOkAt ? words().lastOk(ago(now.lastOkAt, minuteNow())) : words().neverOk,
      portal.lastEvent && portal.lastEventAt
        ? portalsText().lastEvent(portal.lastEvent, ago(portal.lastEventAt, minuteNow()))
        : portalsText().noEvent,
    ].filter((line) => typeof line === 'string')
  }
  return (
    <Part title={words().connection}>
      <Show when={bad().length > 0} fallback={<p class="mt-2 font-semibold text-eucalipto">{words().well}</p>}>
        <div role="status">
          <ul class="mt-2 grid gap-1 rounded-segment bg-maiz-tint px-3 py-2 text-small">
            <For each={bad()}>{(line) => <li>{line}</li>}</For>
          </ul>
        </div>
      </Show>
      <ul class="nums mt-2 grid gap-1 text-small text-ink-2">
        <For each={plain()}>{(line) => <li>{line}</li>}</For>
      </ul>
    </Part>
  )
}
