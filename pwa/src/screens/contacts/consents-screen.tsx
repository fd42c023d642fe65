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
import { ContactSheet } from '../../contact/contact-sheet.tsx'
import { useDesk } from '../../live/context.ts'
import { consentsText } from '../../text/consents.ts'
import { contactsText } from '../../text/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { AskedList } from './asked-list.tsx'
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
      <AskedList
        pages={list}
        label={consentsText().title}
        loadFailed={contactsText().loadFailed}
        empty={
          isFiltered()
            ? { title: consentsText().noMatch, help: '' }
            : { title: consentsText().empty, help: consentsText().emptyHelp }
        }
        open={(consent) => setOpen(consent.contact)}
      >
        {(consent) => <ConsentLine consent={consent} />}
      </AskedList>
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
