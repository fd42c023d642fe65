import { createSignal, For, Show } from 'solid-js'
import type { Consent } from '#contract/consents.ts'
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'
import { useDesk } from '../live/context.ts'
import { createAsked } from '../live/create-asked.ts'
import { LoadProblem } from '../load-problem.tsx'
import { consentsText } from '../text/consents.ts'
import { contactsText } from '../text/contacts.ts'
import { Button } from '../ui/button.tsx'
import { ConsentLine } from './consent-line.tsx'
import { ConsentSheet } from './consent-sheet.tsx'

/** Whether a contact wants messages of the company: what holds, what was said before, and writing down something new. */
export function ConsentCard(props: { contactId: Contact['id'] }) {
  const { desk } = useDesk()
  const asked = createAsked(async () => (await call(api.listContactConsents, { contactId: props.contactId })).items)
  const [saying, setSaying] = createSignal<Consent['state'] | null>(null)
  const holding = () => (asked.items() ?? []).filter(({ holds }) => holds)
  const before = () => (asked.items() ?? []).filter(({ holds }) => !holds)
  return (
    <section class="flex flex-col gap-2 rounded-card border border-line p-4" aria-label={consentsText().says}>
      <h3 class="font-semibold">{consentsText().says}</h3>
      <LoadProblem of={asked} title={contactsText().loadFailed} />
      <Show when={asked.items()}>
        <Show when={holding().length > 0} fallback={<p class="text-small text-ink-2">{consentsText().nothing}</p>}>
          <Lines list={holding()} />
        </Show>
        <Show when={before().length > 0}>
          <details>
            <summary class="flex min-h-11 cursor-pointer items-center text-small text-anil">{consentsText().history}</summary>
            <Lines list={before()} />
          </details>
        </Show>
      </Show>
      <Show when={desk.may('contacts.write')}>
        <div class="flex flex-wrap gap-2">
          <Button onClick={() => setSaying('out')}>{consentsText().sayOut}</Button>
          <Show when={desk.may('consents.manage')}>
            <Button onClick={() => setSaying('in')}>{consentsText().sayIn}</Button>
          </Show>
        </div>
      </Show>
      <Show when={saying()}>
        {(state) => (
          <ConsentSheet
            contactId={props.contactId}
            state={state()}
            saved={() => void asked.again()}
            close={() => setSaying(null)}
          />
        )}
      </Show>
    </section>
  )
}

function Lines(props: { list: readonly Consent[] }) {
  return (
    <ul class="grid gap-2">
      <For each={props.list}>
        {(consent) => (
          <li>
            <ConsentLine consent={consent} />
          </li>
        )}
      </For>
    </ul>
  )
}
