import { createSignal, Show } from 'solid-js'
import type { Party } from '#contract/papers.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/paper-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { PartyLines, PartySheet } from '../../party-sheet.tsx'
import { papersText } from '../../text/papers.ts'
import { sentenceOf } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'

/** To whom the company's receipts are made out. */
export function FiscalCard() {
  const { desk } = useDesk()
  const words = () => papersText()
  const asked = createAsked(() => call(api.getFiscal, {}))
  const [editing, setEditing] = createSignal(false)

  async function save(party: Party): Promise<void> {
    await call(api.setFiscal, party)
    setEditing(false)
    say(words().fiscalSaved)
    void asked.again()
  }

  return (
    <section class="grid gap-2 rounded-card border border-line bg-surface p-4" aria-labelledby="fiscal">
      <h2 id="fiscal" class="text-heading font-bold">
        {words().fiscal}
      </h2>
      <Show when={asked.problem()}>
        {(problem) => (
          <p role="alert" class="text-small text-cochinilla">
            {words().loadFailed}. {sentenceOf(problem())}
          </p>
        )}
      </Show>
      <Show when={asked.items()}>
        {(found) => (
          <>
            <Show when={found().fiscal} fallback={<p class="text-small text-ink-2">{words().fiscalNone(found().company)}</p>}>
              {(party) => (
                <div>
                  <PartyLines party={party()} />
                  <p class="mt-1 text-meta text-ink-3">{words().fiscalHelp}</p>
                </div>
              )}
            </Show>
            <Show when={desk.may('billing.manage')}>
              <Button class="justify-self-start" onClick={() => setEditing(true)}>
                {found().fiscal ? words().change : words().fill}
              </Button>
            </Show>
            <Show when={editing()}>
              <PartySheet
                title={words().fiscal}
                help={words().fiscalHelp}
                party={found().fiscal}
                close={() => setEditing(false)}
                save={save}
              />
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}
