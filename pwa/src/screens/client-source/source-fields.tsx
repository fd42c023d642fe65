import Plus from 'lucide-solid/icons/plus'
import Trash from 'lucide-solid/icons/trash'
import { For } from 'solid-js'
import type { ClientField } from '#contract/clients.ts'
import { contactsText } from '../../text/contacts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'

const KINDS: readonly ClientField['kind'][] = ['text', 'money', 'number', 'date']
const isKind = (text: string): text is ClientField['kind'] => KINDS.some((kind) => kind === text)

type SourceFieldsProps = {
  fields: readonly ClientField[]
  change: (at: number, part: Partial<ClientField>) => void
  add: () => void
  remove: (at: number) => void
}

/** Which of their fields we use, under which names, and for whom. */
export function SourceFields(props: SourceFieldsProps) {
  const words = () => contactsText().source
  return (
    <section>
      <h2 class="font-semibold">{words().fields}</h2>
      <p class="mb-3 text-small text-ink-2">{words().fieldsHelp}</p>
      <div class="grid gap-3">
        <For each={props.fields}>
          {(field, at) => (
            <fieldset class="rounded-card border border-line bg-surface p-4">
              <legend class="sr-only">{field.label || field.key}</legend>
              <div class="grid gap-3 tablet:grid-cols-2">
                <Field
                  label={words().label}
                  required
                  maxlength={60}
                  autocomplete="off"
                  value={field.label}
                  onChange={(event) => props.change(at(), { label: event.currentTarget.value })}
                />
                <Field
                  label={words().key}
                  required
                  pattern="[a-z][a-z0-9_]*"
                  maxlength={40}
                  autocomplete="off"
                  autocapitalize="none"
                  value={field.key}
                  onChange={(event) => props.change(at(), { key: event.currentTarget.value })}
                />
                <Field
                  label={words().path}
                  required
                  maxlength={200}
                  autocomplete="off"
                  autocapitalize="none"
                  value={field.path}
                  onChange={(event) => props.change(at(), { path: event.currentTarget.value })}
                />
                <Choice
                  label={words().kind}
                  value={field.kind}
                  onChange={(event) =>
                    isKind(event.currentTarget.value) && props.change(at(), { kind: event.currentTarget.value })
                  }
                >
                  <For each={KINDS}>
                    {(kind) => (
                      <option value={kind} selected={kind === field.kind}>
                        {words().kinds[kind]}
                      </option>
                    )}
                  </For>
                </Choice>
              </div>
              <Switch
                name={words().sensitive}
                help={words().sensitiveHelp}
                on={field.sensitive}
                change={(sensitive) => props.change(at(), { sensitive })}
              />
              <div class="flex items-center gap-2">
                <div class="flex-1">
                  <Switch name={words().editable} on={field.editable} change={(editable) => props.change(at(), { editable })} />
                </div>
                <IconButton label={words().removeField(field.label)} icon={Trash} onClick={() => props.remove(at())} />
              </div>
            </fieldset>
          )}
        </For>
      </div>
      <Button class="mt-3" icon={Plus} onClick={() => props.add()}>
        {words().addField}
      </Button>
    </section>
  )
}
