import { For, Show, type JSX } from 'solid-js'
import type { ReconBalance, ReconBooks } from '#contract/reconciliation.ts'
import { dayTime } from '../../text/format.ts'
import { reconciliationText } from '../../text/reconciliation.ts'
import { amountText } from './amount.ts'
import { differenceOf } from './reconciliation.rules.ts'
import { StateLine } from './state-line.tsx'

type Line = { name: string; amount: string; isSum?: boolean }

function Card(props: { title: string; lines: readonly Line[]; seenAt: string; children: JSX.Element }) {
  return (
    <section class="fold-bl grid content-start gap-2 rounded-card border border-line bg-surface p-4">
      <h2 class="font-semibold">{props.title}</h2>
      <dl class="grid gap-1 text-small">
        <For each={props.lines}>
          {(line) => (
            <div class="flex items-baseline gap-3" classList={{ 'border-t border-line pt-1 font-semibold': line.isSum === true }}>
              <dt class="min-w-0 flex-1 text-ink-2">{line.name}</dt>
              <dd class="nums font-display">{line.amount}</dd>
            </div>
          )}
        </For>
      </dl>
      {props.children}
      <p class="text-meta text-ink-3">{reconciliationText().seen(dayTime(props.seenAt))}</p>
    </section>
  )
}

/** What a gateway says that it has of ours, what our books say, and what explains that they differ. */
function BalanceCard(props: { balance: ReconBalance }) {
  const words = () => reconciliationText()
  const shown = (micro: string | bigint) => amountText(micro, props.balance.currency)
  const difference = () => differenceOf(props.balance)
  const unexplained = () => difference() - BigInt(props.balance.explained)
  return (
    <Card
      title={words().inGateway(words().gateways[props.balance.gateway], props.balance.currency)}
      lines={[
        { name: words().available, amount: shown(props.balance.available) },
        { name: words().pending, amount: shown(props.balance.pending) },
        { name: words().books, amount: shown(props.balance.books) },
        { name: words().difference, amount: shown(difference()), isSum: true },
      ]}
      seenAt={props.balance.seenAt}
    >
      <Show
        when={unexplained() !== 0n}
        fallback={
          <Show when={difference() !== 0n} fallback={<StateLine mood="good" words={words().even} />}>
            <StateLine mood="waits" words={words().explained} />
          </Show>
        }
      >
        <StateLine
          mood="wrong"
          words={words().unexplained(shown(unexplained()), dayTime(props.balance.offSince ?? props.balance.seenAt))}
        />
      </Show>
    </Card>
  )
}

/** Our own books: both sides of them, and what customers see. */
function BooksCard(props: { books: ReconBooks }) {
  const words = () => reconciliationText()
  const shown = (micro: string) => amountText(micro, props.books.currency)
  const isEven = () => props.books.debits === props.books.credits && props.books.prepaid === props.books.shown
  return (
    <Card
      title={words().ourBooks(props.books.currency)}
      lines={[
        { name: words().debits, amount: shown(props.books.debits) },
        { name: words().credits, amount: shown(props.books.credits) },
        { name: words().prepaid, amount: shown(props.books.prepaid) },
        { name: words().shown, amount: shown(props.books.shown) },
      ]}
      seenAt={props.books.seenAt}
    >
      <StateLine mood={isEven() ? 'good' : 'wrong'} words={isEven() ? words().even : words().difference} />
    </Card>
  )
}

/** All sums that must be the same. */
export function BalanceCards(props: { balances: readonly ReconBalance[]; books: readonly ReconBooks[] }) {
  return (
    <div class="grid gap-3 tablet:grid-cols-2">
      <For each={props.balances}>{(balance) => <BalanceCard balance={balance} />}</For>
      <For each={props.books}>{(books) => <BooksCard books={books} />}</For>
    </div>
  )
}
