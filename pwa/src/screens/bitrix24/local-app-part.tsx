import { createSignal, For, Show } from 'solid-js'
import type { listPortals } from '#contract/bitrix24.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { CopyLine } from '../../copy-line.tsx'
import { portalsText } from '../../text/portals.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { Part } from './part.tsx'

type Portals = OutputOf<typeof listPortals>
const STORED = 'portal-app'

/** The addresses are pasted before Bitrix24 says the id and the secret: whoever comes back from there finds the same ones. */
function keyOfApp(): string {
  const key = localStorage.getItem(STORED) ?? crypto.randomUUID()
  localStorage.setItem(STORED, key)
  return key
}

/** A local application of a portal: two addresses to paste there, and what Bitrix24 then says of it. */
export function LocalAppPart(props: { portals: Portals; changed: (portals: Portals) => void }) {
  const action = createAction()
  const [key, setKey] = createSignal(keyOfApp())
  const [clientId, setClientId] = createSignal('')
  const [secret, setSecret] = createSignal('')
  const address = (path: string) => `${props.portals.address}/${path}?app=${key()}`

  async function save() {
    props.changed(await call(api.addPortalApp, { id: key(), clientId: clientId(), secret: secret() }))
    localStorage.removeItem(STORED)
    setKey(keyOfApp())
    setClientId('')
    setSecret('')
    say(portalsText().savedApp)
  }

  return (
    <Part title={portalsText().appTitle} help={portalsText().appHelp}>
      <CopyLine name={portalsText().handler} copyLabel={portalsText().copyAddress} value={address('app')} />
      <CopyLine name={portalsText().installer} copyLabel={portalsText().copyAddress} value={address('install')} />
      <form
        class="mt-4 flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <Field
          label={portalsText().clientId}
          hint={portalsText().clientIdHint}
          required
          minlength={5}
          maxlength={100}
          pattern="[A-Za-z0-9_.\-]+"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={clientId()}
          onInput={(event) => setClientId(event.currentTarget.value.trim())}
        />
        <Field
          label={portalsText().secret}
          hint={portalsText().secretHint}
          type="password"
          required
          minlength={8}
          maxlength={200}
          autocomplete="off"
          value={secret()}
          onInput={(event) => setSecret(event.currentTarget.value.trim())}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {portalsText().saveApp}
        </Button>
      </form>
      <Show when={props.portals.apps.length > 0}>
        <h3 class="mt-5 text-small font-semibold">{portalsText().apps}</h3>
        <ul>
          <For each={props.portals.apps}>{(app) => <li class="font-mono text-meta break-all text-ink-2">{app.clientId}</li>}</For>
        </ul>
      </Show>
    </Part>
  )
}
