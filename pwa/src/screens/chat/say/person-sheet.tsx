import { createSignal, For, Show } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import type { Chat } from '#contract/inbox.ts'
import { createContactSearch } from '../../../contact/create-contact-search.ts'
import { useDesk } from '../../../live/context.ts'
import { cardsText } from '../../../text/cards.ts'
import { phoneNumber } from '../../../text/format.ts'
import { t } from '../../../text/text.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { createSay } from './create-say.ts'

const FOUND = 5
/** Digits with a country code; one that is masked for this role is none. */
const WHOLE = /^\+?\d{8,15}$/

/** Sends somebody's card: one of the company's contacts, or whoever is typed in. */
export function PersonSheet(props: { chat: Chat; close: () => void; sent: () => void }) {
  const { desk } = useDesk()
  const words = () => cardsText().person
  const [name, setName] = createSignal('')
  const [phone, setPhone] = createSignal('')
  const [org, setOrg] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const digits = () => phone().replaceAll(/[\s().-]/g, '')
  const isWhole = () => WHOLE.test(digits())
  const { say, refusal } = createSay(
    () => props.chat,
    () => props.sent(),
  )

  function send(event: Event) {
    event.preventDefault()
    setIsTried(true)
    if (name().trim() === '' || !isWhole()) return
    const card = { name: name().trim(), phones: [`+${digits().replace('+', '')}`], emails: [] }
    const company = org().trim()
    void say({ kind: 'contacts', contacts: [{ ...card, ...(company && { org: company }) }] }, [name(), org()])
  }

  return (
    <Sheet title={words().title} closeLabel={t().app.close} close={props.close}>
      <form class="flex flex-col gap-3 p-5" onSubmit={send}>
        <Show when={desk.may('contacts.read')}>
          <Known
            choose={(contact) => {
              setName(contact.name ?? contact.profileName ?? '')
              setPhone(contact.phone ? phoneNumber(contact.phone) : '')
            }}
          />
        </Show>
        <Field
          label={words().name}
          error={isTried() && name().trim() === '' ? words().nameMissing : null}
          maxlength={120}
          autocomplete="off"
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Field
          label={words().phone}
          error={isTried() && !isWhole() ? words().phoneWrong : null}
          type="tel"
          autocomplete="off"
          value={phone()}
          onInput={(event) => setPhone(event.currentTarget.value)}
        />
        <Field label={words().org} maxlength={120} value={org()} onInput={(event) => setOrg(event.currentTarget.value)} />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {refusal()}
        </p>
        <Button kind="primary" type="submit">
          {cardsText().send}
        </Button>
      </form>
    </Sheet>
  )
}

/** The company's contacts by name or number; one without a number in sight cannot be sent. */
function Known(props: { choose: (contact: Contact) => void }) {
  const search = createContactSearch()
  const found = () => (search.typed().trim() === '' ? [] : (search.items() ?? []).slice(0, FOUND))
  return (
    <div>
      <input
        type="search"
        class="field"
        aria-label={cardsText().person.find}
        placeholder={cardsText().person.find}
        autocomplete="off"
        value={search.typed()}
        onInput={(event) => search.type(event.currentTarget.value)}
      />
      <ul class="mt-1 empty:hidden">
        <For each={found()}>
          {(contact) => {
            const shown = contact.name ?? contact.profileName ?? (contact.phone ? phoneNumber(contact.phone) : '')
            const isWhole = contact.phone !== null && WHOLE.test(contact.phone)
            return (
              <li>
                <button
                  type="button"
                  class="flex min-h-14 w-full items-center gap-3 rounded-segment px-2 text-left hover:bg-sunk disabled:opacity-60"
                  disabled={!isWhole}
                  onClick={() => {
                    props.choose(contact)
                    search.type('')
                  }}
                >
                  <Avatar name={shown} size={38} />
                  <span class="min-w-0 flex-1">
                    <span class="block truncate font-semibold">{shown}</span>
                    <span class="nums block truncate text-meta text-ink-2">
                      {isWhole && contact.phone ? phoneNumber(contact.phone) : cardsText().person.noPhone}
                    </span>
                  </span>
                </button>
              </li>
            )
          }}
        </For>
      </ul>
    </div>
  )
}
