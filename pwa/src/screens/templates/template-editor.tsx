import Braces from 'lucide-solid/icons/braces'
import { createMemo, createSignal, createUniqueId, For, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Channel } from '#contract/channels.ts'
import { placesIn, problemsOfTemplate, type TemplateProblem } from '#contract/template-rules.ts'
import type { Template } from '#contract/templates.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import type { ApiProblem } from '../../api/problem.rules.ts'
import { TemplateSlip } from '../../template-slip.tsx'
import { templateText } from '../../text/templates.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { ButtonsEditor } from './buttons-editor.tsx'
import { BLANK, contentOf, formOf, nextPlace, type Form } from './form.rules.ts'
import { HeaderEditor } from './header-editor.tsx'

const LANGUAGES = ['es', 'es_AR', 'es_MX', 'es_ES', 'en', 'en_US', 'pt_BR', 'pt_PT'] as const
const CATEGORIES = ['utility', 'marketing'] as const
/** The provider may need its time, and takes a sample before. */
const SUBMIT_MS = 60_000

type EditorProps = {
  channel: Channel
  /** null: a new one. */
  template: Template | null
  changed: (template: Template) => void
  close: () => void
}

/** Writing a template: kept as a draft, or handed to WhatsApp, with what it would refuse told before. */
export function TemplateEditor(props: EditorProps) {
  const id = createUniqueId()
  const words = () => templateText().manage
  const [form, setForm] = createStore<Form>(untrack(() => (props.template ? formOf(props.template) : structuredClone(BLANK))))
  // Once kept, it is the draft that is changed and handed in, however often.
  const [kept, setKept] = createSignal(untrack(() => props.template))
  const [isChecked, setIsChecked] = createSignal(false)
  const [isUploading, setIsUploading] = createSignal(false)
  const saving = createAction()
  const submitting = createAction()
  const content = createMemo(() => contentOf(form))
  const problems = createMemo(() => problemsOfTemplate(form.name, content()))
  const isDraft = () => (kept()?.status ?? 'draft') === 'draft'
  const samples = () => Object.fromEntries(placesIn(form.body).map((place) => [`body:${place}`, form.examples[place]]))
  let area!: HTMLTextAreaElement

  async function keep(): Promise<Template> {
    const { name, language, category } = form
    const before = kept()
    const given = { name: name.trim(), language, category, content: content() }
    const template = before
      ? await call(api.changeTemplate, { templateId: before.id, rev: before.rev, ...given })
      : await call(api.addTemplate, { channelId: props.channel.id, ...given })
    setKept(template)
    props.changed(template)
    return template
  }

  async function save() {
    await keep()
    say(words().saved)
    props.close()
  }

  async function submit() {
    const before = kept()
    const template = before && !isDraft() ? before : await keep()
    const given = isDraft() ? {} : { category: form.category, content: content() }
    props.changed(await call(api.submitTemplate, { templateId: template.id, ...given }, { timeoutMs: SUBMIT_MS }))
    say(words().submitted)
    props.close()
  }

  function hand() {
    setIsChecked(true)
    if (problems().length === 0) void submitting.run(submit, refusedWords)
  }

  function put() {
    const place = `{{${nextPlace(form.body)}}}`
    const { selectionStart: from, selectionEnd: to } = area
    setForm('body', `${form.body.slice(0, from)}${place}${form.body.slice(to)}`)
    area.focus()
    area.setSelectionRange(from + place.length, from + place.length)
  }

  return (
    <Sheet title={props.template ? words().editTitle : words().addTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          hand()
        }}
      >
        <Field
          label={words().name}
          hint={words().nameHint}
          required
          maxlength={512}
          autocomplete="off"
          autocapitalize="none"
          disabled={!isDraft()}
          value={form.name}
          onInput={(event) => setForm('name', event.currentTarget.value)}
        />
        <div class="grid grid-cols-2 gap-3">
          <Choice
            label={words().language}
            disabled={!isDraft()}
            value={form.language}
            onChange={(event) => setForm('language', event.currentTarget.value)}
          >
            <For each={[...new Set([...LANGUAGES, form.language])]}>{(code) => <option value={code}>{code}</option>}</For>
          </Choice>
          <Choice
            label={words().category}
            hint={words().categoryHelp[form.category]}
            disabled={!isDraft() && kept()?.status === 'approved'}
            value={form.category}
            onChange={(event) =>
              setForm('category', CATEGORIES.find((one) => one === event.currentTarget.value) ?? form.category)
            }
          >
            <For each={[...new Set([...CATEGORIES, form.category])]}>
              {(one) => <option value={one}>{templateText().categories[one]}</option>}
            </For>
          </Choice>
        </div>
        <HeaderEditor form={form} change={(more) => setForm(more)} busy={setIsUploading} />
        <div>
          <label for={id} class="mb-1 block text-small font-semibold">
            {words().body}
          </label>
          <textarea
            ref={area}
            id={id}
            class="field min-h-32"
            rows="5"
            value={form.body}
            onInput={(event) => setForm('body', event.currentTarget.value)}
          />
          <p class="text-meta text-ink-3">{words().bodyHint}</p>
          <Button kind="quiet" class="!text-anil" icon={Braces} onClick={put}>
            {words().addVariable}
          </Button>
        </div>
        <For each={placesIn(form.body)}>
          {(place) => (
            <Field
              label={words().exampleOf(place)}
              autocomplete="off"
              value={form.examples[place] ?? ''}
              onInput={(event) => setForm('examples', place, event.currentTarget.value)}
            />
          )}
        </For>
        <Field
          label={words().footer}
          maxlength={60}
          autocomplete="off"
          value={form.footer}
          onInput={(event) => setForm('footer', event.currentTarget.value)}
        />
        <ButtonsEditor buttons={form.buttons} change={(buttons) => setForm('buttons', buttons)} />
        <section>
          <h3 class="mb-1 text-small font-semibold text-ink-2">{templateText().preview}</h3>
          <TemplateSlip content={content()} values={{ header: form.headerExample, ...samples() }} />
        </section>
        <Show when={isChecked() && problems().length > 0}>
          <div role="alert" class="rounded-segment bg-cochinilla-tint px-4 py-3 text-small">
            <p class="font-semibold text-cochinilla">{words().check}</p>
            <ul class="list-disc pl-5">
              <For each={problems()}>{(problem) => <li>{problemWords(problem)}</li>}</For>
            </ul>
          </div>
        </Show>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {submitting.error() ?? saving.error()}
        </p>
        <div class="flex flex-col gap-2">
          <Button kind="primary" type="submit" busy={submitting.busy()} disabled={isUploading() || saving.busy()}>
            {words().submit}
          </Button>
          <Show when={isDraft()}>
            <Button
              busy={saving.busy()}
              disabled={isUploading() || submitting.busy() || form.name.trim() === ''}
              onClick={() => void saving.run(save)}
            >
              {words().saveDraft}
            </Button>
          </Show>
        </div>
      </form>
    </Sheet>
  )
}

function problemWords({ code, what }: TemplateProblem): string {
  const words = templateText().problems[code]
  return what ? `${words} «${what}»` : words
}

/** The provider's own words are better than ours. */
function refusedWords(problem: ApiProblem): string | null {
  const { reason } = problem.details
  return problem.code === 'template_refused' && typeof reason === 'string'
    ? templateText().manage.says(reason)
    : sentenceOf(problem)
}
