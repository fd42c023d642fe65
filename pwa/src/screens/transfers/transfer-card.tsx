import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { Transfer } from '#contract/desk.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { deskWork } from '../../text/desk-work.ts'
import { dayTime } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'

const DYE: Record<Transfer['state'], string> = {
  requested: 'bg-maiz-tint text-ink',
  approved: 'bg-eucalipto-tint text-eucalipto',
  denied: 'bg-cochinilla-tint text-cochinilla',
  cancelled: 'bg-sunk text-ink-2',
  expired: 'bg-sunk text-ink-2',
}

/** One request: who, whose, to whom, why, what became of it; and the decision, for who may take it. */
export function TransferCard(props: { transfer: Transfer; decided: (transfer: Transfer) => void }) {
  const { desk } = useDesk()
  const action = createAction()
  const [isDenying, setIsDenying] = createSignal(false)
  const isMine = () => props.transfer.askedBy.id === desk.me.person.id
  const isOpen = () => props.transfer.state === 'requested'
  const to = () => props.transfer.to.person?.name ?? props.transfer.to.department ?? ''

  function decide(approve: boolean, reason?: string) {
    async function work() {
      props.decided(await call(api.decideTransfer, { transferId: props.transfer.id, approve, reason }))
    }
    void action.run(work)
  }

  async function cancel() {
    props.decided(await call(api.cancelTransfer, { transferId: props.transfer.id }))
  }

  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <div class="flex items-start gap-2">
        <h2 class="min-w-0 flex-1 truncate text-heading font-semibold">
          {props.transfer.contact.name ?? deskWork().noPhoneName}
        </h2>
        <span class={`flex-none rounded-chip px-2 py-px text-meta font-semibold ${DYE[props.transfer.state]}`}>
          {deskWork().states[props.transfer.state]}
        </span>
      </div>
      <p class="mt-1 text-small">{deskWork().askedBy(props.transfer.askedBy.name, props.transfer.from?.name ?? null, to())}</p>
      <p class="mt-2 text-small">«{props.transfer.reason}»</p>
      <Show when={props.transfer.summary}>
        <p class="mt-1 rounded-slip border-[1.5px] border-dashed border-maiz bg-maiz-tint px-3 py-2 text-small">
          {props.transfer.summary}
        </p>
      </Show>
      <p class="mt-2 text-meta text-ink-3">
        <time dateTime={props.transfer.createdAt}>{dayTime(props.transfer.createdAt)}</time>
        <Show when={props.transfer.decided}>
          {(decided) => (
            <>
              {' · '}
              {deskWork().decidedBy(decided().by, dayTime(decided().at))}
              <Show when={decided().reason}>{(reason) => ` · «${reason()}»`}</Show>
            </>
          )}
        </Show>
      </p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <div class="mt-3 flex flex-wrap gap-2 empty:hidden">
        <Show when={isOpen() && !isMine() && desk.may('transfers.decide')}>
          <Button kind="primary" busy={action.busy()} onClick={() => decide(true)}>
            {deskWork().approve}
          </Button>
          <Button kind="danger" disabled={action.busy()} onClick={() => setIsDenying(true)}>
            {deskWork().deny}
          </Button>
        </Show>
        <Show when={isOpen() && isMine()}>
          <Button busy={action.busy()} onClick={() => void action.run(cancel)}>
            {deskWork().cancelRequest}
          </Button>
        </Show>
        <Show when={desk.chat(props.transfer.chatId)}>
          <A class="button button-outlined" href={`/chats/${props.transfer.chatId}`}>
            {deskWork().openChat}
          </A>
        </Show>
      </div>
      <Show when={isDenying()}>
        <Denial
          close={() => setIsDenying(false)}
          deny={(reason) => {
            setIsDenying(false)
            decide(false, reason || undefined)
          }}
        />
      </Show>
    </li>
  )
}

/** A denial has a reason if it can: whoever asked reads it. */
function Denial(props: { close: () => void; deny: (reason: string) => void }) {
  const [reason, setReason] = createSignal('')
  return (
    <Sheet small title={deskWork().denyTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          props.deny(reason().trim())
        }}
      >
        <label class="flex flex-col gap-1.5">
          <span class="text-small font-semibold">{deskWork().denyReason}</span>
          <textarea
            class="field min-h-20"
            maxlength={300}
            value={reason()}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <Button kind="sure" type="submit">
          {deskWork().deny}
        </Button>
      </form>
    </Sheet>
  )
}
