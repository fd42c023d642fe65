import Lock from 'lucide-solid/icons/lock'
import { createSignal, For, Show } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import type { Client, FoundClient } from '#contract/clients.ts'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'
import { minuteNow } from '../lib/clock.ts'
import { createAsked } from '../live/create-asked.ts'
import { useDesk } from '../live/context.ts'
import { LoadProblem } from '../load-problem.tsx'
import { contactsText } from '../text/contacts.ts'
import { ago } from '../text/format.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { ClientSheet } from './client-sheet.tsx'

/** A question to somebody else's service takes its tries. */
export const CLIENT_MS = 14_000

/** What the company's own database says of a contact, with its age; nothing where none is connected. */
export function ClientCard(props: { contactId: Contact['id'] }) {
  const { desk } = useDesk()
  const asked = createAsked(() => call(api.getClientOfContact, { contactId: props.contactId }, { timeoutMs: CLIENT_MS }))
  const [isEditing, setIsEditing] = createSignal(false)
  return (
    <Show when={asked.items()?.connected !== false}>
      <section class="rounded-card border border-line bg-paper p-4" aria-busy={asked.loading()}>
        <div class="flex min-h-11 items-center gap-2">
          <h3 class="min-w-0 flex-1 font-semibold">{contactsText().client.title}</h3>
          <Show when={asked.items()?.client && asked.items()?.stale === null && desk.may('clients.write')}>
            <Button kind="quiet" class="!text-anil" onClick={() => setIsEditing(true)}>
              {contactsText().client.edit}
            </Button>
          </Show>
        </div>
        <Show when={asked.loading() && !asked.items()}>
          <p role="status" class="skeleton text-small text-ink-3">
            {contactsText().client.loading}
          </p>
        </Show>
        <LoadProblem of={asked} title={contactsText().loadFailed} />
        <Show when={asked.items()}>
          {(found) => (
            <>
              <StaleLine stale={found().stale} at={found().client?.readAt ?? null} />
              <Show
                when={found().client}
                fallback={
                  <Show when={found().stale === null}>
                    <p class="text-small text-ink-2">{contactsText().client.none}</p>
                  </Show>
                }
              >
                {(client) => (
                  <>
                    <ClientFacts client={client()} fields={found().fields} />
                    <Show when={found().stale === null}>
                      <p class="nums mt-2 text-meta text-ink-3">
                        {contactsText().client.read(ago(client().readAt, minuteNow()))}
                      </p>
                    </Show>
                    <Show when={isEditing()}>
                      <ClientSheet
                        client={client()}
                        fields={found().fields}
                        close={() => setIsEditing(false)}
                        saved={(next) => asked.put({ ...found(), client: next })}
                      />
                    </Show>
                  </>
                )}
              </Show>
            </>
          )}
        </Show>
      </section>
    </Show>
  )
}

/** Their database is away: said in words, with the age of what is shown. */
export function StaleLine(props: { stale: FoundClient['stale']; at: string | null }) {
  return (
    <Show when={props.stale}>
      <p role="status" class="mb-2 rounded-segment bg-maiz-tint px-3 py-2 text-small">
        {props.at ? contactsText().client.stale(ago(props.at, minuteNow())) : contactsText().client.staleNothing}
      </p>
    </Show>
  )
}

/** Names and values; what is not for this role stands there masked. */
export function ClientFacts(props: { client: Client; fields: FoundClient['fields'] }) {
  return (
    <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-small">
      <For each={props.fields}>
        {(field) => {
          const value = () => props.client.values[field.key]
          const isMasked = () => value()?.text === '•••' && value()?.value === null
          return (
            <>
              <dt class="text-ink-3">{field.label}</dt>
              <dd class="nums min-w-0 break-words">
                <Show when={!isMasked()} fallback={<Masked />}>
                  {value()?.text ?? <span class="text-ink-3">{contactsText().client.notSet}</span>}
                </Show>
              </dd>
            </>
          )
        }}
      </For>
    </dl>
  )
}

function Masked() {
  return (
    <span class="inline-flex items-center gap-1.5 text-ink-3">
      <Icon of={Lock} size={15} />
      {contactsText().client.masked}
    </span>
  )
}
