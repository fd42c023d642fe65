import KeyRound from 'lucide-solid/icons/key-round'
import { createSignal, onMount, Show, Suspense } from 'solid-js'
import { lazyPart } from '../../lib/lazy-part.ts'
import { createAction } from '../../api/create-action.ts'
import { hasPasskeys, signInByPasskey } from '../../api/passkeys.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import { enterSignedIn, session, signIn } from '../../api/session.ts'
import { goTo } from '../../door.ts'
import { loadOwnText } from '../../text/own.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { createPasskeyOffer } from './create-passkey-offer.ts'
import { CARD, Frame } from './frame.tsx'
import { refusedSentence } from './refused.ts'

const CodeStep = lazyPart(async () => {
  const [step] = await Promise.all([import('./code-step.tsx'), loadOwnText()])
  return { default: step.CodeStep }
})

/** E-mail and password, then the second factor of who has one; or a passkey, which is both. */
export default function SignInScreen() {
  const action = createAction()
  const passkey = createAction()
  const [email, setEmail] = createSignal('')
  // Kept in memory only, and only as long as this screen: the second step sends it again.
  const [password, setPassword] = createSignal('')
  const [code, setCode] = createSignal('')
  const [needsCode, setNeedsCode] = createSignal(false)
  const [offerError, setOfferError] = createSignal<string | null>(null)
  const last = () => {
    const now = session()
    return now.state === 'out' ? now.last : null
  }

  function refused(problem: ApiProblem): string | null {
    if (problem.code === 'code_needed' && !needsCode()) {
      setNeedsCode(true)
      return ''
    }
    return refusedSentence(problem)
  }
  const send = () => signIn(email().trim(), password(), code())
  function enter(typed = '') {
    setCode(typed)
    void action.run(send, refused)
  }
  const enterByPasskey = () =>
    void passkey.run(async () => {
      if (await signInByPasskey(false)) await enterSignedIn()
    }, refusedSentence)
  createPasskeyOffer(
    () => void passkey.run(enterSignedIn, refusedSentence),
    (error) => setOfferError(refusedSentence(problemOf(error))),
  )

  return (
    <Frame
      title="WhatsappB24"
      help={
        <Show when={last()} fallback={t().signIn.welcome}>
          {(me) => t().signIn.again(me().person.name)}
        </Show>
      }
    >
      <Show
        when={!needsCode()}
        fallback={
          <Suspense>
            <CodeStep
              busy={action.busy()}
              error={action.error()}
              submit={enter}
              back={() => {
                setPassword('')
                setNeedsCode(false)
              }}
            />
          </Suspense>
        }
      >
        <Credentials
          email={email()}
          typeEmail={setEmail}
          password={password()}
          typePassword={setPassword}
          busy={action.busy()}
          error={action.error() || passkey.error() || offerError()}
          isBack={last() !== null}
          submit={() => enter()}
        />
        <div class="mt-4 flex flex-col gap-2">
          <Show when={hasPasskeys()}>
            <Button icon={KeyRound} busy={passkey.busy()} onClick={enterByPasskey}>
              {t().signIn.passkey}
            </Button>
          </Show>
          <p class="flex flex-wrap items-center justify-center gap-x-1 text-small text-ink-2">
            {t().signIn.noAccount}
            <Button kind="quiet" class="!px-2 !text-anil" onClick={() => goTo('/alta')}>
              {t().signIn.signUp}
            </Button>
          </p>
        </div>
      </Show>
    </Frame>
  )
}

type CredentialsProps = {
  email: string
  typeEmail: (value: string) => void
  password: string
  typePassword: (value: string) => void
  busy: boolean
  error: string | null
  isBack: boolean
  submit: () => void
}

function Credentials(props: CredentialsProps) {
  let form!: HTMLFormElement
  onMount(() => form.querySelector<HTMLInputElement>(props.isBack ? 'input[name=password]' : 'input[name=email]')?.focus())

  /** A password manager may fill the fields without telling. */
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const data = new FormData(form)
    props.typeEmail(String(data.get('email')))
    props.typePassword(String(data.get('password')))
    props.submit()
  }

  return (
    <form ref={form} class={CARD} onSubmit={submit}>
      <Field
        label={t().signIn.email}
        name="email"
        type="email"
        autocomplete="username webauthn"
        inputmode="email"
        autocapitalize="off"
        required
        value={props.email}
        onInput={(event) => props.typeEmail(event.currentTarget.value)}
      />
      <PasswordField
        label={t().signIn.password}
        name="password"
        autocomplete="current-password"
        showLabel={t().signIn.show}
        hideLabel={t().signIn.hide}
        value={props.password}
        onInput={(event) => props.typePassword(event.currentTarget.value)}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {props.error}
      </p>
      <Button kind="primary" type="submit" busy={props.busy}>
        {t().signIn.submit}
      </Button>
    </form>
  )
}
