import Plus from 'lucide-solid/icons/plus'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { TEMPLATE_ORDER } from './order.rules.ts'
import type { Template } from '#contract/templates.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { createAsked } from '../../live/create-asked.ts'
import { PartPage } from '../../part-page.tsx'
import { templateText } from '../../text/templates.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Choice } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { reasonWords } from './reason.rules.ts'
import { TemplateEditor } from './template-editor.tsx'
import { StatusChip, TemplateView } from './template-view.tsx'

/** A number that was never read is read at its provider first. */
const READ_MS = 30_000

/** The templates of each number, by state: how they stand, how they read, making and changing them. */
export default function TemplatesScreen() {
  const { desk } = useDesk()
  const words = () => templateText().manage
  const asked = createAsked(() => call(api.listTemplates, {}, { timeoutMs: READ_MS }))
  const reading = createAction()
  const [channelId, setChannelId] = createSignal<string | null>(null)
  const [status, setStatus] = createSignal<Template['status'] | null>(null)
  const [seen, setSeen] = createSignal<string | null>(null)
  const [editing, setEditing] = createSignal<Template | 'new' | null>(null)

  const numbers = createMemo(() =>
    desk
      .channels()
      .filter(({ capabilities, state }) => capabilities.includes('template') && state !== 'archived')
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  )
  const number = createMemo((): Channel | undefined => numbers().find(({ id }) => id === channelId()) ?? numbers()[0])
  const here = createMemo(() => (asked.items()?.items ?? []).filter((one) => one.channelId === number()?.id))
  const shown = createMemo(() => here().filter((one) => status() === null || one.status === status()))
  const states = createMemo(() => TEMPLATE_ORDER.filter((state) => here().some((one) => one.status === state)))
  const viewed = () => here().find(({ id }) => id === seen())
  const isUnread = () => asked.items()?.unread.some((one) => one.channelId === number()?.id) === true
  onCleanup(desk.onTemplates(() => void asked.again()))

  function changed(template: Template) {
    const now = asked.items() ?? { items: [], unread: [] }
    asked.put({
      ...now,
      items: [...now.items.filter(({ id }) => id !== template.id), template].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    })
  }

  function refresh() {
    const { id } = number() ?? {}
    if (!id) return
    void reading.run(async () => {
      await call(api.syncTemplates, { channelId: id }, { timeoutMs: READ_MS })
      await asked.again()
      say(words().refreshed)
    })
  }

  return (
    <PartPage
      title={templateText().title}
      actions={
        <Button kind="quiet" class="!text-anil" icon={Plus} disabled={!number()} onClick={() => setEditing('new')}>
          {words().add}
        </Button>
      }
    >
      <LoadProblem of={asked} title={words().loadFailed} />
      <div class="flex items-end gap-2">
        <Choice
          label={words().number}
          class="min-w-0 flex-1"
          value={number()?.id ?? ''}
          onChange={(event) => {
            setChannelId(event.currentTarget.value)
            setStatus(null)
          }}
        >
          <For each={numbers()}>{(one) => <option value={one.id}>{one.name}</option>}</For>
        </Choice>
        <Button icon={RefreshCw} busy={reading.busy()} disabled={!number()} onClick={refresh}>
          {words().refresh}
        </Button>
      </div>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {reading.error()}
      </p>
      <Show when={isUnread()}>
        <p role="status" class="mt-2 rounded-segment bg-maiz-tint px-3 py-2 text-small">
          {words().unread(number()?.name ?? '')}
        </p>
      </Show>
      <div class="no-bar my-3 flex gap-2 overflow-x-auto" role="group" aria-label={templateText().title}>
        <FilterChip name={words().all} count={here().length} chosen={status() === null} choose={() => setStatus(null)} />
        <For each={states()}>
          {(one) => (
            <FilterChip
              name={templateText().statuses[one]}
              count={here().filter((each) => each.status === one).length}
              chosen={status() === one}
              choose={() => setStatus(one)}
            />
          )}
        </For>
      </div>
      <Show
        when={shown().length > 0}
        fallback={
          <Show
            when={asked.items()}
            fallback={
              <Show when={asked.loading()}>
                <div class="skeleton h-60 rounded-card bg-sunk" aria-hidden="true" />
              </Show>
            }
          >
            <Empty
              title={here().length > 0 ? words().nothing : words().empty}
              help={here().length > 0 ? '' : words().emptyHelp}
            />
          </Show>
        }
      >
        <ul class="overflow-hidden rounded-card border border-line bg-surface" aria-busy={asked.loading()}>
          <For each={shown()}>{(one) => <Row template={one} open={() => setSeen(one.id)} />}</For>
        </ul>
      </Show>
      <Show when={editing() === null && viewed()}>
        {(template) => (
          <TemplateView
            template={template()}
            channel={number()}
            edit={() => setEditing(template())}
            removed={() => {
              setSeen(null)
              void asked.again()
            }}
            close={() => setSeen(null)}
          />
        )}
      </Show>
      <Show when={editing()}>
        {(what) => (
          <Show when={number()}>
            {(at) => (
              <TemplateEditor
                channel={at()}
                template={draftOf(what())}
                changed={changed}
                close={() => {
                  setEditing(null)
                  setSeen(null)
                }}
              />
            )}
          </Show>
        )}
      </Show>
    </PartPage>
  )
}

/** A new one has no template yet. */
function draftOf(what: Template | 'new'): Template | null {
  return what === 'new' ? null : what
}

function Row(props: { template: Template; open: () => void }) {
  return (
    <li class="border-line [&+&]:border-t">
      <button
        type="button"
        class="row flex min-h-16 w-full flex-col justify-center gap-0.5 px-4 py-2 text-left"
        onClick={() => props.open()}
      >
        <span class="flex w-full items-center gap-2">
          <span class="min-w-0 flex-1 truncate font-semibold">{props.template.name}</span>
          <StatusChip template={props.template} />
        </span>
        <span class="clamp-2 text-small text-ink-2">{props.template.content.body}</span>
        <span class="text-meta text-ink-3">
          {props.template.language} · {templateText().categories[props.template.category]}
          <Show when={props.template.quality !== 'unknown'}> · {templateText().qualities[props.template.quality]}</Show>
        </span>
        <Show when={props.template.reason}>
          {(reason) => <span class="clamp-2 text-meta text-cochinilla">{reasonWords(reason(), templateText().reasons)}</span>}
        </Show>
      </button>
    </li>
  )
}
