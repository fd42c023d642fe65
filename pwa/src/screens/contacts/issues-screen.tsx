import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { Contact, ContactIssue } from '#contract/contacts.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { ContactFacts } from '../../contact/contact-facts.tsx'
import { ContactSheet } from '../../contact/contact-sheet.tsx'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { contactsText } from '../../text/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { say } from '../../ui/toast.tsx'

type Kind = ContactIssue['kind']
const KINDS: readonly Kind[] = ['incomplete', 'duplicate', 'conflict']

/** What a supervisor puts right: one card each, with what can be done about it. */
export default function IssuesScreen() {
  const [kind, setKind] = createSignal<Kind>('incomplete')
  const [open, setOpen] = createSignal<Contact['id'] | null>(null)
  const list = createAsked(() => call(api.listContactIssues, { kind: kind() }))
  createEffect(on(kind, () => void list.again(), { defer: true }))
  const items = () => (list.items()?.items ?? []).filter((issue) => issue.kind === kind())

  return (
    <>
      <div class="no-bar mb-3 flex gap-2 overflow-x-auto" role="group" aria-label={contactsText().issues}>
        <For each={KINDS}>
          {(one) => (
            <FilterChip
              name={contactsText().issue.kinds[one]}
              count={list.items()?.counts[one]}
              chosen={kind() === one}
              choose={() => setKind(one)}
            />
          )}
        </For>
      </div>
      <LoadProblem of={list} title={contactsText().loadFailed} />
      <Show when={list.items() && items().length === 0 && !list.loading()}>
        <Empty title={contactsText().issue.empty} help={contactsText().issue.emptyHelp} />
      </Show>
      <ul class="grid gap-3" aria-busy={list.loading()}>
        <For each={items()}>{(issue) => <IssueCard issue={issue} open={setOpen} settled={() => void list.again()} />}</For>
      </ul>
      <Show when={open()} keyed>
        {(id) => (
          <ContactSheet
            contactId={id}
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

function IssueCard(props: { issue: ContactIssue; open: (id: Contact['id']) => void; settled: () => void }) {
  const action = createAction()
  const words = () => contactsText().issue
  const id = () => props.issue.contact.id

  const why = () => {
    const { kind, shared, proposal, contact } = props.issue
    if (kind === 'duplicate') return shared ? words().shared[shared] : ''
    if (kind === 'conflict') return words().proposes(Object.values(proposal ?? {}).join(' · '))
    return contact.phone === null ? words().missingPhone : words().missingName
  }

  async function settle(more: { take?: boolean }) {
    await call(api.settleContactIssue, { contactId: id(), kind: props.issue.kind, ...more })
    say(words().done)
    props.settled()
  }
  const accept = () => settle({})
  const take = () => settle({ take: true })

  async function merge() {
    for (const other of props.issue.others) await call(api.mergeContacts, { contactId: id(), spareId: other.id })
    say(contactsText().card.merged)
    props.settled()
  }

  return (
    <li class="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <p class="text-small font-semibold">{why()}</p>
      <For each={[props.issue.contact, ...props.issue.others]}>
        {(contact) => (
          <button
            type="button"
            class="row -mx-2 flex min-h-14 rounded-slip px-2 text-left"
            onClick={() => props.open(contact.id)}
          >
            <ContactFacts contact={contact} />
          </button>
        )}
      </For>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <div class="flex flex-wrap gap-2">
        <Show when={props.issue.kind === 'incomplete'}>
          <Button kind="primary" onClick={() => props.open(id())}>
            {words().fix}
          </Button>
        </Show>
        <Show when={props.issue.kind === 'duplicate'}>
          <Button kind="primary" busy={action.busy()} onClick={() => void action.run(merge)}>
            {words().merge}
          </Button>
        </Show>
        <Show when={props.issue.kind === 'conflict'}>
          <Button kind="primary" busy={action.busy()} onClick={() => void action.run(take)}>
            {words().take}
          </Button>
        </Show>
        <Button busy={action.busy()} onClick={() => void action.run(accept)}>
          {props.issue.kind === 'conflict'
            ? words().keep
            : props.issue.kind === 'duplicate'
              ? words().acceptDuplicate
              : words().accept}
        </Button>
      </div>
    </li>
  )
}
