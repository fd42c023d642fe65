import { createSignal } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { CredentialFields, givenIn } from '../../add-number/credential-fields.tsx'
import { CHECK_MS, credentialsOf } from '../../add-number/credentials.rules.ts'
import { refusedCredentials } from '../../add-number/refused-credentials.ts'

type ChangeCredentialsProps = {
  channel: Channel
  kind: 'meta' | 'gupshup'
  close: () => void
  changed: (channel: Channel) => void
}

/** New credentials for a number whose old ones ended. What waits leaves afterwards. */
export function ChangeCredentials(props: ChangeCredentialsProps) {
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string | null>(null)

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault()
    const credentials = credentialsOf(props.kind, givenIn(event.currentTarget))
    setBusy(true)
    setError(null)
    try {
      props.changed(await call(api.changeChannel, { channelId: props.channel.id, credentials }, { timeoutMs: CHECK_MS }))
      say(t().channels.credentialsChanged)
      props.close()
    } catch (failure) {
      const problem = problemOf(failure)
      setError(refusedCredentials(problem) ?? sentenceOf(problem))
      setBusy(false)
    }
  }

  return (
    <Sheet title={t().channels.changeCredentials} closeLabel={t().app.close} close={props.close}>
      <form class="flex flex-col gap-5 p-5" onSubmit={submit}>
        <p class="text-small text-ink-2">{t().channels.changeCredentialsHelp(props.channel.name)}</p>
        <CredentialFields kind={props.kind} />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {error()}
        </p>
        <Button kind="primary" type="submit" busy={busy()}>
          {t().channels.changeCredentials}
        </Button>
      </form>
    </Sheet>
  )
}
