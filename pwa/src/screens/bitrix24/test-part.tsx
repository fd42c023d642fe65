import Activity from 'lucide-solid/icons/activity'
import Check from 'lucide-solid/icons/check'
import CircleDashed from 'lucide-solid/icons/circle-dashed'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import Wrench from 'lucide-solid/icons/wrench'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Show } from 'solid-js'
import type { Check as Checked, LineTest, PortalLine } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { money } from '../../text/format.ts'
import { linesText } from '../../text/portal-lines.ts'
import { failureText } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PORTAL_MS } from './portal-refused.ts'

const ICONS = { pass: Check, warn: TriangleAlert, fail: X, skipped: CircleDashed }
const TONES = { pass: 'text-eucalipto', warn: 'text-maiz', fail: 'text-cochinilla', skipped: 'text-ink-3' }

/** What to do about a check that did not pass. */
function remedyOf({ state, code, detail }: Checked): string | null {
  if (state === 'pass' || state === 'skipped' || code === null) return null
  const failure = failureText(code)
  const words = linesText().remedies[code] ?? (failure ? `${failure.cause} ${failure.nextStep}` : linesText().remedyElse(code))
  return (code === 'scopes_missing' || code === 'crm_twice') && detail ? `${words} (${detail})` : words
}

/** "12.5 USD" as people read it. */
function creditIn(detail: string): string {
  const [amount, currency = ''] = detail.split(' ')
  return money(Number(amount), currency)
}

/** The whole way between WhatsApp and the open line, tested step by step, and mended where it can be. */
export function TestPart(props: { portalLineId: string; changed: (line: PortalLine) => void }) {
  const action = createAction()
  const [told, setTold] = createSignal<LineTest | null>(null)
  const ill = () => told()?.checks.filter(({ state }) => state === 'fail' || state === 'warn') ?? []
  const canRepair = () => ill().some((check) => check.canRepair)

  async function ask(repair: boolean) {
    const next = await call(api.testPortalLine, { portalLineId: props.portalLineId, repair }, { timeoutMs: PORTAL_MS })
    setTold(next)
    props.changed(next.shown)
  }
  const test = () => ask(false)
  const mend = () => ask(true)

  return (
    <section aria-label={linesText().test}>
      <div class="flex flex-wrap gap-2">
        <Button icon={Activity} busy={action.busy()} onClick={() => void action.run(test)}>
          {linesText().test}
        </Button>
        <Show when={canRepair()}>
          <Button kind="primary" icon={Wrench} busy={action.busy()} onClick={() => void action.run(mend)}>
            {linesText().repair}
          </Button>
        </Show>
      </div>
      <p role="status" class="mt-2 text-small empty:hidden">
        {action.busy() ? linesText().testing : null}
        <Show when={!action.busy() && told()}>
          {(now) => (ill().length > 0 ? linesText().ill(ill().length) : linesText().well(now().roundTripMs ?? 0))}
        </Show>
      </p>
      <p role="alert" class="mt-2 text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <ul class="mt-2 divide-y divide-line empty:hidden" aria-busy={action.busy()}>
        <For each={told()?.checks ?? []}>
          {(check) => (
            <li class="flex items-start gap-2.5 py-2.5">
              <Icon of={ICONS[check.state]} size={18} class={`mt-0.5 flex-none ${TONES[check.state]}`} />
              <span class="min-w-0 flex-1">
                <span class="block">
                  {linesText().checks[check.name]}
                  <Show when={check.name === 'wallet' && check.detail}>{(credit) => <>: {creditIn(credit())}</>}</Show>
                  <span class="sr-only">: {linesText().verdicts[check.state]}</span>
                </span>
                <Show when={remedyOf(check)}>{(words) => <span class="block text-small text-ink-2">{words()}</span>}</Show>
              </span>
              <Show when={check.state !== 'skipped' && check.ms > 0}>
                <span class="nums flex-none text-meta text-ink-3">{linesText().ms(check.ms)}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
