import { A, useLocation, type RouteSectionProps } from '@solidjs/router'
import { createEffect, For } from 'solid-js'
import type { Permission } from '#contract/permissions.ts'
import { useDesk } from '../../live/context.ts'
import { consentsText } from '../../text/consents.ts'
import { contactsText } from '../../text/contacts.ts'
import { privacyText } from '../../text/privacy.ts'

type Part = { href: string; name: string; may: Permission }

/** Contacts, the company's clients, what is to be validated, and files: one page each, for those who may. */
export default function ContactsScreen(props: RouteSectionProps) {
  const { desk } = useDesk()
  const location = useLocation()
  const parts = (): Part[] => {
    const all: Part[] = [
      { href: '/contacts', name: contactsText().title, may: 'contacts.read' },
      { href: '/contacts/clients', name: contactsText().clients, may: 'clients.write' },
      { href: '/contacts/issues', name: contactsText().issues, may: 'contacts.manage' },
      { href: '/contacts/import', name: contactsText().imports, may: 'contacts.manage' },
      { href: '/contacts/consents', name: consentsText().title, may: 'consents.manage' },
      { href: '/contacts/rights', name: privacyText().requests, may: 'privacy.manage' },
    ]
    return all.filter(({ may }) => desk.may(may))
  }
  let tabs!: HTMLElement
  createEffect(() => {
    const here = location.pathname
    const current = [...tabs.querySelectorAll('a')].find((tab) => tab.pathname === here)
    // Only sideways, and only the row of tabs.
    if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2
  })

  return (
    <main class="flex h-full flex-col">
      <header class="flex-none border-b border-line bg-surface px-4 pt-[max(12px,env(safe-area-inset-top))] tablet:px-5.5">
        <h1 class="text-title font-bold tracking-[-0.02em]">{contactsText().title}</h1>
        <nav ref={tabs} aria-label={contactsText().title} class="no-bar relative -mx-1 flex gap-1 overflow-x-auto">
          <For each={parts()}>
            {({ href, name }) => (
              <A
                href={href}
                end
                class="flex min-h-11 flex-none items-center rounded-segment px-3 text-small"
                classList={{
                  'font-bold text-anil underline decoration-2 underline-offset-8': location.pathname === href,
                  'text-ink-2': location.pathname !== href,
                }}
                aria-current={location.pathname === href ? 'page' : undefined}
              >
                {name}
              </A>
            )}
          </For>
        </nav>
      </header>
      <div class="scroll-thin min-h-0 flex-1 overflow-y-auto">
        <div class="mx-auto max-w-180 p-4 pb-12">{props.children}</div>
      </div>
    </main>
  )
}
