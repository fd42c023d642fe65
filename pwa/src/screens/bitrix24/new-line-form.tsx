import X from 'lucide-solid/icons/x'
import { createSignal, For, Show, untrack } from 'solid-js'
import type { OpenLine, WeekDay } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { createRead } from '../../lib/create-read.ts'
import { useDesk } from '../../live/context.ts'
import { linesText } from '../../text/portal-lines.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { PORTAL_MS, portalRefused } from './portal-refused.ts'

const DAYS: readonly WeekDay[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
type Entry = { kind: 'user' | 'department'; id: string; name: string }

/** A new open line: its name, who answers, and when. What was typed stays until the portal has taken it. */
export function NewLineForm(props: { portalId: string; name: string; made: (line: OpenLine) => Promise<void> }) {
  const { desk } = useDesk()
  const action = createAction()
  const [name, setName] = createSignal(untrack(() => props.name))
  const [queue, setQueue] = createSignal<readonly Entry[]>([])
  const [typed, setTyped] = createSignal('')
  const [hasHours, setHasHours] = createSignal(false)
  const [from, setFrom] = createSignal('09:00')
  const [to, setTo] = createSignal('18:00')
  const [off, setOff] = createSignal<readonly WeekDay[]>(['SA', 'SU'])
  const [found] = createRead(
    () => ({ portalId: props.portalId, q: typed() }),
    async (asked) => (await call(api.readColleagues, asked, { timeoutMs: PORTAL_MS })).items,
  )
  const others = () => {
    const items = found.error ? [] : (found.latest ?? [])
    return items.filter((one) => !queue().some(({ kind, id }) => kind === one.kind && id === one.id)).slice(0, 8)
  }
  /** Made, but the number could not be bound to it: once more binds, and makes no second one. */
  const [made, setMade] = createSignal<OpenLine | null>(null)

  async function create() {
    const { timeZone } = desk.me.account
    const hours = hasHours() ? { from: from(), to: to(), timeZone, off: [...off()] } : null
    const entries = queue().map(({ kind, id }) => ({ kind, id }))
    const line =
      made() ??
      (await call(api.addOpenLine, { portalId: props.portalId, name: name(), queue: entries, hours }, { timeoutMs: PORTAL_MS }))
    setMade(line)
    await props.made(line)
  }

  return (
    <form
      class="mt-3 flex flex-col gap-4 rounded-card border border-line p-4"
      onSubmit={(event) => {
        event.preventDefault()
        void action.run(create, portalRefused)
      }}
    >
      <Field
        label={linesText().name}
        hint={linesText().nameHint}
        required
        maxlength={100}
        autocomplete="off"
        disabled={made() !== null}
        value={name()}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <div>
        <Field
          label={linesText().queue}
          hint={linesText().queueHint}
          type="search"
          autocomplete="off"
          maxlength={60}
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          error={found.error ? linesText().loadFailed : null}
        />
        <ul class="mt-2 flex flex-wrap gap-2 empty:hidden">
          <For each={queue()}>
            {(entry) => (
              <li class="flex items-center rounded-chip bg-anil-tint pl-3 text-small text-anil">
                {entry.name}
                <IconButton
                  label={linesText().remove(entry.name)}
                  icon={X}
                  size={16}
                  onClick={() => setQueue((now) => now.filter((one) => one !== entry))}
                />
              </li>
            )}
          </For>
        </ul>
        <ul class="mt-1 empty:hidden">
          <For each={others()}>
            {(entry) => (
              <li>
                <button
                  type="button"
                  class="row flex min-h-11 w-full items-center gap-2 px-2 text-left"
                  onClick={() => setQueue((now) => [...now, entry])}
                >
                  {entry.name}
                  <Show when={entry.kind === 'department'}>
                    <span class="text-meta text-ink-3">{linesText().department}</span>
                  </Show>
                </button>
              </li>
            )}
          </For>
        </ul>
      </div>
      <Switch name={linesText().hours} on={hasHours()} change={setHasHours} />
      <Show when={hasHours()}>
        <div class="flex gap-3">
          <Field
            class="flex-1"
            label={linesText().from}
            type="time"
            required
            value={from()}
            onInput={(event) => setFrom(event.currentTarget.value)}
          />
          <Field
            class="flex-1"
            label={linesText().to}
            type="time"
            required
            value={to()}
            onInput={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <div role="group" aria-label={linesText().daysOff}>
          <p class="mb-1 text-small font-semibold">{linesText().daysOff}</p>
          <div class="flex flex-wrap gap-1">
            <For each={DAYS}>
              {(day) => (
                <button
                  type="button"
                  class="min-h-11 min-w-11 rounded-button border px-2 text-small"
                  classList={{
                    'border-ink bg-ink text-paper': off().includes(day),
                    'border-line text-ink-2': !off().includes(day),
                  }}
                  aria-pressed={off().includes(day)}
                  onClick={() => setOff((now) => (now.includes(day) ? now.filter((one) => one !== day) : [...now, day]))}
                >
                  {linesText().days[day]}
                </button>
              )}
            </For>
          </div>
        </div>
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Show when={queue().length === 0}>
        <p class="text-meta text-ink-3">{linesText().queueNone}</p>
      </Show>
      <Button kind="primary" type="submit" busy={action.busy()} disabled={queue().length === 0}>
        {linesText().createBind}
      </Button>
    </form>
  )
}
