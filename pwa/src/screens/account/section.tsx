import { createUniqueId, Match, Switch, type JSX } from 'solid-js'
import type { Asked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { own } from '../../text/own.ts'

/** One card of the own account. */
export function Section(props: { title: string; children: JSX.Element }) {
  const id = createUniqueId()
  return (
    <section class="fold-bl flex flex-col gap-3 rounded-card border border-line bg-surface p-5" aria-labelledby={id}>
      <h2 id={id} class="text-heading font-bold">
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}

/** What is read of the server: here, on its way, or not to be had. */
export function Loaded<Items extends object>(props: { list: Asked<Items>; children: (items: () => Items) => JSX.Element }) {
  return (
    <Switch fallback={<div class="skeleton h-20 rounded-card bg-sunk" aria-hidden="true" />}>
      <Match when={props.list.items()}>{(items) => props.children(items)}</Match>
      <Match when={props.list.problem()}>
        <LoadProblem of={props.list} title={own().account.loadFailed} offline={own().account.offline} />
      </Match>
    </Switch>
  )
}

/** Why something was refused. */
export function Refused(props: { error: string | null }) {
  return (
    <p role="alert" class="text-small text-cochinilla empty:hidden">
      {props.error}
    </p>
  )
}
