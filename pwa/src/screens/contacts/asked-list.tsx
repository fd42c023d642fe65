import { For, Show, type JSX } from 'solid-js'
import type { Pages } from '../../api/create-pages.ts'
import { shownPhone } from '../../contact/contact-name.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { contactsText } from '../../text/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'

type OfContact = { contact: { name: string | null; phone: string | null } }
type AskedListProps<Item> = {
  pages: Pages<Item>
  label: string
  empty: { title: string; help: string }
  loadFailed: string
  open: (item: Item) => void
  children: (item: Item) => JSX.Element
}

/** What people have said or asked, page by page: whose it is, a line about it, and the way to that contact. */
export function AskedList<Item extends OfContact>(props: AskedListProps<Item>) {
  const isEmpty = () => props.pages.items().length === 0
  return (
    <>
      <LoadProblem of={props.pages} title={props.loadFailed} />
      <Show when={isEmpty() && !props.pages.loading() && !props.pages.problem()}>
        <Empty title={props.empty.title} help={props.empty.help} />
      </Show>
      <Show when={!isEmpty()}>
        <ul
          aria-label={props.label}
          aria-busy={props.pages.loading()}
          class="mt-3 overflow-hidden rounded-card border border-line bg-surface"
        >
          <For each={props.pages.items()}>
            {(item) => (
              <li class="border-line [&+&]:border-t">
                <button
                  type="button"
                  class="row flex min-h-18 w-full flex-col justify-center gap-1 px-4 py-2 text-left"
                  onClick={() => props.open(item)}
                >
                  <span class="nums block truncate font-semibold">{nameOf(item.contact)}</span>
                  {props.children(item)}
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.pages.next()}>
        <Button class="mt-3 w-full" busy={props.pages.loading()} onClick={() => void props.pages.more()}>
          {contactsText().more}
        </Button>
      </Show>
    </>
  )
}

function nameOf({ name, phone }: OfContact['contact']): string {
  return [name, phone && shownPhone(phone)].filter(Boolean).join(' · ') || contactsText().unnamed
}
