import { createSignal, Match, Show, Switch } from 'solid-js'
import type { Factors } from '#contract/session.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { own } from '../../text/own.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { CurrentPassword, wrongPassword } from './current-password.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { ScanStep } from './scan-step.tsx'
import { Refused, Section } from './section.tsx'

type Step =
  | { name: 'rest' }
  | { name: 'password'; isOn: boolean }
  | { name: 'scan'; secret: string; uri: string }
  | { name: 'codes'; codes: readonly string[] }

/** The second factor: on, off, and the codes that are shown once. */
export function SecondFactor(props: { factors: Factors; changed: () => void }) {
  const [step, setStep] = createSignal<Step>({ name: 'rest' })
  const [password, setPassword] = createSignal('')
  const [code, setCode] = createSignal('')
  const action = createAction()

  function go(next: Step) {
    setPassword('')
    setCode('')
    setStep(next)
  }
  async function begin() {
    const { secret, uri } = await call(api.beginTotp, { password: password() })
    go({ name: 'scan', secret, uri })
  }
  async function confirm() {
    const { recoveryCodes } = await call(api.confirmTotp, { code: code().replace(/\s/g, '') })
    go({ name: 'codes', codes: recoveryCodes })
    props.changed()
  }
  async function remove() {
    await call(api.removeTotp, { password: password(), code: code().replace(/\s/g, '') })
    go({ name: 'rest' })
    say(own().totp.removed)
    props.changed()
  }
  const at = <Name extends Step['name']>(name: Name) => {
    const now = step()
    return isAt(now, name) ? now : null
  }

  return (
    <Section title={own().totp.title}>
      <Switch>
        <Match when={at('rest')}>
          <p class="text-small text-ink-2">
            {props.factors.totp ? own().totp.on(props.factors.recoveryCodesLeft) : own().totp.off}
          </p>
          <Button
            kind={props.factors.totp ? 'danger' : 'outlined'}
            class="self-start"
            onClick={() => go({ name: 'password', isOn: props.factors.totp })}
          >
            {props.factors.totp ? own().totp.switchOff : own().totp.switchOn}
          </Button>
        </Match>
        <Match when={at('password')}>
          {(now) => (
            <form
              class="flex flex-col gap-4"
              onSubmit={(event) => {
                event.preventDefault()
                void action.run(now().isOn ? remove : begin, wrongPassword)
              }}
            >
              <p class="text-small text-ink-2">{now().isOn ? own().totp.offHelp : own().totp.passwordHelp}</p>
              <CurrentPassword value={password()} type={setPassword} />
              <Show when={now().isOn}>
                <Field
                  label={own().totp.anyCode}
                  autocomplete="one-time-code"
                  autocapitalize="off"
                  spellcheck={false}
                  minlength={6}
                  maxlength={20}
                  required
                  value={code()}
                  onInput={(event) => setCode(event.currentTarget.value)}
                />
              </Show>
              <Refused error={action.error()} />
              <div class="flex flex-wrap gap-2">
                <Button kind={now().isOn ? 'sure' : 'primary'} type="submit" busy={action.busy()}>
                  {now().isOn ? own().totp.switchOff : own().totp.next}
                </Button>
                <Button kind="quiet" onClick={() => go({ name: 'rest' })}>
                  {t().app.cancel}
                </Button>
              </div>
            </form>
          )}
        </Match>
        <Match when={at('scan')}>
          {(now) => (
            <ScanStep
              secret={now().secret}
              uri={now().uri}
              busy={action.busy()}
              error={action.error()}
              code={code()}
              type={setCode}
              confirm={() => void action.run(confirm)}
              cancel={() => go({ name: 'rest' })}
            />
          )}
        </Match>
        <Match when={at('codes')}>{(now) => <RecoveryCodes codes={now().codes} done={() => go({ name: 'rest' })} />}</Match>
      </Switch>
    </Section>
  )
}

function isAt<Name extends Step['name']>(step: Step, name: Name): step is Extract<Step, { name: Name }> {
  return step.name === name
}
