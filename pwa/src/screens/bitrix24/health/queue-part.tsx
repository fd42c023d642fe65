import { createMemo, For, Show } from 'solid-js'
import type { LineHealth } from '#contract/portal-health.ts'
import { LoadProblem } from '../../../load-problem.tsx'
import { healthText } from '../../../text/portal-health.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Part } from '../part.tsx'
import { ChosenBar } from './chosen-bar.tsx'
import { createDecision } from './create-decision.ts'
import { createQueue } from './create-queue.ts'
import { DecideSheet } from './decide-sheet.tsx'
import { QueueExport } from './queue-export.tsx'
import { QueueFilters } from './queue-filters.tsx'
import { QueueRow } from './queue-row.tsx'

type Props = { portalId: string; lines: readonly LineHealth[]; decided: () => void }

/** Everything that has not arrived, with its cause; what is decided about one, several, or all of a filter. */
export function QueuePart(props: Props) {
  const queue = createQueue(() => props.portalId)
  const decision = createDecision(
    () => props.portalId,
    queue,
    () => props.decided(),
  )
  const rows = () => queue.asked.items() ?? []
  const targets = () => props.lines.map(({ portalLine }) => portalLine)
  const chosen = createMemo(() => rows().filter(({ id }) => queue.chosen().has(id)))
  const isFiltered = () => Object.values(queue.part()).some(Boolean)

  return (
    <Part title={healthText().queue} help={healthText().queueHelp}>
      <QueueFilters queue={queue} lines={props.lines} />
      <LoadProblem of={queue.asked} title={healthText().queueFailed} />
      <Show when={rows().length > 0}>
        <div class="mt-3 flex flex-wrap items-center gap-2">
          <label class="-ml-3 flex min-h-11 flex-1 items-center gap-3 pl-3">
            <input
              type="checkbox"
              class="size-5 flex-none accent-anil"
              checked={queue.isAll()}
              onChange={(event) => queue.chooseAll(event.currentTarget.checked)}
            />
            {healthText().chooseAll}
          </label>
          <QueueExport portalId={props.portalId} part={queue.part()} />
        </div>
      </Show>
      <Show when={queue.isAll() || chosen().length > 0}>
        <ChosenBar
          queue={queue}
          chosen={chosen()}
          lines={targets().length}
          busy={decision.acting.busy()}
          decide={(what, ids) => decision.begin(what, ids)}
        />
      </Show>
      <p role="alert" class="mt-2 text-small text-cochinilla empty:hidden">
        {decision.acting.error()}
      </p>
      <ul class="mt-2 divide-y divide-line" aria-label={healthText().queue}>
        <For each={rows()}>
          {(entry) => (
            <QueueRow
              entry={entry}
              line={targets().find(({ id }) => id === entry.portalLineId) ?? null}
              lines={targets().filter(({ id }) => id !== entry.portalLineId).length}
              chosen={queue.isAll() || queue.chosen().has(entry.id)}
              choose={(isIn) => queue.choose(entry.id, isIn)}
              isFixed={queue.isAll()}
              busy={decision.acting.busy()}
              decide={(what) => decision.begin(what, [entry.id])}
            />
          )}
        </For>
      </ul>
      <Show when={queue.asked.items()?.length === 0}>
        <Empty
          title={isFiltered() ? healthText().emptyFilter : healthText().empty}
          help={isFiltered() ? '' : healthText().emptyHelp}
        />
      </Show>
      <Show when={queue.next() !== null}>
        <Button class="mt-3 w-full" busy={queue.asked.loading()} onClick={() => queue.more()}>
          {healthText().more}
        </Button>
      </Show>
      <Show when={decision.asking()}>
        {(asked) => (
          <DecideSheet
            decision={asked().decision}
            lines={targets()}
            busy={decision.acting.busy()}
            error={decision.acting.error()}
            close={() => decision.cancel()}
            decide={(more) => decision.finish(more)}
          />
        )}
      </Show>
    </Part>
  )
}
