import { Show, Suspense } from 'solid-js'
import { lazyPart } from './lib/lazy-part.ts'
import { useDesk } from './live/context.ts'
import { mayDiscard, type Outgoing } from './live/outbox.rules.ts'
import { mayEdit, takeBack } from './live/take-back.ts'
import { problemText, t } from './text/text.ts'
import { Button } from './ui/button.tsx'
import { say } from './ui/toast.tsx'

const TopUpWay = lazyPart(async () => (await import('./top-up-way.tsx')).loadTopUpWay())

/** Why a message of the outbox is still here. */
export function waitingReason(entry: Outgoing): string {
  const code = entry.problem?.code ?? 'no_network'
  return code === 'no_network' ? t().slip.waitingNetwork : `${problemText(code).cause} ${problemText(code).nextStep}`
}

/** What a person may do with a message that has not left: now, otherwise, or not at all. `edited`: it is in its composer. */
export function WaitingActions(props: { entry: Outgoing; edited?: () => void }) {
  const { drafts, outbox } = useDesk()

  async function edit(): Promise<void> {
    if (await takeBack({ drafts, outbox }, props.entry)) props.edited?.()
    else say(t().slip.hasLeft)
  }

  async function discard(): Promise<void> {
    if (!(await outbox.discard(props.entry.id))) say(t().slip.hasLeft)
  }

  return (
    <>
      <Show when={props.entry.problem?.code === 'balance_empty'}>
        <Suspense>
          <TopUpWay />
        </Suspense>
      </Show>
      <div class="-mx-1 mt-1 flex flex-wrap gap-1">
        <Button kind="quiet" class="!text-anil" onClick={() => void outbox.retry(props.entry.id)}>
          {t().app.retry}
        </Button>
        <Show when={mayDiscard(props.entry)}>
          <Show when={mayEdit(props.entry)}>
            <Button kind="quiet" onClick={() => void edit()}>
              {t().slip.edit}
            </Button>
          </Show>
          <Button kind="quiet" onClick={() => void discard()}>
            {t().slip.discard}
          </Button>
        </Show>
      </div>
    </>
  )
}
