import { For, Match, Show, Switch, type JSX } from 'solid-js'
import type { ApiProblem } from '../../api/problem.rules.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { team } from '../../text/team.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'

type LoadedProps<Items> = {
  list: { items: () => Items | null; problem: () => ApiProblem | null; loading: () => boolean; again: () => Promise<unknown> }
  rows?: number
  children: (items: () => Items) => JSX.Element
}

/** A list that is being read, could not be read, is of another time, or is here. */
export function Loaded<Items>(props: LoadedProps<Items>) {
  return (
    <Switch>
      <Match when={props.list.items()}>
        {(items) => (
          <>
            <Show when={props.list.problem()}>
              {(problem) => (
                <div
                  role="status"
                  class="mb-4 flex flex-wrap items-center gap-2 rounded-segment bg-maiz-tint px-3 py-1 text-small"
                >
                  <p class="min-w-40 flex-1 py-1.5">{problem().status === 0 ? team().common.stale : sentenceOf(problem())}</p>
                  <Button kind="quiet" busy={props.list.loading()} onClick={() => void props.list.again()}>
                    {t().app.retry}
                  </Button>
                </div>
              )}
            </Show>
            {props.children(items)}
          </>
        )}
      </Match>
      <Match when={props.list.problem()}>
        <LoadProblem of={props.list} title={team().common.loadFailed} offline={team().common.needsNetwork} />
      </Match>
      <Match when={props.list.loading()}>
        <Rows count={props.rows ?? 6} />
      </Match>
    </Switch>
  )
}

/** Sunk slips where the rows will be. */
export function Rows(props: { count: number }) {
  return (
    <div class="skeleton grid gap-3" aria-hidden="true">
      <For each={Array.from({ length: props.count })}>{() => <div class="h-20 rounded-card bg-sunk" />}</For>
    </div>
  )
}
