import { createSignal, For, Show } from 'solid-js'
import type { PrivacyRequest } from '#contract/privacy.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/privacy-endpoints.ts'
import { ContactSheet } from '../../contact/contact-sheet.tsx'
import { shownPhone } from '../../contact/contact-name.ts'
import { PrivacyLine } from '../../contact/privacy-line.tsx'
import { privacyText } from '../../text/privacy.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'

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
      <Show when={list.problem()}>
        {(problem) => (
          <ErrorCard
            title={words().loadFailed}
            help={sentenceOf(problem())}
            reference={problem().traceId}
            action={{ name: t().app.retry, run: () => void list.again() }}
          />
        )}
      </Show>
      <Show when={list.items().length === 0 && !list.loading() && !list.problem()}>
        <Empty
          title={settled() === 'no' ? words().empty : words().emptySettled}
          help={settled() === 'no' ? words().emptyHelp : ''}
        />
      </Show>
      <Show when={list.items().length > 0}>
        <ul
          aria-label={words().requests}
          aria-busy={list.loading()}
          class="mt-3 overflow-hidden rounded-card border border-line bg-surface"
        >
          <For each={list.items()}>
            {(request) => (
              <li class="border-line [&+&]:border-t">
                <button
                  type="button"
                  class="row flex min-h-18 w-full flex-col justify-center gap-1 px-4 py-2 text-left"
                  onClick={() => setOpen(request.contact.id)}
                >
                  <span class="nums block truncate font-semibold">{nameOf(request.contact)}</span>
                  <PrivacyLine request={request} />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={list.next()}>
        <Button class="mt-3 w-full" busy={list.loading()} onClick={() => void list.more()}>
          {words().more}
        </Button>
      </Show>
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

function nameOf({ name, phone }: PrivacyRequest['contact']): string {
  return [name, phone && shownPhone(phone)].filter(Boolean).join(' · ') || privacyText().unnamed
}
