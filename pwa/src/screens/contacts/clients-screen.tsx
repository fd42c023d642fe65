import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, onCleanup, Show } from 'solid-js'
import type { Client, FoundClient } from '#contract/clients.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/endpoints.ts'
import { CLIENT_MS, ClientFacts, StaleLine } from '../../contact/client-card.tsx'
import { ClientSheet } from '../../contact/client-sheet.tsx'
import { LoadProblem } from '../../load-problem.tsx'
import { contactsText } from '../../text/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'

const TYPING_MS = 350

type About = Pick<FoundClient, 'connected' | 'fields' | 'stale'>

/** The company's own clients, as their database lists them; what was read before while it is away. */
export default function ClientsScreen() {
  const [typed, setTyped] = createSignal('')
  const [words, setWords] = createSignal('')
  const [about, setAbout] = createSignal<About | null>(null)
  const [open, setOpen] = createSignal<Client | 'new' | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const list = createPages(words, async (q, cursor) => {
    const page = await call(api.listClients, { ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) }, { timeoutMs: CLIENT_MS })
    setAbout({ connected: page.connected, fields: page.fields, stale: page.stale })
    return page
  })
  const oldest = () =>
    list
      .items()
      .map(({ readAt }) => readAt)
      .toSorted()[0] ?? null
  const edited = () => {
    const now = open()
    return now === 'new' ? null : now
  }

  function type(text: string) {
    setTyped(text)
    clearTimeout(timer)
    timer = setTimeout(() => setWords(text.trim()), TYPING_MS)
  }

  return (
    <Show
      when={about()?.connected !== false}
      fallback={<Empty title={contactsText().client.notConnected} help={contactsText().client.notConnectedHelp} />}
    >
      <div class="mb-3 flex items-end gap-2">
        <Field
          class="min-w-0 flex-1"
          label={contactsText().client.search}
          type="search"
          autocomplete="off"
          maxlength={100}
          value={typed()}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <Button kind="primary" icon={Plus} disabled={about()?.stale !== null} onClick={() => setOpen('new')}>
          {contactsText().add}
        </Button>
      </div>
      <StaleLine stale={about()?.stale ?? null} at={oldest()} />
      <LoadProblem of={list} title={contactsText().loadFailed} />
      <Show when={list.items().length === 0 && !list.loading() && about()?.stale === null}>
        <Empty title={contactsText().client.empty} help={contactsText().noMatchHelp} />
      </Show>
      <Show when={list.loading() && list.items().length === 0}>
        <p role="status" class="skeleton text-small text-ink-3">
          {contactsText().client.loading}
        </p>
      </Show>
      <ul aria-label={contactsText().clients} aria-busy={list.loading()} class="grid gap-2 tablet:grid-cols-2">
        <For each={list.items()}>
          {(client) => (
            <li>
              <button
                type="button"
                class="row w-full rounded-card border border-line bg-surface p-4 text-left"
                disabled={about()?.stale !== null}
                onClick={() => setOpen(client)}
              >
                <ClientFacts client={client} fields={about()?.fields ?? []} />
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={list.next()}>
        <Button class="mt-3 w-full" busy={list.loading()} onClick={() => void list.more()}>
          {contactsText().more}
        </Button>
      </Show>
      <Show when={open() !== null}>
        <ClientSheet
          client={edited()}
          fields={about()?.fields ?? []}
          close={() => setOpen(null)}
          saved={(client) => {
            if (edited()) list.replace((old) => (old.clientId === client.clientId ? client : old))
            else void list.again()
          }}
        />
      </Show>
    </Show>
  )
}
