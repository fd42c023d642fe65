import { Show } from 'solid-js'
import { t } from '../text/text.ts'
import { Choice, Field } from '../ui/field.tsx'

/** What a form holds, by name, without the spaces that come with copying. */
export function givenIn(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]))
}

/** The fields of a provider's credentials. They are sent once and never shown again. */
export function CredentialFields(props: { kind: 'meta' | 'gupshup' }) {
  return (
    <Show when={props.kind === 'meta'} fallback={<GupshupFields />}>
      <MetaFields />
    </Show>
  )
}

function MetaFields() {
  return (
    <>
      <Field
        label={t().channels.phoneNumberId}
        hint={t().channels.phoneNumberIdHint}
        name="phoneNumberId"
        inputmode="numeric"
        pattern="\d{5,30}"
        autocomplete="off"
        required
      />
      <Field label={t().channels.accessToken} name="accessToken" type="password" minlength={8} autocomplete="off" required />
      <Field label={t().channels.wabaId} name="wabaId" inputmode="numeric" pattern="\d{5,30}" autocomplete="off" />
      <Field label={t().channels.appSecret} name="appSecret" type="password" minlength={8} autocomplete="off" />
      <Field label={t().channels.verifyToken} name="verifyToken" type="password" minlength={8} autocomplete="off" />
    </>
  )
}

function GupshupFields() {
  return (
    <>
      <Choice label={t().channels.access} name="access">
        <option value="self-serve">{t().channels.accesses['self-serve']}</option>
        <option value="partner">{t().channels.accesses.partner}</option>
      </Choice>
      <Field label={t().channels.appName} name="appName" maxlength={100} autocomplete="off" required />
      <Field label={t().channels.appId} name="appId" maxlength={64} autocomplete="off" required />
      <Field label={t().channels.apiKey} name="apiKey" type="password" minlength={8} autocomplete="off" required />
    </>
  )
}
