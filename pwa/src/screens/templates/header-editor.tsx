import Paperclip from 'lucide-solid/icons/paperclip'
import X from 'lucide-solid/icons/x'
import { For, onCleanup, Show } from 'solid-js'
import { placesIn } from '#contract/template-rules.ts'
import { createAction } from '../../api/create-action.ts'
import { uploadFile } from '../../api/upload.ts'
import { templateText } from '../../text/templates.ts'
import { Busy, IconButton } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Form, HeaderKind } from './form.rules.ts'

const KINDS = ['none', 'text', 'image', 'video', 'document'] as const
const ACCEPT = { image: 'image/jpeg,image/png', video: 'video/mp4', document: 'application/pdf,.pdf' } as const

/** What stands over the text: words, or a file that is shown to the reviewers. */
export function HeaderEditor(props: { form: Form; change: (more: Partial<Form>) => void; busy: (now: boolean) => void }) {
  const words = () => templateText().manage
  const fileKind = () => {
    const { headerKind } = props.form
    return headerKind === 'image' || headerKind === 'video' || headerKind === 'document' ? headerKind : null
  }
  const kinds = (): HeaderKind[] => [...new Set<HeaderKind>([...KINDS, props.form.headerKind])]
  return (
    <div class="flex flex-col gap-3">
      <Choice
        label={words().header}
        value={props.form.headerKind}
        onChange={(event) =>
          props.change({ headerKind: kinds().find((kind) => kind === event.currentTarget.value) ?? 'none', sample: null })
        }
      >
        <For each={kinds()}>{(kind) => <option value={kind}>{words().headers[kind]}</option>}</For>
      </Choice>
      <Show when={props.form.headerKind === 'text'}>
        <Field
          label={words().headerText}
          maxlength={60}
          autocomplete="off"
          value={props.form.headerText}
          onInput={(event) => props.change({ headerText: event.currentTarget.value })}
        />
        <Show when={placesIn(props.form.headerText).length > 0}>
          <Field
            label={words().headerExample}
            autocomplete="off"
            value={props.form.headerExample}
            onInput={(event) => props.change({ headerExample: event.currentTarget.value })}
          />
        </Show>
      </Show>
      <Show when={fileKind()}>
        {(kind) => (
          <Sample
            accept={ACCEPT[kind()]}
            sample={props.form.sample}
            choose={(sample) => props.change({ sample })}
            busy={(now) => props.busy(now)}
          />
        )}
      </Show>
    </div>
  )
}

function Sample(props: {
  accept: string
  sample: Form['sample']
  choose: (sample: Form['sample']) => void
  busy: (now: boolean) => void
}) {
  const words = () => templateText().manage
  const action = createAction()
  const gone = new AbortController()
  onCleanup(() => gone.abort())

  function upload(file: File) {
    async function work() {
      props.busy(true)
      try {
        const { id, name } = await uploadFile(
          { id: crypto.randomUUID(), name: file.name, blob: file },
          () => undefined,
          gone.signal,
        )
        props.choose({ id, name })
      } finally {
        props.busy(false)
      }
    }
    void action.run(work)
  }

  return (
    <section>
      <h3 class="mb-1 text-small font-semibold">{words().sample}</h3>
      <Show
        when={props.sample}
        fallback={
          <label class="button button-outlined relative w-full cursor-pointer" aria-busy={action.busy()}>
            <Icon of={Paperclip} />
            {templateText().chooseFile}
            <Show when={action.busy()}>
              <Busy />
            </Show>
            <input
              type="file"
              class="absolute inset-0 cursor-pointer opacity-0"
              aria-label={words().sample}
              accept={props.accept}
              disabled={action.busy()}
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? []
                event.currentTarget.value = ''
                if (file) upload(file)
              }}
            />
          </label>
        }
      >
        {(sample) => (
          <div class="flex items-center gap-2 rounded-slip border border-line bg-paper pl-4">
            <span class="min-w-0 flex-1 truncate">{sample().name ?? words().sampleThere}</span>
            <IconButton label={templateText().removeFile} icon={X} onClick={() => props.choose(null)} />
          </div>
        )}
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </section>
  )
}
