import { createSignal, For, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Client, FoundClient } from '#contract/clients.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/endpoints.ts'
import { contactsText } from '../text/contacts.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { say } from '../ui/toast.tsx'

const WRITE_MS = 20_000

type ClientSheetProps = {
  /** null: a new one. */
  client: Client | null
  fields: FoundClient['fields']
  close: () => void
  saved: (client: Client) => void
}

const textOf = (client: Client | null, key: string): string => String(client?.values[key]?.value ?? '')

/** A client of the company's own database: written through, or both versions side by side when somebody was faster. */
export function ClientSheet(props: ClientSheetProps) {
  const action = createAction()
  const [read, setRead] = createSignal(untrack(() => props.client))
  const [conflict, setConflict] = createSignal<Client | null>(null)
  const editable = () => props.fields.filter((field) => field.editable)
  const [values, setValues] = createStore<Record<string, string>>(
    Object.fromEntries(untrack(() => props.fields).map(({ key }) => [key, textOf(untrack(read), key)])),
  )
  const [phone, setPhone] = createSignal('')
  const changed = () => editable().filter(({ key }) => (values[key] ?? '') !== textOf(read(), key))

  function done(client: Client) {
    props.saved(client)
    say(contactsText().client.saved)
    props.close()
  }

  async function save() {
    const given = Object.fromEntries(changed().map(({ key }) => [key, values[key] || null]))
    const client = read()
    if (!client) {
      done(await call(api.addClient, { phone: phone(), values: given }, { timeoutMs: WRITE_MS }))
      return
    }
    if (Object.keys(given).length === 0) return props.close()
    const { clientId, version } = client
    const answer = await call(api.changeClient, { clientId, version, values: given }, { timeoutMs: WRITE_MS })
    if (answer.client) done(answer.client)
    else setConflict(answer.conflict)
  }

  /** Theirs is what mine is written over now; it was seen. What I did not touch becomes theirs. */
  function keepMine(theirs: Client) {
    const mine = new Set(changed().map(({ key }) => key))
    for (const { key } of editable()) if (!mine.has(key)) setValues(key, textOf(theirs, key))
    setRead(theirs)
    setConflict(null)
    void action.run(save)
  }

  function keepTheirs(theirs: Client) {
    props.saved(theirs)
    props.close()
  }

  return (
    <Sheet
      title={props.client ? contactsText().client.editTitle : contactsText().client.addTitle}
      closeLabel={t().app.close}
      close={props.close}
    >
      <div class="p-5">
        <Show
          when={conflict()}
          fallback={
            <form
              class="flex flex-col gap-4"
              onSubmit={(event) => {
                event.preventDefault()
                void action.run(save)
              }}
            >
              <Show when={!props.client}>
                <Field
                  label={contactsText().card.phone}
                  hint={contactsText().card.phoneHint}
                  type="tel"
                  inputmode="tel"
                  required
                  maxlength={40}
                  autocomplete="off"
                  value={phone()}
                  onInput={(event) => setPhone(event.currentTarget.value)}
                />
              </Show>
              <For each={editable()}>
                {(field) => (
                  <Field
                    label={field.label}
                    hint={field.kind === 'date' ? contactsText().client.dateHint : undefined}
                    autocomplete="off"
                    maxlength={500}
                    inputmode={field.kind === 'money' || field.kind === 'number' ? 'decimal' : undefined}
                    value={values[field.key] ?? ''}
                    onInput={(event) => setValues(field.key, event.currentTarget.value)}
                  />
                )}
              </For>
              <p role="alert" class="text-small text-cochinilla empty:hidden">
                {action.error()}
              </p>
              <Button kind="primary" type="submit" busy={action.busy()}>
                {contactsText().client.save}
              </Button>
            </form>
          }
        >
          {(theirs) => (
            <Conflict
              fields={changed()}
              mine={values}
              theirs={theirs()}
              keepMine={() => keepMine(theirs())}
              keepTheirs={() => keepTheirs(theirs())}
            />
          )}
        </Show>
      </div>
    </Sheet>
  )
}

type ConflictProps = {
  fields: FoundClient['fields']
  mine: Record<string, string>
  theirs: Client
  keepMine: () => void
  keepTheirs: () => void
}

function Conflict(props: ConflictProps) {
  return (
    <div class="flex flex-col gap-4">
      <p class="font-semibold">{contactsText().client.conflictTitle}</p>
      <p class="text-small text-ink-2">{contactsText().client.conflictHelp}</p>
      <table class="w-full text-left text-small">
        <thead>
          <tr class="text-ink-3">
            <th class="py-1 pr-2 font-normal">
              <span class="sr-only">{contactsText().source.fields}</span>
            </th>
            <th class="py-1 pr-2 font-semibold">{contactsText().client.mine}</th>
            <th class="py-1 font-semibold">{contactsText().client.theirs}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.fields}>
            {(field) => (
              <tr class="border-t border-line align-top">
                <th scope="row" class="py-2 pr-2 font-normal text-ink-3">
                  {field.label}
                </th>
                <td class="nums py-2 pr-2 break-words">{props.mine[field.key] || contactsText().client.notSet}</td>
                <td class="nums py-2 break-words">{props.theirs.values[field.key]?.text ?? contactsText().client.notSet}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <div class="flex flex-wrap gap-2">
        <Button kind="primary" onClick={() => props.keepMine()}>
          {contactsText().client.keepMine}
        </Button>
        <Button onClick={() => props.keepTheirs()}>{contactsText().client.keepTheirs}</Button>
      </div>
    </div>
  )
}
