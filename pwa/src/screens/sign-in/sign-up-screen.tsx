import { createSignal, For } from 'solid-js'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { enterSignedIn } from '../../api/session.ts'
import { goTo } from '../../door.ts'
import { countries, timeZones } from '../../lib/places.ts'
import { NewPassword } from '../../new-password.tsx'
import { own } from '../../text/own.ts'
import { language, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { CARD, Frame } from './frame.tsx'
import { refusedSentence } from './refused.ts'

/** Scrypt and a whole company take longer than other things. */
const SIGN_UP_MS = 30_000

/** A company begins. What is typed lives in this screen's memory, so that no "no" loses it. */
export default function SignUpScreen() {
  const action = createAction()
  const here = { country: guessedCountry(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  const [company, setCompany] = createSignal('')
  const [name, setName] = createSignal('')
  const [email, setEmail] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [country, setCountry] = createSignal(here.country)
  const [timeZone, setTimeZone] = createSignal(here.timeZone)

  async function begin() {
    const input = {
      company: company().trim(),
      name: name().trim(),
      email: email().trim(),
      password: password(),
      country: country(),
      timeZone: timeZone(),
      language: language(),
    }
    await call(api.signUp, input, { timeoutMs: SIGN_UP_MS })
    await enterSignedIn()
    goTo('/chats', true)
  }

  return (
    <Frame title={own().signUp.title} help={own().signUp.help}>
      <form
        class={CARD}
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(begin, (problem) => (problem.code === 'no_network' ? own().signUp.offline : refusedSentence(problem)))
        }}
      >
        <Field
          label={own().signUp.company}
          autocomplete="organization"
          minlength={2}
          maxlength={80}
          required
          value={company()}
          onInput={(event) => setCompany(event.currentTarget.value)}
        />
        <Field
          label={own().signUp.name}
          autocomplete="name"
          minlength={2}
          maxlength={80}
          required
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Field
          label={t().signIn.email}
          type="email"
          autocomplete="username"
          inputmode="email"
          autocapitalize="off"
          maxlength={254}
          required
          value={email()}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
        <NewPassword label={own().password.choose} value={password()} type={setPassword} />
        <Choice label={own().signUp.country} onChange={(event) => setCountry(event.currentTarget.value)}>
          <For each={countries(language(), here.country)}>
            {(place) => (
              <option value={place.code} selected={place.code === country()}>
                {place.name}
              </option>
            )}
          </For>
        </Choice>
        <Choice label={own().signUp.timeZone} onChange={(event) => setTimeZone(event.currentTarget.value)}>
          <For each={timeZones(here.timeZone)}>
            {(zone) => (
              <option value={zone} selected={zone === timeZone()}>
                {zone.replaceAll('_', ' ')}
              </option>
            )}
          </For>
        </Choice>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {own().signUp.submit}
        </Button>
        <Button kind="quiet" onClick={() => goTo('/')}>
          {own().signUp.haveAccount}
        </Button>
      </form>
    </Frame>
  )
}

/** The country of the browser's language, where it names one; else that of the time zone we know best. */
function guessedCountry(): string {
  const named = navigator.languages.map((tag) => new Intl.Locale(tag).region).find((region) => /^[A-Z]{2}$/.test(region ?? ''))
  return named ?? (Intl.DateTimeFormat().resolvedOptions().timeZone === 'America/Lima' ? 'PE' : 'EC')
}
