import { createSignal, Show, type JSX } from 'solid-js'
import { LATIN } from '#contract/latin.ts'
import type { Party } from '#contract/papers.ts'
import { createAction } from './api/create-action.ts'
import { papersText } from './text/papers.ts'
import { t } from './text/text.ts'
import { Button } from './ui/button.tsx'
import { Field } from './ui/field.tsx'
import { Sheet } from './ui/sheet.tsx'

const FIELDS = ['name', 'taxNumber', 'address', 'email'] as const

type PartySheetProps = {
  title: string
  help: string
  party: Party | null
  close: () => void
  /** Throws what is said below the form. */
  save: (party: Party, data: FormData) => Promise<void>
  children?: JSX.Element
}

/** Who stands on a paper: name, tax number, address, mail. What was typed stays when something is wrong with it. */
export function PartySheet(props: PartySheetProps) {
  const action = createAction()
  const [wrong, setWrong] = createSignal<readonly string[]>([])
  const errorOf = (field: (typeof FIELDS)[number]) => (wrong().includes(field) ? papersText().latin : null)

  async function submit(data: FormData): Promise<void> {
    const typed = (field: (typeof FIELDS)[number]) => String(data.get(field)).trim()
    setWrong(FIELDS.filter((field) => !LATIN.test(typed(field))))
    if (wrong().length > 0) return
    const party = { name: typed('name'), taxNumber: typed('taxNumber'), address: typed('address'), email: typed('email') }
    const { save } = props
    await action.run(() => save(party, data))
  }

  return (
    <Sheet title={props.title} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void submit(new FormData(event.currentTarget))
        }}
      >
        <p class="text-small text-ink-2">{props.help}</p>
        <Field
          label={papersText().name}
          name="name"
          required
          minlength={2}
          maxlength={120}
          autocomplete="organization"
          error={errorOf('name')}
          value={props.party?.name ?? ''}
        />
        <Field
          label={papersText().taxNumber}
          hint={papersText().taxNumberHelp}
          name="taxNumber"
          required
          minlength={3}
          maxlength={40}
          autocomplete="off"
          error={errorOf('taxNumber')}
          value={props.party?.taxNumber ?? ''}
        />
        <Field
          label={papersText().address}
          hint={papersText().optional}
          name="address"
          maxlength={200}
          autocomplete="street-address"
          error={errorOf('address')}
          value={props.party?.address ?? ''}
        />
        <Field
          label={papersText().email}
          hint={papersText().optional}
          name="email"
          type="email"
          maxlength={200}
          autocomplete="email"
          error={errorOf('email')}
          value={props.party?.email ?? ''}
        />
        {props.children}
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {papersText().save}
        </Button>
      </form>
    </Sheet>
  )
}

/** What stands on the paper, read. */
export function PartyLines(props: { party: Party }) {
  return (
    <>
      <p class="font-semibold wrap-anywhere">{props.party.name}</p>
      <p class="nums text-small wrap-anywhere">{props.party.taxNumber}</p>
      <Show when={props.party.address}>
        <p class="text-small text-ink-2 wrap-anywhere">{props.party.address}</p>
      </Show>
      <Show when={props.party.email}>
        <p class="text-small text-ink-2 wrap-anywhere">{props.party.email}</p>
      </Show>
    </>
  )
}
