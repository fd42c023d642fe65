import { createSignal, For, Show } from 'solid-js'
import type { Factors } from '#contract/session.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { hasPasskeys, makePasskey } from '../../api/passkeys.ts'
import { deviceName } from '../../lib/device-name.rules.ts'
import { dayTime } from '../../text/format.ts'
import { own } from '../../text/own.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { CurrentPassword, wrongPassword } from './current-password.tsx'
import { Refused, Section } from './section.tsx'

type Passkey = Factors['passkeys'][number]

/** The passkeys of this person. */
export function Passkeys(props: { factors: Factors; changed: (factors: Factors) => void }) {
  const action = createAction()
  const [isAdding, setIsAdding] = createSignal(false)
  const [leaving, setLeaving] = createSignal<Passkey | null>(null)
  async function remove() {
    const passkey = leaving()
    if (!passkey) return
    props.changed(await call(api.removePasskey, { passkeyId: passkey.id }))
    setLeaving(null)
  }

  return (
    <Section title={own().passkeys.title}>
      <p class="text-small text-ink-2">{own().passkeys.help}</p>
      <ul class="grid gap-2">
        <For each={props.factors.passkeys} fallback={<li class="text-small text-ink-3">{own().passkeys.none}</li>}>
          {(passkey) => (
            <li class="flex flex-wrap items-center gap-2 rounded-slip border border-line p-3">
              <p class="min-w-40 flex-1">
                <span class="block font-semibold wrap-anywhere">{passkey.name}</span>
                <span class="nums block text-meta text-ink-3">
                  {passkey.lastUsedAt ? own().passkeys.used(dayTime(passkey.lastUsedAt)) : own().account.never}
                </span>
              </p>
              <Button aria-label={`${own().passkeys.remove}: ${passkey.name}`} onClick={() => setLeaving(passkey)}>
                {own().passkeys.remove}
              </Button>
            </li>
          )}
        </For>
      </ul>
      <Show when={hasPasskeys()} fallback={<p class="text-small text-ink-3">{own().passkeys.unsupported}</p>}>
        <Show
          when={isAdding()}
          fallback={
            <Button class="self-start" onClick={() => setIsAdding(true)}>
              {own().passkeys.add}
            </Button>
          }
        >
          <AddPasskey added={props.changed} close={() => setIsAdding(false)} />
        </Show>
      </Show>
      <Show when={leaving()}>
        {(passkey) => (
          <Sheet
            small
            title={own().passkeys.removeSure(passkey().name)}
            closeLabel={t().app.close}
            close={() => setLeaving(null)}
          >
            <div class="flex flex-col gap-3 p-5">
              <p class="text-small text-ink-2">{own().passkeys.removeHelp}</p>
              <Refused error={action.error()} />
              <div class="flex flex-wrap justify-end gap-2">
                <Button kind="quiet" onClick={() => setLeaving(null)}>
                  {t().app.cancel}
                </Button>
                <Button kind="sure" busy={action.busy()} onClick={() => void action.run(remove)}>
                  {own().passkeys.remove}
                </Button>
              </div>
            </div>
          </Sheet>
        )}
      </Show>
    </Section>
  )
}

function AddPasskey(props: { added: (factors: Factors) => void; close: () => void }) {
  const action = createAction()
  const here = deviceName(navigator.userAgent)
  const [name, setName] = createSignal(here ? own().devices.name(here.browser, here.system) : own().passkeys.here)
  const [password, setPassword] = createSignal('')
  const [isCancelled, setIsCancelled] = createSignal(false)
  async function add() {
    setIsCancelled(false)
    const factors = await makePasskey(name().trim(), password())
    setIsCancelled(!factors)
    if (!factors) return
    props.added(factors)
    props.close()
  }
  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void action.run(add, wrongPassword)
      }}
    >
      <Field
        label={own().passkeys.name}
        maxlength={60}
        required
        value={name()}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <CurrentPassword value={password()} type={setPassword} />
      <Refused error={action.error() ?? (isCancelled() ? own().passkeys.cancelled : null)} />
      <div class="flex flex-wrap gap-2">
        <Button kind="primary" type="submit" busy={action.busy()}>
          {own().passkeys.add}
        </Button>
        <Button kind="quiet" onClick={() => props.close()}>
          {t().app.cancel}
        </Button>
      </div>
    </form>
  )
}
