import { createSignal, Match, Switch } from 'solid-js'
import type { InputOf } from '#contract/endpoint.ts'
import type { linkInvited } from '#contract/sessions.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import { createSessionWatch, WATCH_TIMEOUT_MS } from '../../session-link/create-session-watch.ts'
import { LinkPanel, type Way } from '../../session-link/link-panel.tsx'
import { own } from '../../text/own.ts'
import { sessionsText } from '../../text/sessions.ts'
import { failureText, sentenceOf } from '../../text/text.ts'
import { say } from '../../ui/toast.tsx'
import { CARD, Frame } from './frame.tsx'

const isSpent = ({ code }: Pick<ApiProblem, 'code'>) => ['link_spent', 'bad_request', 'not_found'].includes(code)

/** For whoever has the phone and does not sign in: links one number, and sees nothing else. */
export default function InvitedNumberScreen(props: { token: InputOf<typeof linkInvited>['token'] }) {
  const [name, setName] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const { session, problem, note } = createSessionWatch(async (rev) => {
    const input = { token: props.token, ...(rev === null ? {} : { rev: String(rev) }) }
    const found = await call(api.watchInvitation, input, { timeoutMs: WATCH_TIMEOUT_MS })
    setName(found.name)
    return found.session
  }, isSpent)

  const isOver = () => {
    const found = problem()
    return found !== null && isSpent(found)
  }

  async function link(way: Way): Promise<void> {
    setBusy(true)
    try {
      note((await call(api.linkInvited, { token: props.token, ...way })).session)
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Switch
      fallback={
        <Frame title="WhatsappB24">
          <p role="status" class="mt-8 text-ink-2">
            {problem() ? sessionsText().late : own().link.reading}
          </p>
        </Frame>
      }
    >
      <Match when={isOver()}>
        <Frame title={own().link.spent} help={own().link.spentHelp}>
          {null}
        </Frame>
      </Match>
      <Match when={session()}>
        {(now) => (
          <Frame title={sessionsText().invited(name())} help={sessionsText().invitedHelp}>
            <div class={CARD}>
              <p class="text-small text-ink-2 empty:hidden">{why(now().code)}</p>
              <LinkPanel session={now()} busy={busy()} link={(way) => void link(way)} />
              <p class="font-semibold empty:hidden">{now().state === 'open' && sessionsText().invitedDone}</p>
            </div>
          </Frame>
        )}
      </Match>
    </Switch>
  )
}

function why(code: string | null): string {
  const text = code === null ? null : failureText(code)
  return text ? `${text.cause} ${text.nextStep}` : ''
}
