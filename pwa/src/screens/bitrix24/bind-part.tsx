import Plus from 'lucide-solid/icons/plus'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createMemo, createSignal, For, Show, untrack } from 'solid-js'
import type { Portal } from '#contract/bitrix24.ts'
import type { Channel } from '#contract/channels.ts'
import type { OpenLine, PortalLine } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { createRead } from '../../lib/create-read.ts'
import { linesText } from '../../text/portal-lines.ts'
import { sentenceOf } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { NewLineForm } from './new-line-form.tsx'
import { PORTAL_MS, portalRefused } from './portal-refused.ts'

type BindPartProps = {
  channel: Channel
  portals: readonly Portal[]
  /** Every binding of the company: whose a line is already. */
  lines: readonly PortalLine[]
  nameOf: (channelId: string) => string
  bound: (line: PortalLine) => void
}

/** Where a number goes in Bitrix24: a line that is there, or a new one. */
export function BindPart(props: BindPartProps) {
  const action = createAction()
  const [portalId, setPortalId] = createSignal(untrack(() => props.portals[0]?.id ?? ''))
  const [picked, setPicked] = createSignal<string | null>(null)
  const [isNew, setIsNew] = createSignal(false)
  const [asked, { refetch }] = createRead(portalId, async (id) => {
    const { items } = await call(api.readOpenLines, { portalId: id }, { timeoutMs: PORTAL_MS })
    return items
  })
  const open = () => (asked.error ? [] : (asked.latest ?? []))
  const owner = (line: number) => {
    const taken = props.lines.find((one) => one.portalId === portalId() && one.line === line)
    return taken && taken.channelId !== props.channel.id ? props.nameOf(taken.channelId) : null
  }
  const isHere = (line: number) =>
    props.lines.some((one) => one.portalId === portalId() && one.line === line && one.channelId === props.channel.id)
  const free = createMemo(() => open().filter(({ line }) => !isHere(line)))
  /** Where one line alone is free, nobody has to choose. */
  const chosen = () => {
    const [one, ...others] = free().filter(({ line }) => owner(line) === null)
    return picked() ?? (one && others.length === 0 ? String(one.line) : '')
  }
  const label = ({ line, name, isActive, queue }: OpenLine) => {
    const taken = owner(line)
    const parts = [
      queue === null ? null : linesText().people(queue),
      isActive ? null : linesText().lineOff,
      taken && linesText().takenBy(taken),
    ]
    return [name, ...parts].filter(Boolean).join(' · ')
  }
  const error = () => {
    if (!asked.error) return null
    const problem = problemOf(asked.error)
    return portalRefused(problem) ?? sentenceOf(problem)
  }

  async function bind(line: number) {
    const input = { channelId: props.channel.id, portalId: portalId(), line }
    props.bound(await call(api.bindPortalLine, input, { timeoutMs: PORTAL_MS }))
  }

  const bindChosen = () => bind(Number(chosen()))

  return (
    <div class="flex flex-col gap-4">
      <Show when={props.portals.length > 1}>
        <Choice label={linesText().portal} value={portalId()} onChange={(event) => setPortalId(event.currentTarget.value)}>
          <For each={props.portals}>{(portal) => <option value={portal.id}>{portal.domain}</option>}</For>
        </Choice>
      </Show>
      <p role="status" class="text-small text-ink-2 empty:hidden">
        {asked.loading ? linesText().reading : null}
      </p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {error() ?? action.error()}
      </p>
      <Show
        when={free().length > 0}
        fallback={
          <p class="text-small text-ink-2 empty:hidden">{asked.state === 'ready' && asked.latest ? linesText().noLines : null}</p>
        }
      >
        <form
          class="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            void action.run(bindChosen, portalRefused)
          }}
        >
          <Choice label={linesText().choose} required value={chosen()} onChange={(event) => setPicked(event.currentTarget.value)}>
            <option value="" />
            <For each={free()}>
              {(one) => (
                <option value={String(one.line)} selected={String(one.line) === chosen()} disabled={owner(one.line) !== null}>
                  {label(one)}
                </option>
              )}
            </For>
          </Choice>
          <Button kind="primary" type="submit" busy={action.busy()} disabled={chosen() === ''}>
            {linesText().bind}
          </Button>
        </form>
      </Show>
      <div class="flex flex-wrap gap-2">
        <Button icon={Plus} aria-expanded={isNew()} onClick={() => setIsNew((was) => !was)}>
          {linesText().create}
        </Button>
        <Button kind="quiet" icon={RefreshCw} busy={asked.loading} onClick={() => void refetch()}>
          {linesText().refresh}
        </Button>
      </div>
      <Show when={isNew()}>
        <NewLineForm portalId={portalId()} name={props.channel.name} made={({ line }) => bind(line)} />
      </Show>
    </div>
  )
}
