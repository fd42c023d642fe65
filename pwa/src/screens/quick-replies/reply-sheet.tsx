import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import { createSignal, createUniqueId, For, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { QuickReply } from '#contract/quick-replies.ts'
import { fillText, VARIABLES } from '#contract/variables.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { quickText } from '../../text/quick.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { ReplyFile } from './reply-file.tsx'
import { Scope, type Scoped } from './scope.tsx'

type ReplySheetProps = {
  /** null: a new one. */
  reply: QuickReply | null
  folders: readonly string[]
  isStale: boolean
  changed: (reply: QuickReply) => void
  close: () => void
}

type Fields = Scoped & Pick<QuickReply, 'shortcut' | 'name' | 'folder' | 'text' | 'media'>
const BLANK: Fields = { shortcut: '', name: '', folder: '', text: '', media: null, roles: [], departments: [], channels: [] }

/** One quick reply: what it says, with its variables and how that reads, and for whom it is. */
export function ReplySheet(props: ReplySheetProps) {
  const { desk } = useDesk()
  const id = createUniqueId()
  const action = createAction()
  const archiving = createAction()
  const [fields, setFields] = createStore<Fields>({ ...BLANK, ...untrack(() => props.reply) })
  const [isUploading, setIsUploading] = createSignal(false)
  let area!: HTMLTextAreaElement

  const preview = () =>
    fillText(fields.text, { ...quickText().samples, agente: desk.me.person.name, empresa: desk.me.account.name }).text

  /** Puts a variable where the cursor is. */
  function put(name: string) {
    const { selectionStart: from, selectionEnd: to } = area
    setFields('text', `${fields.text.slice(0, from)}{${name}}${fields.text.slice(to)}`)
    area.focus()
    area.setSelectionRange(from + name.length + 2, from + name.length + 2)
  }

  async function save() {
    const { shortcut, name, folder, text, media, roles, departments, channels } = fields
    const given = {
      ...{ shortcut, name, folder, text, mediaId: media?.id ?? null },
      ...{ roles: [...roles], departments: [...departments], channels: [...channels] },
    }
    const { reply } = props
    props.changed(
      reply
        ? await call(api.changeQuickReply, { quickReplyId: reply.id, rev: reply.rev, ...given })
        : await call(api.addQuickReply, given),
    )
    say(quickText().saved)
    props.close()
  }

  /** Puts it away, or takes it back. */
  async function archive() {
    const { reply } = props
    if (!reply) return
    props.changed(await call(api.changeQuickReply, { quickReplyId: reply.id, rev: reply.rev, archived: !reply.archived }))
    props.close()
  }

  return (
    <Sheet title={props.reply ? quickText().editTitle : quickText().addTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <fieldset class="contents" disabled={props.isStale}>
          <Field
            label={quickText().name}
            required
            minlength={2}
            maxlength={80}
            autocomplete="off"
            value={fields.name}
            onInput={(event) => setFields('name', event.currentTarget.value)}
          />
          <Field
            label={quickText().shortcut}
            hint={quickText().shortcutHint}
            required
            maxlength={40}
            autocomplete="off"
            autocapitalize="none"
            value={fields.shortcut}
            onInput={(event) => setFields('shortcut', event.currentTarget.value)}
          />
          <Field
            label={quickText().folder}
            maxlength={60}
            autocomplete="off"
            list={`${id}-folders`}
            value={fields.folder}
            onInput={(event) => setFields('folder', event.currentTarget.value)}
          />
          <datalist id={`${id}-folders`}>
            <For each={props.folders}>{(folder) => <option value={folder} />}</For>
          </datalist>
          <div>
            <label for={id} class="mb-1 block text-small font-semibold">
              {quickText().text}
            </label>
            <textarea
              ref={area}
              id={id}
              class="field min-h-32"
              rows="5"
              maxlength={4096}
              value={fields.text}
              onInput={(event) => setFields('text', event.currentTarget.value)}
            />
            <div role="group" aria-label={quickText().variables} class="flex flex-wrap gap-x-2">
              <For each={VARIABLES}>
                {(name) => (
                  <button type="button" class="flex min-h-11 items-center" onClick={() => put(name)}>
                    <span class="rounded-chip bg-anil-tint px-2 py-0.5 text-small text-anil">{quickText().variable[name]}</span>
                  </button>
                )}
              </For>
            </div>
          </div>
          <Show when={fields.text.trim() !== ''}>
            <section>
              <h3 class="mb-1 text-small font-semibold">{quickText().preview}</h3>
              <p class="fold-br rounded-slip bg-anil-tint px-4 py-3 whitespace-pre-wrap wrap-anywhere">{preview()}</p>
              <p class="mt-1 text-meta text-ink-3">{quickText().previewHelp}</p>
            </section>
          </Show>
          <ReplyFile media={fields.media} choose={(media) => setFields('media', media)} busy={setIsUploading} />
          <Scope scoped={fields} change={(more) => setFields(more)} />
          <p role="alert" class="text-small text-cochinilla empty:hidden">
            {action.error() ?? archiving.error()}
          </p>
          <Button kind="primary" type="submit" busy={action.busy()} disabled={isUploading()}>
            {quickText().save}
          </Button>
          <Show when={props.reply}>
            {(reply) => (
              <Button
                kind={reply().archived ? 'outlined' : 'danger'}
                icon={reply().archived ? ArchiveRestore : Archive}
                busy={archiving.busy()}
                onClick={() => void archiving.run(archive)}
              >
                {reply().archived ? quickText().restore : quickText().archive}
              </Button>
            )}
          </Show>
        </fieldset>
      </form>
    </Sheet>
  )
}
