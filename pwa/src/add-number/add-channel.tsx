import { useNavigate } from '@solidjs/router'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'
import { problemOf } from '../api/problem.rules.ts'
import { createRead, once } from '../lib/create-read.ts'
import { channelText } from '../text/channel.ts'
import { sessionsText } from '../text/sessions.ts'
import { sentenceOf, t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Choice, Field } from '../ui/field.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { HookPart } from './hook-part.tsx'
import { CredentialFields, givenIn } from './credential-fields.tsx'
import { CHECK_MS, credentialsOf } from './credentials.rules.ts'
import { refusedCredentials } from './refused-credentials.ts'

/** As contract/channels.ts has them, whose schemas stay off the phone. */
const CHANNEL_KINDS: readonly Channel['kind'][] = ['meta', 'gupshup', 'session']

/** A number of Meta Cloud API or Gupshup: its credentials, then the address to paste at the provider. Or one to be linked. */
export function AddChannel(props: {
  close: () => void
  added: (channel: Channel) => void
  /** What comes after is on the page that opened this. */
  stays?: boolean
}) {
  const navigate = useNavigate()
  const [kind, setKind] = createSignal<Channel['kind']>('meta')
  const keyedKind = () => {
    const now = kind()
    return now === 'session' ? null : now
  }
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string | null>(null)
  const [done, setDone] = createSignal<Channel | null>(null)

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault()
    const given = givenIn(event.currentTarget)
    setBusy(true)
    setError(null)
    try {
      const channel = await add(kind(), given)
      props.added(channel)
      // What is left to do for it, the link, is on its own page.
      if (channel.kind !== 'session') setDone(channel)
      else if (props.stays) props.close()
      else navigate(`/settings/channels/${channel.id}`)
    } catch (failure) {
      const problem = problemOf(failure)
      setError(refusedCredentials(problem) ?? sentenceOf(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet title={done() ? t().channels.added : t().channels.addTitle} closeLabel={t().app.close} close={props.close}>
      <Show
        when={done()}
        fallback={
          <form class="flex flex-col gap-5 p-5" onSubmit={submit}>
            <Choice
              label={t().channels.provider}
              value={kind()}
              onChange={(event) => setKind(CHANNEL_KINDS.find((one) => one === event.currentTarget.value) ?? 'meta')}
            >
              <For each={CHANNEL_KINDS}>{(one) => <option value={one}>{t().channels.kinds[one]}</option>}</For>
            </Choice>
            <Field
              label={t().channels.name}
              hint={t().channels.nameHint}
              name="name"
              maxlength={60}
              autocomplete="off"
              required
            />
            <Switch>
              <Match when={kind() === 'session'}>
                <p class="text-small text-ink-2">{sessionsText().addHelp}</p>
              </Match>
              <Match when={keyedKind()}>
                {(keyed) => (
                  <>
                    <Field
                      label={t().channels.phone}
                      hint={t().newChat.phoneHint}
                      name="phone"
                      type="tel"
                      inputmode="tel"
                      minlength={6}
                      autocomplete="off"
                      required
                    />
                    <CredentialFields kind={keyed()} />
                  </>
                )}
              </Match>
            </Switch>
            <p role="alert" class="text-small text-cochinilla empty:hidden">
              {error()}
            </p>
            <Button kind="primary" type="submit" busy={busy()}>
              {kind() === 'session' ? sessionsText().add : t().channels.save}
            </Button>
          </form>
        }
      >
        {(channel) => (
          <div class="p-5">
            <p class="text-ink-2">{t().channels.addedHelp}</p>
            <HookOfNew channelId={channel().id} />
            <Button kind="primary" class="mt-5 w-full" onClick={() => props.close()}>
              {t().channels.done}
            </Button>
          </div>
        )}
      </Show>
    </Sheet>
  )
}

function add(kind: Channel['kind'], given: Record<string, string>): Promise<Channel> {
  const name = given['name'] ?? ''
  if (kind === 'session') return call(api.addSession, { name })
  return call(
    api.addChannel,
    { name, phone: given['phone'] ?? '', credentials: credentialsOf(kind, given) },
    { timeoutMs: CHECK_MS },
  )
}

/** The last step: the address and its word, to be pasted or to be registered by the provider's own call. */
function HookOfNew(props: { channelId: string }) {
  const [report, { mutate }] = createRead(once, () =>
    call(api.askProvider, { channelId: props.channelId }, { timeoutMs: CHECK_MS }),
  )
  return (
    <Show when={!report.error && report.latest}>
      {(told) => (
        <>
          <p class="mt-3 font-semibold text-eucalipto">{channelText().verified}</p>
          <HookPart
            atOnce={told().hook.points !== 'here'}
            channelId={props.channelId}
            hook={told().hook}
            connected={() => mutate({ ...told(), hook: { ...told().hook, points: 'here' } })}
          />
        </>
      )}
    </Show>
  )
}
