import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { listDeadLetters } from '#contract/trace.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { exactTime } from '../../text/format.ts'
import { problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { createPages } from '../../api/create-pages.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'

type Letter = OutputOf<typeof listDeadLetters>['items'][number]

/** What could not be done after every try, for a person to decide. */
export default function DeadLettersScreen() {
  const pages = createPages(
    () => null,
    (_, cursor) => call(api.listDeadLetters, cursor ? { cursor } : {}),
  )
  return (
    <PartPage title={t().deadLetters.title}>
      <LoadProblem of={pages} title={t().deadLetters.loadFailed} />
      <ol class="grid gap-3">
        <For each={pages.items()}>
          {(letter) => (
            <LetterCard letter={letter} settled={(now) => pages.replace((item) => (item.id === now.id ? now : item))} />
          )}
        </For>
      </ol>
      <Show when={pages.items().length === 0 && !pages.loading() && !pages.problem()}>
        <Empty title={t().deadLetters.empty} help={t().deadLetters.emptyHelp} />
      </Show>
      <Show when={pages.next()}>
        <Button class="mt-4 w-full" busy={pages.loading()} onClick={() => void pages.more()}>
          {t().log.more}
        </Button>
      </Show>
    </PartPage>
  )
}

/** What it was about. A kind of tomorrow has no word yet: it is a task. */
function kindName(kind: string): string {
  const names: Record<string, string> = t().deadLetters.kinds
  return names[kind] ?? t().deadLetters.kinds.job
}

function LetterCard(props: { letter: Letter; settled: (letter: Letter) => void }) {
  const [busy, setBusy] = createSignal<'retry' | 'discard' | null>(null)
  const [isSure, setIsSure] = createSignal(false)
  const href = () =>
    props.letter.chatId &&
    (props.letter.messageId ? `/chats/${props.letter.chatId}?message=${props.letter.messageId}` : `/chats/${props.letter.chatId}`)

  async function settle(decision: 'retry' | 'discard') {
    setIsSure(false)
    setBusy(decision)
    try {
      props.settled(await call(api.settleDeadLetter, { deadLetterId: props.letter.id, decision }))
    } catch (error) {
      const { cause, nextStep } = problemText(problemOf(error).code)
      say(`${cause} ${nextStep}`)
    } finally {
      setBusy(null)
    }
  }

  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <p class="text-meta text-ink-3">
        <time dateTime={props.letter.at}>{exactTime(props.letter.at)}</time> · {kindName(props.letter.kind)} ·{' '}
        {t().deadLetters.attempts(props.letter.attempts)}
      </p>
      <p class="mt-1 font-semibold">{props.letter.explanation}</p>
      <Show when={props.letter.nextStep}>
        <p class="text-small text-ink-2">{props.letter.nextStep}</p>
      </Show>
      <div class="mt-2 flex flex-wrap items-center gap-2">
        <Show
          when={props.letter.settled}
          fallback={
            <>
              <Button busy={busy() === 'retry'} onClick={() => void settle('retry')}>
                {t().deadLetters.retry}
              </Button>
              <Button kind="quiet" busy={busy() === 'discard'} onClick={() => setIsSure(true)}>
                {t().deadLetters.discard}
              </Button>
            </>
          }
        >
          {(settled) => (
            <span class="rounded-chip bg-sunk px-2.5 py-1 text-meta font-semibold text-ink-2">
              {settled() === 'retried' ? t().deadLetters.retried : t().deadLetters.discarded}
            </span>
          )}
        </Show>
        <Show when={href()}>
          {(address) => (
            <A href={address()} class="button button-quiet !text-anil">
              {t().deadLetters.openMessage}
            </A>
          )}
        </Show>
      </div>
      <Show when={isSure()}>
        <Sheet small title={t().deadLetters.sure} closeLabel={t().app.close} close={() => setIsSure(false)}>
          <div class="flex flex-col gap-4 p-5">
            <p>{t().deadLetters.sureHelp}</p>
            <div class="flex justify-end gap-2">
              <Button kind="quiet" onClick={() => setIsSure(false)}>
                {t().app.cancel}
              </Button>
              <Button kind="sure" onClick={() => void settle('discard')}>
                {t().deadLetters.discard}
              </Button>
            </div>
          </div>
        </Sheet>
      </Show>
    </li>
  )
}
