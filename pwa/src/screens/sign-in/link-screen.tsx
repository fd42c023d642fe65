import { createSignal, Match, Show, Switch } from 'solid-js'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import type { InputOf, OutputOf } from '#contract/endpoint.ts'
import type { readLink } from '#contract/session.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import { enterSignedIn } from '../../api/session.ts'
import { createRead, once } from '../../lib/create-read.ts'
import { goTo } from '../../door.ts'
import { NewPassword } from '../../new-password.tsx'
import { dayTime } from '../../text/format.ts'
import { own } from '../../text/own.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorCard } from '../../ui/empty.tsx'
import { CodeStep } from './code-step.tsx'
import { CARD, Frame } from './frame.tsx'
import { refusedSentence } from './refused.ts'

type Link = OutputOf<typeof readLink>
type Read = { link: Link } | { problem: ApiProblem }

/** An invitation, or a link for a new password. */
export default function LinkScreen(props: { token: InputOf<typeof readLink>['token'] }) {
  const [read, { refetch }] = createRead(once, async (): Promise<Read> => {
    try {
      return { link: await call(api.readLink, { token: props.token }) }
    } catch (error) {
      return { problem: problemOf(error) }
    }
  })
  const [spent, setSpent] = createSignal(false)
  const link = () => {
    const now = read.latest
    return now && 'link' in now ? now.link : null
  }
  const problem = () => {
    const now = read.latest
    return now && 'problem' in now ? now.problem : null
  }
  const isSpent = () => spent() || ['link_spent', 'bad_request', 'not_found'].includes(problem()?.code ?? '')
  return (
    <Switch
      fallback={
        <Frame title="WhatsappB24">
          <p role="status" class="mt-8 text-ink-2">
            {own().link.reading}
          </p>
        </Frame>
      }
    >
      <Match when={isSpent()}>
        <Frame title={own().link.spent} help={own().link.spentHelp}>
          <Button kind="primary" class="mt-8 w-full" onClick={() => goTo('/', true)}>
            {own().link.toSignIn}
          </Button>
        </Frame>
      </Match>
      <Match when={problem()}>
        {(found) => (
          <Frame title="WhatsappB24">
            <ErrorCard
              title={own().link.failed}
              help={found().code === 'no_network' ? own().link.offline : sentenceOf(found())}
              reference={found().traceId}
              action={{ name: t().app.retry, run: () => void refetch() }}
            />
          </Frame>
        )}
      </Match>
      <Match when={link()}>{(found) => <Use token={props.token} link={found()} spent={() => setSpent(true)} />}</Match>
    </Switch>
  )
}

function Use(props: { token: string; link: Link; spent: () => void }) {
  const action = createAction()
  const [password, setPassword] = createSignal('')
  const [code, setCode] = createSignal('')
  const [needsCode, setNeedsCode] = createSignal(false)
  const isInvitation = () => props.link.kind === 'invitation'

  function refused(problem: ApiProblem): string | null {
    if (problem.code === 'link_spent') props.spent()
    if (problem.code === 'password_common') setNeedsCode(false)
    if (problem.code === 'no_network') return own().link.offline
    if (problem.code !== 'code_needed' || needsCode()) return refusedSentence(problem)
    setNeedsCode(true)
    return ''
  }
  async function use() {
    const typed = code()
    await call(api.useLink, { token: props.token, password: password(), ...(typed ? { code: typed } : {}) })
    await enterSignedIn()
    goTo('/chats', true)
  }
  function submit(typed = '') {
    setCode(typed)
    void action.run(use, refused)
  }

  return (
    <Frame
      title={isInvitation() ? own().link.invited(props.link.company) : own().link.reset}
      help={isInvitation() ? own().link.invitedHelp(props.link.name) : own().link.resetHelp(props.link.name, props.link.company)}
    >
      <Show
        when={!needsCode()}
        fallback={<CodeStep busy={action.busy()} error={action.error()} submit={submit} back={() => setNeedsCode(false)} />}
      >
        <form
          class={CARD}
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <div>
            <p class="text-meta text-ink-3">{t().signIn.email}</p>
            <p class="font-semibold wrap-anywhere">{props.link.email}</p>
            {/* Password managers keep the password under this name. */}
            <input type="hidden" name="username" autocomplete="username" value={props.link.email} />
          </div>
          <NewPassword label={own().password.choose} value={password()} type={setPassword} />
          <Show when={!isInvitation()}>
            <p class="text-small text-ink-2">{own().link.otherDevices}</p>
          </Show>
          <p role="alert" class="text-small text-cochinilla empty:hidden">
            {action.error()}
          </p>
          <Button kind="primary" type="submit" busy={action.busy()}>
            {own().link.submit}
          </Button>
          <p class="nums text-meta text-ink-3">{own().link.until(dayTime(props.link.until))}</p>
        </form>
      </Show>
    </Frame>
  )
}
