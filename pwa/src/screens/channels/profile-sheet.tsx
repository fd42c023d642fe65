import { createUniqueId, For, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Profile } from '#contract/channel-provider.ts'
import { VERTICALS } from '#contract/verticals.ts'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { channelText } from '../../text/channel.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { CHECK_MS } from '../../add-number/credentials.rules.ts'
import { refusedCredentials } from '../../add-number/refused-credentials.ts'
import { verticalText } from './vertical-text.ts'

type ProfileSheetProps = { channel: Channel; profile: Profile; changed: (profile: Profile) => void; close: () => void }

/** What customers read of the company in WhatsApp, changed at the provider. */
export function ProfileSheet(props: ProfileSheetProps) {
  const id = createUniqueId()
  const action = createAction()
  const [form, setForm] = createStore(untrack(() => ({ ...props.profile, sites: props.profile.websites.join('\n') })))
  const sites = () => form.sites.split(/\s+/).filter(Boolean)

  async function save() {
    const { about, description, address, email, vertical } = form
    const profile = { about, description, address, email, vertical, websites: sites() }
    const saved = await call(api.changeProfile, { channelId: props.channel.id, profile }, { timeoutMs: CHECK_MS })
    props.changed(saved.profile)
    say(channelText().profileSaved)
    props.close()
  }

  return (
    <Sheet title={channelText().profile} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save, refusedCredentials)
        }}
      >
        <p class="text-small text-ink-2">{channelText().profileHelp}</p>
        <Field
          label={channelText().fields.about}
          maxlength={139}
          value={form.about}
          onInput={(event) => setForm('about', event.currentTarget.value)}
        />
        <Show
          when={props.channel.kind === 'meta'}
          fallback={
            <Field
              label={channelText().fields.vertical}
              maxlength={60}
              value={form.vertical}
              onInput={(event) => setForm('vertical', event.currentTarget.value)}
            />
          }
        >
          <Choice
            label={channelText().fields.vertical}
            value={form.vertical}
            onChange={(event) => setForm('vertical', event.currentTarget.value)}
          >
            <Show when={form.vertical === ''}>
              <option value="">—</option>
            </Show>
            <For each={VERTICALS}>
              {(one) => (
                <option value={one} selected={one === form.vertical}>
                  {verticalText(one)}
                </option>
              )}
            </For>
          </Choice>
        </Show>
        <Area
          id={`${id}-description`}
          label={channelText().fields.description}
          max={512}
          value={form.description}
          type={(description) => setForm('description', description)}
        />
        <Field
          label={channelText().fields.address}
          maxlength={256}
          value={form.address}
          onInput={(event) => setForm('address', event.currentTarget.value)}
        />
        <Field
          label={channelText().fields.email}
          type="email"
          maxlength={128}
          value={form.email}
          onInput={(event) => setForm('email', event.currentTarget.value)}
        />
        <Area
          id={`${id}-sites`}
          label={channelText().fields.websites}
          max={520}
          value={form.sites}
          type={(text) => setForm('sites', text)}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error() ?? (sites().length > 2 ? channelText().fields.websites : null)}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()} disabled={sites().length > 2}>
          {channelText().save}
        </Button>
      </form>
    </Sheet>
  )
}

function Area(props: { id: string; label: string; max: number; value: string; type: (text: string) => void }) {
  return (
    <div>
      <label for={props.id} class="mb-1 block text-small font-semibold">
        {props.label}
      </label>
      <textarea
        id={props.id}
        class="field min-h-20"
        rows="3"
        maxlength={props.max}
        value={props.value}
        onInput={(event) => props.type(event.currentTarget.value)}
      />
    </div>
  )
}
