import { Show } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { contactsText } from '../../text/contacts.ts'
import { SourceForm } from './source-form.tsx'

/** How the company's own client database is reached. */
export default function ClientSourceScreen() {
  const asked = createAsked(() => call(api.getClientSource, {}))
  return (
    <PartPage title={contactsText().source.title}>
      <p class="mb-4 text-small text-ink-2">{contactsText().source.help}</p>
      <LoadProblem of={asked} title={contactsText().loadFailed} />
      <Show when={asked.items()} keyed>
        {({ source }) => <SourceForm source={source} saved={(next) => asked.put({ source: next })} />}
      </Show>
    </PartPage>
  )
}
