import FileUp from 'lucide-solid/icons/file-up'
import Plus from 'lucide-solid/icons/plus'
import { useLocation } from '@solidjs/router'
import { createSignal, For, onCleanup, Show } from 'solid-js'
import { CONSENT_STATES } from '#contract/consent-words.ts'
import type { Consent } from '#contract/consents.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/endpoints.ts'
import { ConsentLine } from '../../contact/consent-line.tsx'
import { NumberChoice } from '../../contact/consent-fields.tsx'
import { ConsentSheet } from '../../contact/consent-sheet.tsx'
import { shownPhone } from '../../contact/contact-name.ts'
import { ContactSheet } from '../../contact/contact-sheet.tsx'
import { useDesk } from '../../live/context.ts'
import { consentsText } from '../../text/consents.ts'
import { contactsText } from '../../text/contacts.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'
import { ConsentImport } from './consent-import.tsx'

const TYPING_MS = 220

/** Who agrees to be written to and who does not, for which number, how and since when. */
export default function ConsentsScreen() {
  const { desk } = useDesk()
  const location = useLocation<undefined>()
  const [state, setState] = createSignal<Consent['state'] | null>(null)
  const [channel, setChannel] = createSignal(new URLSearchParams(location.search).get('channel') ?? '')
  const [words, setWords] = createSignal('')
  const [open, setOpen] = createSignal<'add' | 'import' | Consent['contact'] | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const list = createPages(
    () => ({ state: state(), channel: channel(), q: words() }),
    (filter, cursor) =>
      call(api.listConsents, {
        ...(filter.state ? { state: filter.state } : {}),
        ...(filter.channel ? { channel: filter.channel } : {}),
        ...(filter.q ? { q: filter.q } : {}),
        ...(cursor ? { cursor } : {}),
      }),
  )
  const isFiltered = () => state() !== null || channel() !== '' || words() !== ''

  function type(text: string) {
    clearTimeout(timer)
    timer = setTimeout(() => setWords(text.trim()), TYPING_MS)
  }
  const contact = () => {
    const now = open()
    return typeof now === 'object' ? now : null
  }

  return (
    <>
      <p class="text-small text-ink-2">{consentsText().help}</p>
      <p class="mt-1 mb-3 text-meta text-ink-3">{consentsText().gupshup}</p>
      <div class="mb-3 flex flex-wrap gap-2">
        <Button kind="primary" icon={Plus} onClick={() => setOpen('add')}>
          {consentsText().add}
        </Button>
        <Button icon={FileUp} onClick={() => setOpen('import')}>
          {consentsText().import}
        </Button>
      </div>
      <div class="grid gap-3 tablet:grid-cols-2">
        <Field
          label={consentsText().search}
          type="search"
          autocomplete="off"
          maxlength={100}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <NumberChoice value={channel()} choose={setChannel} numbers={desk.channels()} />
      </div>
      <div class="no-bar mt-2 flex gap-2 overflow-x-auto" role="group" aria-label={consentsText().state}>
        <FilterChip name={consentsText().all} chosen={state() === null} choose={() => setState(null)} />
        <For each={CONSENT_STATES}>
          {(one) => <FilterChip name={consentsText().filters[one]} chosen={state() === one} choose={() => setState(one)} />}
        </For>
      </div>
      <Show when={list.problem()}>
        {(problem) => (
          <ErrorCard
            title={contactsText().loadFailed}
            help={sentenceOf(problem())}
            reference={problem().traceId}
            action={{ name: t().app.retry, run: () => void list.again() }}
          />
        )}
      </Show>
      <Show when={list.items().length === 0 && !list.loading() && !list.problem()}>
        <Empty
          title={isFiltered() ? consentsText().noMatch : consentsText().empty}
          help={isFiltered() ? '' : consentsText().emptyHelp}
        />
      </Show>
      <Show when={list.items().length > 0}>
        <ul
          aria-label={consentsText().title}
          aria-busy={list.loading()}
          class="mt-3 overflow-hidden rounded-card border border-line bg-surface"
        >
          <For each={list.items()}>
            {(consent) => (
              <li class="border-line [&+&]:border-t">
                <button
                  type="button"
                  class="row flex min-h-18 w-full flex-col justify-center gap-1 px-4 py-2 text-left"
                  onClick={() => setOpen(consent.contact)}
                >
                  <span class="nums block truncate font-semibold">{nameOf(consent.contact)}</span>
                  <ConsentLine consent={consent} />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={list.next()}>
        <Button class="mt-3 w-full" busy={list.loading()} onClick={() => void list.more()}>
          {contactsText().more}
        </Button>
      </Show>
      <Show when={open() === 'add'}>
        <ConsentSheet contactId={null} state={null} saved={() => void list.again()} close={() => setOpen(null)} />
      </Show>
      <Show when={open() === 'import'}>
        <ConsentImport imported={() => void list.again()} close={() => setOpen(null)} />
      </Show>
      <Show when={contact()} keyed>
        {(one) => (
          <ContactSheet
            contactId={one.id}
            close={() => {
              setOpen(null)
              void list.again()
            }}
          />
        )}
      </Show>
    </>
  )
}

function nameOf({ name, phone }: Consent['contact']): string {
  return [name, phone && shownPhone(phone)].filter(Boolean).join(' · ') || contactsText().unnamed
}
