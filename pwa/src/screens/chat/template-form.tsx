import Paperclip from 'lucide-solid/icons/paperclip'
import SendHorizontal from 'lucide-solid/icons/send-horizontal'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Chat } from '#contract/inbox.ts'
import {
  fieldsOfTemplate,
  fileOfTemplate,
  filledTemplate,
  isPlainValue,
  missingInTemplate,
  paramsOf,
  type TemplateField,
  type TemplateValues,
} from '#contract/template-rules.ts'
import type { Template } from '#contract/templates.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { useDesk } from '../../live/context.ts'
import { TemplateSlip } from '../../template-slip.tsx'
import { templateText } from '../../text/templates.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { MAX_BYTES } from './attach.rules.ts'
import { PriceLine } from './price-line.tsx'

const ACCEPT = { image: 'image/jpeg,image/png', video: 'video/mp4,video/3gpp', document: 'application/pdf,.pdf' } as const

/** A template's fields with how it will read; it leaves through the outbox like every message. */
export function TemplateForm(props: { chat: Chat; template: Template; sent: () => void }) {
  const { desk, outbox } = useDesk()
  const [values, setValues] = createStore<Record<string, string>>({})
  const [file, setFile] = createSignal<File | null>(null)
  const [refusal, setRefusal] = createSignal<string | null>(null)
  const words = () => templateText()
  const content = () => props.template.content
  const fileKind = () => fileOfTemplate(content())

  /** What stands in the way, in words that name it; null when it can go. */
  function obstacle(): string | null {
    const missing = missingInTemplate(content(), values).map(labelOf)
    const names = fileKind() && !file() ? [words().fileMissing, ...missing] : missing
    if (names.length > 0) return words().missing(names.join(', '))
    const bad = fieldsOfTemplate(content()).find(({ key }) => !isPlainValue(values[key] ?? ''))
    return bad ? words().badValue(labelOf(bad)) : null
  }

  async function send() {
    const found = obstacle()
    setRefusal(found)
    if (found) return
    const id = uuidv7()
    const { name, language } = props.template
    const { header, body, footer, buttons } = filledTemplate(content(), plainly(values))
    const chosen = file()
    const attached = chosen && { blobId: uuidv7(), name: chosen.name, mime: chosen.type || 'application/pdf', size: chosen.size }
    const { person } = desk.me
    await outbox.add(
      {
        ...{ id, chatId: props.chat.id, what: 'message', kind: 'template', text: body, file: attached, mediaId: null },
        template: { name, language, ...paramsOf(content(), plainly(values)), shown: { header, footer, buttons } },
        ...{ replyTo: null, author: { id: person.id, name: person.name }, at: new Date().toISOString() },
        ...{ state: 'queued', posted: false, attempts: 0, notBefore: 0, problem: null },
      },
      chosen,
    )
    props.sent()
  }

  function choose(picked: File | undefined) {
    const kind = fileKind()
    if (!picked || !kind) return
    const fits = kind === 'document' ? picked.type === 'application/pdf' : picked.type.startsWith(`${kind}/`)
    setRefusal(fits && picked.size <= MAX_BYTES[kind] ? null : words().fileWrong)
    if (refusal() === null) setFile(picked)
  }

  return (
    <form
      class="flex flex-col gap-4 p-5"
      onSubmit={(event) => {
        event.preventDefault()
        void send().catch(() => setRefusal(words().fileWrong))
      }}
    >
      <section>
        <h3 class="mb-1 text-small font-semibold text-ink-2">{words().preview}</h3>
        <TemplateSlip content={content()} values={values} fileName={file()?.name} />
      </section>
      <Show when={fileKind()}>
        {(kind) => (
          <HeaderFile
            label={words().file[kind()]}
            accept={ACCEPT[kind()]}
            file={file()}
            choose={choose}
            remove={() => setFile(null)}
          />
        )}
      </Show>
      <For each={fieldsOfTemplate(content())}>
        {(field) => (
          <Field
            label={labelOf(field)}
            hint={field.example ? words().example(field.example) : undefined}
            maxlength={field.where === 'header' ? 60 : 1024}
            autocomplete="off"
            value={values[field.key] ?? ''}
            onInput={(event) => {
              setRefusal(null)
              setValues(field.key, event.currentTarget.value)
            }}
          />
        )}
      </For>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {refusal()}
      </p>
      <PriceLine chat={props.chat} template={props.template} />
      <Button kind="primary" type="submit" icon={SendHorizontal}>
        {words().send}
      </Button>
    </form>
  )
}

/** A store's proxy must not go into the phone's database. */
const plainly = (values: TemplateValues): TemplateValues => ({ ...values })

function labelOf({ where, name }: TemplateField): string {
  const words = templateText()
  return where === 'header' ? words.inHeader(words.inBody(name)) : where === 'button' ? words.inButton(name) : words.inBody(name)
}

function HeaderFile(props: {
  label: string
  accept: string
  file: File | null
  choose: (file: File | undefined) => void
  remove: () => void
}) {
  return (
    <section>
      <h3 class="mb-1 text-small font-semibold">{props.label}</h3>
      <Show
        when={props.file}
        fallback={
          <label class="button button-outlined relative w-full cursor-pointer">
            <Icon of={Paperclip} />
            {templateText().chooseFile}
            <input
              type="file"
              class="absolute inset-0 cursor-pointer opacity-0"
              aria-label={props.label}
              accept={props.accept}
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? []
                event.currentTarget.value = ''
                props.choose(file)
              }}
            />
          </label>
        }
      >
        {(file) => (
          <div class="flex items-center gap-2 rounded-slip border border-line bg-paper pl-4">
            <span class="min-w-0 flex-1 truncate">{file().name}</span>
            <IconButton label={templateText().removeFile} icon={X} onClick={() => props.remove()} />
          </div>
        )}
      </Show>
    </section>
  )
}
