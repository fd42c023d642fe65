import { createMemo, For, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Privacy } from '#contract/privacy.ts'
import { noticeBlocks, strangeInNotice } from '#contract/privacy-text.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/privacy-endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { privacyText } from '../../text/privacy.ts'
import { noticeEn } from '../../text/privacy-notice.en.ts'
import { noticeEs } from '../../text/privacy-notice.es.ts'
import { noticePt } from '../../text/privacy-notice.pt.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { say } from '../../ui/toast.tsx'

const MODELS = { es: noticeEs, en: noticeEn, pt: noticePt } as const
type Language = keyof typeof MODELS
const FIELDS = ['responsible', 'taxNumber', 'place', 'email', 'officer'] as const

type NoticeSheetProps = { privacy: Privacy; changed: (privacy: Privacy) => void; close: () => void }

/** A new version of the notice: the company's facts, the text in each language, and how it will read. */
export function NoticeSheet(props: NoticeSheetProps) {
  const { desk } = useDesk()
  const action = createAction()
  const words = () => privacyText()
  const [form, setForm] = createStore(untrack(() => begun(props.privacy, desk.me.account.name)))
  const fields = () => ({ ...factsOf(form), days: props.privacy.answerDays })

  async function publish() {
    const texts = { es: form.es, ...(form.hasEn ? { en: form.en } : {}), ...(form.hasPt ? { pt: form.pt } : {}) }
    const after = props.privacy.current?.version ?? 0
    props.changed(await call(api.publishNotice, { after, fields: factsOf(form), texts }))
    say(words().done)
    props.close()
  }

  return (
    <Sheet title={words().notice} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(publish)
        }}
      >
        <fieldset class="flex flex-col gap-4">
          <legend class="mb-2 font-bold">{words().fields}</legend>
          <For each={FIELDS}>
            {(name) => (
              <Field
                label={words()[name]}
                hint={name === 'officer' ? words().officerHint : undefined}
                type={name === 'email' ? 'email' : 'text'}
                minlength={name === 'responsible' ? 2 : undefined}
                maxlength={name === 'taxNumber' ? 30 : name === 'place' || name === 'officer' ? 200 : 120}
                required={name === 'responsible' || name === 'email'}
                autocomplete="off"
                value={form[name]}
                onInput={(event) => setForm(name, event.currentTarget.value)}
              />
            )}
          </For>
        </fieldset>
        <Text language="es" text={form.es} type={(text) => setForm('es', text)} fields={fields()} />
        <Switch
          name={words().optional(words().languages.en)}
          on={form.hasEn}
          change={(hasEn) => setForm({ hasEn, en: form.en || noticeEn })}
        />
        <Show when={form.hasEn}>
          <Text language="en" text={form.en} type={(text) => setForm('en', text)} fields={fields()} />
        </Show>
        <Switch
          name={words().optional(words().languages.pt)}
          on={form.hasPt}
          change={(hasPt) => setForm({ hasPt, pt: form.pt || noticePt })}
        />
        <Show when={form.hasPt}>
          <Text language="pt" text={form.pt} type={(text) => setForm('pt', text)} fields={fields()} />
        </Show>
        <p class="text-small text-ink-2">{words().publishHelp}</p>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {words().publish}
        </Button>
      </form>
    </Sheet>
  )
}

type Form = Record<(typeof FIELDS)[number] | Language, string> & { hasEn: boolean; hasPt: boolean }

/** The latest version to go on from; for a first one the model, with what is known of the company. */
function begun({ current }: Privacy, company: string): Form {
  const { es = noticeEs, en = noticeEn, pt = noticePt } = current?.texts ?? {}
  const { responsible = company, taxNumber = '', address = '', email = '', officer = '' } = current?.fields ?? {}
  const isFirst = current === null
  const languages = { hasEn: isFirst || current.texts.en !== undefined, hasPt: isFirst || current.texts.pt !== undefined }
  return { responsible, taxNumber, place: address, email, officer, es, en, pt, ...languages }
}

function factsOf({ responsible, taxNumber, place, email, officer }: Form) {
  const where = { address: place.trim(), email: email.trim(), officer: officer.trim() }
  return { responsible: responsible.trim(), taxNumber: taxNumber.trim(), ...where }
}

/** One language: its text, and how it will read on the page. */
function Text(props: {
  language: Language
  text: string
  type: (text: string) => void
  fields: Parameters<typeof noticeBlocks>[1]
}) {
  const words = () => privacyText()
  const strange = () => strangeInNotice(props.text)
  const blocks = createMemo(() => noticeBlocks(props.text, props.fields))
  return (
    <section class="flex flex-col gap-2">
      <TextArea
        label={words().text(words().languages[props.language])}
        hint={words().textHint}
        error={strange() === null ? null : words().strange(strange() ?? '')}
        class="min-h-60"
        rows="12"
        lang={props.language}
        minlength={100}
        maxlength={20_000}
        required
        value={props.text}
        onInput={(event) => props.type(event.currentTarget.value)}
      />
      <details>
        <summary class="flex min-h-11 cursor-pointer items-center text-small text-anil">{words().preview}</summary>
        <div class="flex flex-col gap-2 rounded-card bg-sunk p-4 wrap-anywhere" lang={props.language}>
          <For each={blocks()}>
            {(block) =>
              block.kind === 'list' ? (
                <ul class="list-disc pl-5">
                  <For each={block.items}>{(item) => <li>{item}</li>}</For>
                </ul>
              ) : (
                <p class={block.kind === 'heading' ? 'mt-2 font-bold' : 'whitespace-pre-line'}>{block.text}</p>
              )
            }
          </For>
        </div>
      </details>
    </section>
  )
}
