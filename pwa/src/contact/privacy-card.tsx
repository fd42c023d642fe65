import Download from 'lucide-solid/icons/download'
import { createSignal, For, Show } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import type { PrivacyRequest } from '#contract/privacy.ts'
import { call, callForFile } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/privacy-endpoints.ts'
import { saveFile } from '../lib/copy.ts'
import { useDesk } from '../live/context.ts'
import { createAsked } from '../live/create-asked.ts'
import { LoadProblem } from '../load-problem.tsx'
import { dayTime, today } from '../text/format.ts'
import { privacyText } from '../text/privacy.ts'
import { Button } from '../ui/button.tsx'
import { say } from '../ui/toast.tsx'
import { PrivacyLine } from './privacy-line.tsx'
import { PrivacyRequestSheet } from './privacy-request-sheet.tsx'
import { PrivacySettleSheet } from './privacy-settle-sheet.tsx'

/** A long history takes its time. */
const LONG_MS = 120_000

/** What a contact was told and has asked about their data, and the file of all of it. */
export function PrivacyCard(props: { contactId: Contact['id']; settled: () => void }) {
  const { desk } = useDesk()
  const asked = createAsked(() => call(api.listContactRequests, { contactId: props.contactId }))
  const exporting = createAction()
  const [isAdding, setIsAdding] = createSignal(false)
  const [settling, setSettling] = createSignal<PrivacyRequest | null>(null)
  const words = () => privacyText()

  async function save() {
    const { blob } = await callForFile(api.exportContact, { contactId: props.contactId }, { timeoutMs: LONG_MS })
    saveFile(`datos-${today()}.json`, blob)
    say(words().exported)
  }

  return (
    <section class="flex flex-col gap-2 rounded-card border border-line p-4" aria-label={words().card}>
      <h3 class="font-semibold">{words().card}</h3>
      <LoadProblem of={asked} title={words().loadFailed} />
      <Show when={asked.items()}>
        {(known) => (
          <>
            <p class="text-small text-ink-2">
              <Show when={known().notice} fallback={words().notTold}>
                {(notice) => words().told(notice().version, dayTime(notice().at))}
              </Show>
            </p>
            <Show when={known().items.length > 0} fallback={<p class="text-small text-ink-2">{words().nothing}</p>}>
              <ul class="grid gap-3">
                <For each={known().items}>
                  {(request) => (
                    <li class="flex flex-wrap items-start justify-between gap-2">
                      <span class="min-w-0 flex-1 basis-50">
                        <PrivacyLine request={request} />
                      </span>
                      <Show when={request.state === 'open' && desk.may('privacy.manage')}>
                        <Button onClick={() => setSettling(request)}>{words().settle}</Button>
                      </Show>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </>
        )}
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {exporting.error()}
      </p>
      <div class="flex flex-wrap gap-2">
        <Show when={desk.may('contacts.write')}>
          <Button onClick={() => setIsAdding(true)}>{words().add}</Button>
        </Show>
        <Show when={desk.may('privacy.manage')}>
          <Button icon={Download} busy={exporting.busy()} onClick={() => void exporting.run(save)}>
            {words().export}
          </Button>
        </Show>
      </div>
      <Show when={isAdding()}>
        <PrivacyRequestSheet
          contactId={props.contactId}
          answerDays={asked.items()?.answerDays ?? null}
          saved={() => void asked.again()}
          close={() => setIsAdding(false)}
        />
      </Show>
      <Show when={settling()}>
        {(request) => (
          <PrivacySettleSheet
            request={request()}
            saved={() => {
              void asked.again()
              props.settled()
            }}
            close={() => setSettling(null)}
          />
        )}
      </Show>
    </section>
  )
}
