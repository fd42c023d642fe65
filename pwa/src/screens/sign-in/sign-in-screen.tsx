import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createSignal, For, onMount, Show } from 'solid-js'
import { problemOf } from '../../api/problem.rules.ts'
import { session, signIn } from '../../api/session.ts'
import { language, problemText, setLanguage, t } from '../../text/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Segment } from '../../ui/chip.tsx'
import { Cloth } from '../../ui/weave.tsx'

const LANGUAGE_NAMES = { es: 'Español', en: 'English', pt: 'Português' } as const

/** E-mail and password. Pasting and password managers are welcome. */
export default function SignInScreen() {
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string | null>(null)
  const [isShown, setIsShown] = createSignal(false)
  const last = () => {
    const now = session()
    return now.state === 'out' ? now.last : null
  }
  let form!: HTMLFormElement
  onMount(() => form.querySelector<HTMLInputElement>(last() ? 'input[name=password]' : 'input[name=email]')?.focus())

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const data = new FormData(form)
    setBusy(true)
    setError(null)
    try {
      await signIn(String(data.get('email')).trim(), String(data.get('password')))
    } catch (failure) {
      const { code } = problemOf(failure)
      const { cause, nextStep } = problemText(code)
      setError(code === 'no_network' ? t().signIn.offline : `${cause} ${nextStep}`)
    } finally {
      setBusy(false)
    }
  }

  return (
    <main class="scroll-thin flex h-full justify-center overflow-y-auto px-5 py-10">
      <div class="m-auto w-full max-w-96">
        <Cloth />
        <h1 class="mt-5 text-title font-bold tracking-[-0.02em]">WhatsappB24</h1>
        <p class="mt-2 text-ink-2">
          <Show when={last()} fallback={t().signIn.welcome}>
            {(me) => t().signIn.again(me().person.name)}
          </Show>
        </p>
        <form
          ref={form}
          class="fold-bl mt-8 flex flex-col gap-5 rounded-card border border-line bg-surface p-5"
          onSubmit={submit}
        >
          <Field
            label={t().signIn.email}
            name="email"
            type="email"
            autocomplete="username"
            inputmode="email"
            autocapitalize="off"
            required
          />
          <Field
            label={t().signIn.password}
            name="password"
            type={isShown() ? 'text' : 'password'}
            autocomplete="current-password"
            required
            end={
              <IconButton
                label={isShown() ? t().signIn.hide : t().signIn.show}
                icon={isShown() ? EyeOff : Eye}
                aria-pressed={isShown()}
                onClick={() => setIsShown(!isShown())}
              />
            }
          />
          <p role="alert" class="text-small text-cochinilla empty:hidden">
            {error()}
          </p>
          <Button kind="primary" type="submit" busy={busy()}>
            {t().signIn.submit}
          </Button>
        </form>
        <div role="group" aria-label={t().signIn.language} class="mt-6 flex justify-center gap-1">
          <For each={['es', 'en', 'pt'] as const}>
            {(code) => (
              <Segment chosen={language() === code} choose={() => void setLanguage(code)}>
                <span lang={code}>{LANGUAGE_NAMES[code]}</span>
              </Segment>
            )}
          </For>
        </div>
      </div>
    </main>
  )
}
