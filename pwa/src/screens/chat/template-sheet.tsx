import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { createMemo, createSignal, For, onMount, Show } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { unsendable } from '#contract/template-rules.ts'
import type { Template } from '#contract/templates.ts'
import type { ApiProblem } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { templateText } from '../../text/templates.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Busy, IconButton } from '../../ui/button.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { TemplateForm } from './template-form.tsx'

/** Choosing an approved template of the chat's number, and filling it in. What was typed in the composer is not touched. */
export function TemplateSheet(props: { chat: Chat; close: () => void; sent: () => void }) {
  const { templates } = useDesk()
  const [chosen, setChosen] = createSignal<Template | null>(null)
  const [reading, setReading] = createSignal(true)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const words = () => templateText()
  const mine = createMemo(() =>
    templates.items().filter(({ channelId, status }) => channelId === props.chat.channelId && status === 'approved'),
  )

  async function read() {
    setReading(true)
    setProblem(await templates.refresh(props.chat.channelId))
    setReading(false)
  }
  onMount(() => void read())

  return (
    <Sheet
      title={chosen()?.name ?? words().choose}
      closeLabel={t().app.close}
      close={() => props.close()}
      actions={
        <Show when={chosen()}>{<IconButton label={words().back} icon={ArrowLeft} onClick={() => setChosen(null)} />}</Show>
      }
    >
      <Show
        when={chosen()}
        fallback={
          <>
            <Show when={problem()}>
              {(found) => (
                <ErrorCard
                  title={sentenceOf(found())}
                  help={mine().length > 0 ? words().notFresh : ''}
                  action={{ name: t().app.retry, run: () => void read() }}
                />
              )}
            </Show>
            <Choices
              items={mine()}
              reading={reading()}
              wantsNoMarketing={props.chat.consent?.out === 'marketing'}
              choose={setChosen}
            />
          </>
        }
      >
        {(template) => (
          <TemplateForm
            chat={props.chat}
            template={template()}
            sent={() => {
              props.close()
              props.sent()
            }}
          />
        )}
      </Show>
    </Sheet>
  )
}

/** `José` is found by `jose`. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function Choices(props: {
  items: readonly Template[]
  reading: boolean
  wantsNoMarketing: boolean
  choose: (template: Template) => void
}) {
  const words = () => templateText()
  const [search, setSearch] = createSignal('')
  const found = createMemo(() => {
    const wanted = plain(search().trim())
    return props.items.filter(({ name, content }) =>
      plain(`${name.replaceAll('_', ' ')} ${name} ${content.body}`).includes(wanted),
    )
  })
  return (
    <>
      <Show when={props.items.length > 0 || props.reading} fallback={<Empty title={words().none} help={words().noneHelp} />}>
        <div class="sticky top-0 z-1 border-b border-line bg-surface p-2">
          <input
            type="search"
            class="field"
            aria-label={words().search}
            placeholder={words().search}
            autocomplete="off"
            value={search()}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
      </Show>
      <Show when={props.reading && props.items.length === 0}>
        <p role="status" class="flex items-center gap-3 p-5 text-small text-ink-2">
          <Busy />
          {words().reading}
        </p>
      </Show>
      <Show when={props.items.length > 0 && found().length === 0}>
        <p role="status" class="px-5 py-6 text-small text-ink-2">
          {words().noMatch}
        </p>
      </Show>
      <ul class="p-2">
        <For each={found()}>
          {(template) => (
            <Choice
              template={template}
              isUnwanted={props.wantsNoMarketing && template.category === 'marketing'}
              choose={() => props.choose(template)}
            />
          )}
        </For>
      </ul>
    </>
  )
}

function Choice(props: { template: Template; isUnwanted: boolean; choose: () => void }) {
  const words = () => templateText()
  const blocked = () => unsendable(props.template.content) !== null
  return (
    <li>
      <button
        type="button"
        class="row flex min-h-16 w-full flex-col justify-center rounded-button px-3 py-2 text-left disabled:opacity-60"
        disabled={blocked() || props.isUnwanted}
        onClick={() => props.choose()}
      >
        <span class="flex w-full items-baseline gap-2">
          <span class="min-w-0 truncate font-semibold">{props.template.name}</span>
          <span class="flex-none text-meta text-ink-3">
            {props.template.language} · {words().categories[props.template.category]}
          </span>
        </span>
        <span class="clamp-2 text-small text-ink-2">{props.template.content.body}</span>
        <Show when={blocked() || props.isUnwanted}>
          <span class="text-meta text-cochinilla">{blocked() ? words().unsendable : t().chat.noMarketing}</span>
        </Show>
      </button>
    </li>
  )
}
