import Pencil from 'lucide-solid/icons/pencil'
import Trash from 'lucide-solid/icons/trash'
import { createSignal, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { fieldsOfTemplate } from '#contract/template-rules.ts'
import type { Template } from '#contract/templates.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { TemplateSlip } from '../../template-slip.tsx'
import { ago } from '../../text/format.ts'
import { templateText } from '../../text/templates.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { reasonWords } from './reason.rules.ts'

const DYE: Partial<Record<Template['status'], string>> = {
  approved: 'bg-eucalipto-tint text-eucalipto',
  pending: 'bg-maiz-tint text-ink',
  rejected: 'bg-cochinilla-tint text-cochinilla',
  paused: 'bg-cochinilla-tint text-cochinilla',
  disabled: 'bg-cochinilla-tint text-cochinilla',
}

/** How a template stands, in its dye. */
export function StatusChip(props: { template: Template }) {
  return (
    <span
      class={`flex-none rounded-chip px-2 py-px text-meta font-semibold ${DYE[props.template.status] ?? 'bg-sunk text-ink-2'}`}
    >
      {templateText().statuses[props.template.status]}
    </span>
  )
}

type ViewProps = {
  template: Template
  channel: Channel | undefined
  edit: () => void
  removed: () => void
  close: () => void
}

/** One template: as WhatsApp shows it, how it stands and why, and what can be done with it. */
export function TemplateView(props: ViewProps) {
  const [isSure, setIsSure] = createSignal(false)
  const action = createAction()
  const words = () => templateText().manage
  const samples = () =>
    Object.fromEntries(fieldsOfTemplate(props.template.content).map(({ key, example }) => [key, example ?? undefined]))

  async function remove() {
    await call(api.removeTemplate, { templateId: props.template.id }, { timeoutMs: 30_000 })
    say(words().removed)
    props.removed()
  }

  return (
    <Sheet title={props.template.name} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <div class="flex flex-wrap items-center gap-2 text-small text-ink-2">
          <StatusChip template={props.template} />
          <span>
            {props.template.language} · {templateText().categories[props.template.category]} ·{' '}
            {templateText().qualities[props.template.quality]}
          </span>
        </div>
        <Show when={props.template.reason}>
          {(reason) => (
            <p class="rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
              <span class="font-semibold">{words().reason}:</span> {reasonWords(reason(), templateText().reasons)}
            </p>
          )}
        </Show>
        <TemplateSlip content={props.template.content} values={samples()} />
        <p class="text-meta text-ink-3">
          {props.template.syncedAt ? words().readAt(ago(props.template.syncedAt, minuteNow())) : words().never}
        </p>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Show
          when={isSure()}
          fallback={
            <div class="flex flex-wrap gap-2">
              <Button icon={Pencil} onClick={() => props.edit()}>
                {words().edit}
              </Button>
              <Button kind="danger" icon={Trash} onClick={() => setIsSure(true)}>
                {words().remove}
              </Button>
            </div>
          }
        >
          <div class="flex flex-col gap-2 rounded-slip border border-line p-4">
            <p class="font-semibold">{words().removeSure(props.template.name)}</p>
            <Show when={props.template.status !== 'draft'}>
              <p class="text-small">
                {words().removeHelp} <Show when={props.channel?.kind === 'gupshup'}>{words().removeAll}</Show>
              </p>
            </Show>
            <Button kind="sure" busy={action.busy()} onClick={() => void action.run(remove)}>
              {words().remove}
            </Button>
          </div>
        </Show>
      </div>
    </Sheet>
  )
}
