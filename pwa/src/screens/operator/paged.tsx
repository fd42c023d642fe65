import { For, Show, type JSX } from 'solid-js'
import type { Pages } from '../../api/create-pages.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'

type PagedProps<Item> = {
  pages: Pages<Item>
  empty: string
  emptyHelp?: string
  children: (item: Item) => JSX.Element
}

/** A list of the console: what could not be read, what there is, and more of it. */
export function Paged<Item>(props: PagedProps<Item>) {
  const isEmpty = () => props.pages.items().length === 0 && !props.pages.loading() && !props.pages.problem()
  return (
    <>
      <LoadProblem of={props.pages} title={operatorMoneyText().loadFailed} />
      <ul class="grid gap-3 empty:hidden" aria-busy={props.pages.loading()}>
        <For each={props.pages.items()}>{(item) => props.children(item)}</For>
      </ul>
      <Show when={isEmpty()}>
        <Empty title={props.empty} {...(props.emptyHelp === undefined ? {} : { help: props.emptyHelp })} />
      </Show>
      <Show when={props.pages.next()}>
        <Button class="mt-3 w-full" busy={props.pages.loading()} onClick={() => void props.pages.more()}>
          {operatorMoneyText().more}
        </Button>
      </Show>
    </>
  )
}
