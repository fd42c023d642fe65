import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type { ManagedLabel } from '#contract/labels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { labelsText } from '../../text/labels.ts'
import { t } from '../../text/text.ts'
import { LabelChip } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { LabelForm } from './label-form.tsx'

/** The company's labels: who sees each, how often it is used; inactive ones last. */
export default function LabelsScreen() {
  const { labels } = useDesk()
  const list = createAsked(async () => (await call(api.listManagedLabels, {})).items)
  const [open, setOpen] = createSignal<ManagedLabel | 'new' | null>(null)
  const groups = () => [
    { isArchive: false, items: (list.items() ?? []).filter(({ archived }) => !archived) },
    { isArchive: true, items: (list.items() ?? []).filter(({ archived }) => archived) },
  ]
  const edited = () => {
    const now = open()
    return now === 'new' ? null : now
  }

  function changed(label: ManagedLabel) {
    const items = list.items() ?? []
    list.put(
      items.some(({ id }) => id === label.id) ? items.map((old) => (old.id === label.id ? label : old)) : [...items, label],
    )
    void labels.refresh()
  }

  const add = () => (
    <Button kind="quiet" class="!text-anil" icon={Plus} disabled={list.isStale()} onClick={() => setOpen('new')}>
      {labelsText().add}
    </Button>
  )
  return (
    <PartPage title={t().settings.labels} actions={add()}>
      <LoadProblem of={list} title={labelsText().loadFailed} />
      <Show when={list.items()?.length === 0}>
        <Empty title={labelsText().empty} help={labelsText().emptyHelp} />
      </Show>
      <For each={groups()}>
        {({ isArchive, items }) => (
          <Show when={items.length > 0}>
            <section class="mb-5">
              <Show when={isArchive}>
                <h2 class="text-small font-semibold text-ink-2">{labelsText().archived}</h2>
                <p class="mb-1 text-meta text-ink-3">{labelsText().archivedHelp}</p>
              </Show>
              <ul class="overflow-hidden rounded-card border border-line bg-surface">
                <For each={items}>{(label) => <Row label={label} open={() => setOpen(label)} />}</For>
              </ul>
            </section>
          </Show>
        )}
      </For>
      <Show when={open() !== null}>
        <LabelForm label={edited()} isStale={list.isStale()} changed={changed} close={() => setOpen(null)} />
      </Show>
    </PartPage>
  )
}

function Row(props: { label: ManagedLabel; open: () => void }) {
  const scope = () => {
    const { roles, chats, messages } = props.label
    return `${roles.length > 0 ? labelsText().forRoles(roles.length) : labelsText().forAll} · ${labelsText().used(chats, messages)}`
  }
  return (
    <li class="border-line [&+&]:border-t">
      <button
        type="button"
        class="row flex min-h-16 w-full flex-col justify-center gap-1 px-4 py-2 text-left"
        onClick={() => props.open()}
      >
        <LabelChip name={props.label.name} color={props.label.color} class="max-w-full self-start" />
        <span class="clamp-2 text-small text-ink-2 empty:hidden">{props.label.description}</span>
        <span class="nums text-meta text-ink-3">{scope()}</span>
      </button>
    </li>
  )
}
