import Download from 'lucide-solid/icons/download'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Balance, Movement } from '#contract/billing.ts'
import { call, callForFile } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import { dayBegin, dayEnd } from '../../company-day.rules.ts'
import { companyZone } from '../../company-zone.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/billing-endpoints.ts'
import { saveFile } from '../../lib/copy.ts'
import { useDesk } from '../../live/context.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { balanceText } from '../../text/balance.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { unitsOf } from '../../amounts.rules.ts'
import { MovementRow } from './movement-row.tsx'
import { RefundSheet } from './refund-sheet.tsx'

const KINDS = ['in', 'spent', 'back'] as const
const LONG_MS = 60_000

type MovementsProps = {
  balance: Balance
  /** Grows with each change, so that the list is read anew. */ turn: number
  changed: () => void
}

/** What moved the balance, the latest first, with its filters and as a file. */
export function Movements(props: MovementsProps) {
  const { desk } = useDesk()
  const channels = () => desk.channels()
  const [kind, setKind] = createSignal<(typeof KINDS)[number] | null>(null)
  const [from, setFrom] = createSignal('')
  const [to, setTo] = createSignal('')
  const [channel, setChannel] = createSignal('')
  const [words, setWords] = createSignal('')
  const [refunded, setRefunded] = createSignal<Movement | null>(null)
  const exporting = createAction()
  const filter = createMemo(() => {
    const [begin, end, wanted] = [dayBegin(from(), companyZone()), dayEnd(to(), companyZone()), kind()]
    const [number, q] = [channels().find(({ id }) => id === channel()), words()]
    return {
      ...{ ...(wanted && { kind: wanted }), ...(begin && { from: begin }), ...(end && { to: end }) },
      ...{ ...(number && { channelId: number.id }), ...(q && { q }) },
    }
  })
  // What messages of a day cost is one line, until they are asked for: a campaign buries no top-up.
  const byDay = () => (kind() === 'spent' ? {} : { byDay: 'true' as const })
  const asked = createMemo(() => ({ filter: { ...filter(), ...byDay() }, turn: props.turn }))
  const pages = createPages(asked, (now, cursor) => call(api.listMovements, { ...now.filter, ...(cursor && { cursor }) }))
  const isFiltered = () => Object.keys(filter()).length > 0
  const isEmpty = () => pages.items().length === 0 && !pages.loading() && !pages.problem()

  const most = (movement: Movement) => Math.min(unitsOf(movement.refundable ?? '0'), unitsOf(props.balance.balance.available))
  const refundOf = (movement: Movement) =>
    movement.paymentId && most(movement) >= 0.01 && !props.balance.balance.frozen && desk.may('billing.manage')
      ? () => setRefunded(movement)
      : undefined

  function clear() {
    for (const set of [setFrom, setTo, setChannel, setWords]) set('')
    setKind(null)
  }

  function showDay(day: string) {
    setFrom(day)
    setTo(day)
    setKind('spent')
  }

  async function save() {
    const { blob, headers } = await callForFile(api.exportMovements, filter(), { timeoutMs: LONG_MS })
    saveFile(`saldo-${new Date().toISOString().slice(0, 10)}.csv`, blob)
    say(headers.has('x-rows-left') ? balanceText().exportedPart : balanceText().exported)
  }

  return (
    <section class="grid gap-3" aria-labelledby="movements">
      <div class="flex flex-wrap items-center gap-2">
        <h2 id="movements" class="min-w-0 flex-1 text-heading font-bold">
          {balanceText().movements}
        </h2>
        <Button icon={Download} busy={exporting.busy()} onClick={() => void exporting.run(save)}>
          {balanceText().export}
        </Button>
      </div>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {exporting.error()}
      </p>
      <div class="flex flex-wrap gap-2" role="group" aria-label={balanceText().movements}>
        <FilterChip name={balanceText().kinds.all} chosen={kind() === null} choose={() => setKind(null)} />
        <For each={KINDS}>
          {(one) => <FilterChip name={balanceText().kinds[one]} chosen={kind() === one} choose={() => setKind(one)} />}
        </For>
      </div>
      <div class="grid grid-cols-2 gap-3">
        <Field type="date" label={balanceText().from} value={from()} onChange={(event) => setFrom(event.currentTarget.value)} />
        <Field type="date" label={balanceText().to} value={to()} onChange={(event) => setTo(event.currentTarget.value)} />
        <Choice label={balanceText().number} value={channel()} onChange={(event) => setChannel(event.currentTarget.value)}>
          <option value="">{balanceText().allNumbers}</option>
          <For each={channels()}>{({ id, name }) => <option value={id}>{name}</option>}</For>
        </Choice>
        <Field
          type="search"
          enterkeyhint="search"
          label={balanceText().find}
          hint={balanceText().findHint}
          value={words()}
          onChange={(event) => setWords(event.currentTarget.value.trim())}
        />
      </div>
      <LoadProblem of={pages} title={balanceText().movementsFailed} />
      <ol class="grid gap-2" aria-busy={pages.loading()}>
        <For each={pages.items()}>
          {(movement) => <MovementRow movement={movement} refund={refundOf(movement)} each={showDay} />}
        </For>
      </ol>
      <Show when={isEmpty()}>
        <Show when={isFiltered()} fallback={<Empty title={balanceText().none} help={balanceText().noneHelp} />}>
          <Empty title={balanceText().noneFound}>
            <Button onClick={clear}>{balanceText().clear}</Button>
          </Empty>
        </Show>
      </Show>
      <Show when={pages.next()}>
        <Button class="w-full" busy={pages.loading()} onClick={() => void pages.more()}>
          {balanceText().more}
        </Button>
      </Show>
      <Show when={refunded()}>
        {(movement) => (
          <Show when={movement().paymentId}>
            {(paymentId) => (
              <RefundSheet
                movement={movement()}
                paymentId={paymentId()}
                most={most(movement())}
                done={() => (setRefunded(null), props.changed())}
                close={() => setRefunded(null)}
              />
            )}
          </Show>
        )}
      </Show>
    </section>
  )
}
