import Plus from 'lucide-solid/icons/plus'
import X from 'lucide-solid/icons/x'
import { Index, For, Show } from 'solid-js'
import { placesIn, TEMPLATE_LIMITS } from '#contract/template-rules.ts'
import type { TemplateButton } from '#contract/templates.ts'
import { templateText } from '../../text/templates.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'

const KINDS = ['quick_reply', 'url', 'phone', 'copy_code'] as const

/** The buttons under a template, in their order. */
export function ButtonsEditor(props: { buttons: readonly TemplateButton[]; change: (buttons: TemplateButton[]) => void }) {
  const words = () => templateText().manage
  const put = (at: number, more: Partial<TemplateButton>) =>
    props.change(props.buttons.map((button, i) => (i === at ? { ...button, ...more } : { ...button })))
  const drop = (at: number) => props.change(props.buttons.filter((_, i) => i !== at).map((button) => ({ ...button })))
  const add = () => props.change([...props.buttons.map((button) => ({ ...button })), { kind: 'quick_reply', text: '' }])
  return (
    <section>
      <h3 class="mb-1 text-small font-semibold">{words().buttons}</h3>
      <ul class="flex flex-col gap-3">
        <Index each={props.buttons}>
          {(button, i) => (
            <li class="flex flex-col gap-3 rounded-slip border border-line bg-paper p-3">
              <div class="flex items-center justify-between">
                <h4 class="text-small font-semibold">{words().button(i + 1)}</h4>
                <IconButton label={words().removeButton(i + 1)} icon={X} onClick={() => drop(i)} />
              </div>
              <OneButton button={button()} change={(more) => put(i, more)} />
            </li>
          )}
        </Index>
      </ul>
      <Show when={props.buttons.length < TEMPLATE_LIMITS.buttons}>
        <Button kind="quiet" class="!text-anil" icon={Plus} onClick={add}>
          {words().addButton}
        </Button>
      </Show>
    </section>
  )
}

function OneButton(props: { button: TemplateButton; change: (more: Partial<TemplateButton>) => void }) {
  const words = () => templateText().manage
  const kinds = (): TemplateButton['kind'][] => [...new Set<TemplateButton['kind']>([...KINDS, props.button.kind])]
  return (
    <>
      <Choice
        label={words().buttonKind}
        value={props.button.kind}
        onChange={(event) => props.change({ kind: kinds().find((kind) => kind === event.currentTarget.value) ?? 'quick_reply' })}
      >
        <For each={kinds()}>{(kind) => <option value={kind}>{words().buttonKinds[kind]}</option>}</For>
      </Choice>
      <Field
        label={words().buttonText}
        maxlength={TEMPLATE_LIMITS.button}
        autocomplete="off"
        value={props.button.text}
        onInput={(event) => props.change({ text: event.currentTarget.value })}
      />
      <Show when={props.button.kind === 'url'}>
        <Field
          label={words().buttonUrl}
          hint={words().buttonUrlHint}
          inputmode="url"
          autocomplete="off"
          value={props.button.url ?? ''}
          onInput={(event) => props.change({ url: event.currentTarget.value })}
        />
        <Show when={placesIn(props.button.url ?? '').length > 0}>
          <Field
            label={words().buttonExample}
            inputmode="url"
            autocomplete="off"
            value={props.button.example ?? ''}
            onInput={(event) => props.change({ example: event.currentTarget.value })}
          />
        </Show>
      </Show>
      <Show when={props.button.kind === 'phone'}>
        <Field
          label={words().buttonPhone}
          inputmode="tel"
          autocomplete="off"
          value={props.button.phone ?? ''}
          onInput={(event) => props.change({ phone: event.currentTarget.value })}
        />
      </Show>
      <Show when={props.button.kind === 'copy_code'}>
        <Field
          label={words().buttonCode}
          autocomplete="off"
          value={props.button.example ?? ''}
          onInput={(event) => props.change({ example: event.currentTarget.value })}
        />
      </Show>
    </>
  )
}
