import { createSignal, For, Show, untrack } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import type { OutputOf } from '#contract/endpoint.ts'
import type { ClientField, ClientSource, testClientSource } from '#contract/clients.ts'
import { currencyOf } from '#contract/countries.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { ClientFacts } from '../../contact/client-card.tsx'
import { useDesk } from '../../live/context.ts'
import { contactsText } from '../../text/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { blankSettings, type Settings } from './blank.ts'
import { SourceFields } from './source-fields.tsx'

const TEST_MS = 20_000
const AUTHS: readonly Settings['auth'][] = ['none', 'bearer', 'basic', 'header']
/** Every path and parameter, in the order in which they are asked for. */
const PATHS = [
  ...(['listPath', 'onePath', 'phoneParam', 'searchParam', 'cursorParam', 'itemsPath'] as const),
  ...(['nextPath', 'idPath', 'phonePath', 'versionPath', 'currency'] as const),
]
const MAY_BE_EMPTY = new Set<string>(['itemsPath', 'nextPath', 'versionPath'])
const isAuth = (text: string): text is Settings['auth'] => AUTHS.some((auth) => auth === text)

type Tested = OutputOf<typeof testClientSource>

/** Address, sign-in, what stands where in their JSON: tried before it is kept. */
export function SourceForm(props: { source: ClientSource | null; saved: (source: ClientSource) => void }) {
  const { desk } = useDesk()
  const words = () => contactsText().source
  const saving = createAction()
  const testing = createAction()
  const start = untrack(() => {
    const { source } = props
    if (!source) return blankSettings(currencyOf(desk.me.account.country), words().samples)
    const { hasSecret: _has, rev: _rev, ...settings } = source
    return settings
  })
  const [settings, setSettings] = createStore<Settings>(structuredClone(start))
  const [secret, setSecret] = createSignal('')
  const [phone, setPhone] = createSignal('')
  const [tested, setTested] = createSignal<Tested | null>(null)
  let form!: HTMLFormElement

  const given = () => ({ ...structuredClone(unwrap(settings)), ...(secret() ? { secret: secret() } : {}) })

  async function test() {
    setTested(null)
    setTested(await call(api.testClientSource, { ...given(), ...(phone() ? { phone: phone() } : {}) }, { timeoutMs: TEST_MS }))
  }

  async function save() {
    props.saved(await call(api.changeClientSource, given()))
    say(words().saved)
  }

  function addField() {
    const blank: ClientField = { key: '', label: '', path: '', kind: 'text', sensitive: false, editable: false }
    setSettings('fields', settings.fields.length, blank)
  }

  return (
    <form
      ref={form}
      class="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        void saving.run(save)
      }}
    >
      <Field
        label={words().baseUrl}
        hint={words().baseUrlHint}
        type="url"
        required
        maxlength={300}
        autocomplete="off"
        value={settings.baseUrl}
        onInput={(event) => setSettings('baseUrl', event.currentTarget.value)}
      />
      <Choice
        label={words().auth}
        value={settings.auth}
        onChange={(event) => isAuth(event.currentTarget.value) && setSettings('auth', event.currentTarget.value)}
      >
        <For each={AUTHS}>
          {(auth) => (
            <option value={auth} selected={auth === settings.auth}>
              {words().auths[auth]}
            </option>
          )}
        </For>
      </Choice>
      <Show when={settings.auth === 'basic' || settings.auth === 'header'}>
        <Field
          label={settings.auth === 'basic' ? words().user : words().header}
          required
          maxlength={100}
          autocomplete="off"
          autocapitalize="none"
          value={settings.authName}
          onInput={(event) => setSettings('authName', event.currentTarget.value)}
        />
      </Show>
      <Show when={settings.auth !== 'none'}>
        <Field
          label={words().secret}
          hint={props.source?.hasSecret ? words().secretKept : undefined}
          type="password"
          autocomplete="new-password"
          maxlength={2000}
          required={!props.source?.hasSecret}
          value={secret()}
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
      </Show>
      <details class="rounded-card border border-line bg-surface px-4">
        <summary class="flex min-h-12 cursor-pointer items-center font-semibold">{words().more}</summary>
        <div class="grid gap-3 pb-4 tablet:grid-cols-2">
          <For each={PATHS}>
            {(name) => (
              <Field
                label={words()[name]}
                hint={name === 'onePath' ? words().onePathHint : undefined}
                required={!MAY_BE_EMPTY.has(name)}
                maxlength={200}
                autocomplete="off"
                autocapitalize="none"
                value={settings[name]}
                onInput={(event) => setSettings(name, event.currentTarget.value)}
              />
            )}
          </For>
          <Choice
            label={words().writeMethod}
            value={settings.writeMethod}
            onChange={(event) => setSettings('writeMethod', event.currentTarget.value === 'PUT' ? 'PUT' : 'PATCH')}
          >
            <For each={['PATCH', 'PUT']}>
              {(method) => (
                <option value={method} selected={method === settings.writeMethod}>
                  {method}
                </option>
              )}
            </For>
          </Choice>
        </div>
      </details>
      <SourceFields
        fields={settings.fields}
        change={(at, part) => setSettings('fields', at, part)}
        add={addField}
        remove={(at) => setSettings('fields', (fields) => fields.filter((_, place) => place !== at))}
      />
      <section class="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
        <Field
          label={words().testPhone}
          type="tel"
          inputmode="tel"
          autocomplete="off"
          maxlength={40}
          value={phone()}
          onInput={(event) => setPhone(event.currentTarget.value)}
        />
        <Button busy={testing.busy()} onClick={() => form.reportValidity() && void testing.run(test)}>
          {words().test}
        </Button>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {testing.error()}
        </p>
        <div role="status">
          <Show when={tested()}>{(said) => <TestResult said={said()} fields={settings.fields} />}</Show>
        </div>
      </section>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {saving.error()}
      </p>
      <Button kind="primary" type="submit" busy={saving.busy()}>
        {words().save}
      </Button>
    </form>
  )
}

function TestResult(props: { said: Tested; fields: ClientField[] }) {
  const words = () => contactsText().source
  return (
    <Show
      when={props.said.client}
      fallback={
        <p class="rounded-segment bg-maiz-tint px-3 py-2 text-small">
          {props.said.failure ? words().failures[props.said.failure] : ''}{' '}
          {props.said.status ? words().status(props.said.status) : ''}
        </p>
      }
    >
      {(client) => (
        <>
          <p class="mb-2 text-small font-semibold text-eucalipto">{words().works}</p>
          <ClientFacts client={client()} fields={props.fields} />
        </>
      )}
    </Show>
  )
}
