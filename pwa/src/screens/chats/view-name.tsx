import { createSignal, Show, untrack } from 'solid-js'
import { createAction } from '../../api/create-action.ts'
import { overview } from '../../text/overview.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Switch } from '../../ui/switch.tsx'

/** Asks for the name of a view. What was typed stays when it cannot be saved. */
export function ViewName(props: {
  title: string
  name: string
  /** Asks whether it is to be the company's. */
  mayShare: boolean
  save: (name: string, shared: boolean) => Promise<void>
  close: () => void
}) {
  const action = createAction()
  const [name, setName] = createSignal(untrack(() => props.name))

  const [shared, setShared] = createSignal(false)

  async function save() {
    await props.save(name().trim(), shared())
    props.close()
  }

  return (
    <Sheet small title={props.title} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <Field
          label={overview().viewName}
          required
          maxlength={40}
          autocomplete="off"
          value={name()}
          error={action.error()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Show when={props.mayShare}>
          <Switch name={overview().forCompany} help={overview().forCompanyHelp} on={shared()} change={setShared} />
        </Show>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {overview().save}
        </Button>
      </form>
    </Sheet>
  )
}
