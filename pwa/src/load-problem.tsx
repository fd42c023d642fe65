import { Show } from 'solid-js'
import type { ApiProblem } from './api/problem.rules.ts'
import { sentenceOf, t } from './text/text.ts'
import { ErrorCard } from './ui/empty.tsx'

/** What could not be read: why, the code to tell us, and the way to ask again. `offline` is what is said where there is no network. */
export function LoadProblem(props: {
  of: { problem: () => ApiProblem | null; again: () => unknown }
  title: string
  offline?: string
}) {
  return (
    <Show when={props.of.problem()}>
      {(problem) => (
        <ErrorCard
          title={props.title}
          help={(problem().code === 'no_network' && props.offline) || sentenceOf(problem())}
          reference={problem().traceId}
          action={{ name: t().app.retry, run: () => void props.of.again() }}
        />
      )}
    </Show>
  )
}
