import { createSignal, Show } from 'solid-js'
import type { PrivacyRequest } from '#contract/privacy.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/privacy-endpoints.ts'
import { ContactSheet } from '../../contact/contact-sheet.tsx'
import { PrivacyLine } from '../../contact/privacy-line.tsx'
import { privacyText } from '../../text/privacy.ts'
import { FilterChip } from '../../ui/chip.tsx'
import { AskedList } from './asked-list.tsx'

/** What people asked about their data, the most urgent first. A tap opens whose it is, where it is answered. */
export default function RightsScreen() {
  const [settled, setSettled] = createSignal<'yes' | 'no'>('no')
  const [open, setOpen] = createSignal<PrivacyRequest['contact']['id'] | null>(null)
  const words = () => privacyText()
  const list = createPages(settled, (which, cursor) =>
    call(api.listPrivacyRequests, { settled: which, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <>
      <p class="text-small text-ink-2">{words().requestsHelp}</p>
      <div class="no-bar mt-2 flex gap-2 overflow-x-auto" role="group" aria-label={words().requests}>
        <FilterChip name={words().openOnes} chosen={settled() === 'no'} choose={() => setSettled('no')} />
        <FilterChip name={words().settledOnes} chosen={settled() === 'yes'} choose={() => setSettled('yes')} />
      </div>
      <AskedList
        pages={list}
        label={words().requests}
        loadFailed={words().loadFailed}
        empty={settled() === 'no' ? { title: words().empty, help: words().emptyHelp } : { title: words().emptySettled, help: '' }}
        open={(request) => setOpen(request.contact.id)}
      >
        {(request) => <PrivacyLine request={request} />}
      </AskedList>
      <Show when={open()} keyed>
        {(contactId) => (
          <ContactSheet
            contactId={contactId}
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
