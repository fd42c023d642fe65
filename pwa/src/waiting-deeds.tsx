/** What was decided here and is not done yet: each with its reason and what a person can do about it. */
import { A } from '@solidjs/router'
import Clock from 'lucide-solid/icons/clock'
import { createSignal, For, Show, Suspense } from 'solid-js'
import { lazyPart } from './lib/lazy-part.ts'
import { useDesk } from './live/context.ts'
import { insist } from './live/deeds.ts'
import { isDeed } from './live/deeds.rules.ts'
import { mayDiscard, type Deed } from './live/outbox.rules.ts'
import { loadConsentsText } from './text/consents.ts'
import { loadContactsText } from './text/contacts.ts'
import { deedName, refusalOf } from './text/deed-name.ts'
import { outboxText } from './text/outbox.ts'
import { t } from './text/text.ts'
import { Button } from './ui/button.tsx'
import { Icon } from './ui/icon.tsx'
import { say } from './ui/toast.tsx'

const ContactSheet = lazyPart(async () => {
  const [sheet] = await Promise.all([import('./contact/contact-sheet.tsx'), loadContactsText(), loadConsentsText()])
  return { default: sheet.ContactSheet }
})

/**
 * Those of one chat, in its head: what waits for the network in one line, and what was refused with its reason. What is just on
 * its way is not worth a line.
 */
export function WaitingDeeds(props: { chatId: string; contactId: string }) {
  const { outbox } = useDesk()
  // What is behind something that waits, waits too.
  const isHeld = (line: string) =>
    outbox.entries().some((one) => one.chatId === line && one.state === 'queued' && one.problem !== null)
  const mine = () =>
    outbox
      .entries()
      .filter(isDeed)
      .filter(({ chatId, deed }) => chatId === props.chatId || (deed.do === 'contact' && deed.contactId === props.contactId))
  const refused = () => mine().filter(({ state }) => state === 'failed')
  const waiting = () => mine().filter(({ state, problem, chatId }) => state !== 'failed' && (problem !== null || isHeld(chatId)))
  return (
    <Show when={refused().length + waiting().length > 0}>
      <ul aria-label={outboxText().title} class="max-h-[38vh] overflow-y-auto border-t border-line bg-maiz-tint">
        <Show when={waiting().length > 0}>
          <li>
            <A href="/settings/outbox" class="flex min-h-11 items-center gap-2 px-4 text-small tablet:px-5.5">
              <Icon of={Clock} size={16} class="flex-none text-ink-3" />
              <span class="min-w-0 truncate">
                <span class="font-semibold">{t().ticks.queued}:</span>{' '}
                {waiting()
                  .map(({ deed }) => deedName(deed))
                  .join(' · ')}
              </span>
            </A>
          </li>
        </Show>
        <For each={refused()}>
          {(entry) => (
            <li class="px-4 py-1.5 tablet:px-5.5 [&+&]:border-t [&+&]:border-line">
              <DeedLine entry={entry} />
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

/** One deed: its name, why it is still here, and what can be decided. */
export function DeedLine(props: { entry: Deed }) {
  const phone = useDesk()
  const [isEditing, setIsEditing] = createSignal(false)
  const isRefused = () => props.entry.state === 'failed'
  const reason = () => {
    const { problem, deed } = props.entry
    if (problem === null || problem.code === 'no_network') return t().slip.waitingNetwork
    return refusalOf(deed, problem.code)
  }

  async function drop() {
    if (!(await phone.outbox.discard(props.entry.id))) say(t().slip.hasLeft)
  }

  return (
    <>
      <p class="flex items-start gap-2 text-small font-semibold">
        <Icon of={Clock} size={16} class="mt-0.5 flex-none text-ink-3" />
        <span class="min-w-0 break-words">{deedName(props.entry.deed)}</span>
      </p>
      <p class="text-small" classList={{ 'text-cochinilla': isRefused() }}>
        {isRefused() ? `${outboxText().deeds.refused}. ${reason()}` : reason()}
      </p>
      <div class="-mx-1 flex flex-wrap gap-1">
        <Button kind="quiet" class="!text-anil" onClick={() => void insist(phone, props.entry)}>
          {props.entry.problem?.code === 'changed_meanwhile' ? outboxText().insist : t().app.retry}
        </Button>
        <Show when={mayDiscard(props.entry)}>
          <Show when={props.entry.deed.do === 'contact'}>
            <Button kind="quiet" onClick={() => setIsEditing(true)}>
              {t().slip.edit}
            </Button>
          </Show>
          <Button kind="quiet" onClick={() => void drop()}>
            {t().slip.discard}
          </Button>
        </Show>
      </div>
      <Show when={isEditing() && props.entry.deed.do === 'contact' ? props.entry.deed : null}>
        {(deed) => (
          <Suspense>
            <ContactSheet contactId={deed().contactId} isInChat close={() => setIsEditing(false)} />
          </Suspense>
        )}
      </Show>
    </>
  )
}
