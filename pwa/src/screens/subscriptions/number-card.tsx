import { createSignal, Show, untrack } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { listSubscriptions, NumberSubscription, Subscription } from '#contract/subscriptions.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/subscription-endpoints.ts'
import { isInFrame } from '../../lib/in-frame.ts'
import { onReturn } from '../../lib/on-return.ts'
import { useDesk } from '../../live/context.ts'
import { dayTime, phoneNumber } from '../../text/format.ts'
import { subscriptionsText } from '../../text/subscriptions.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { CardWay } from './card-way.tsx'
import { HistorySheet } from './history-sheet.tsx'
import { PlanSheet } from './plan-sheet.tsx'
import { priceText } from '../../price-words.ts'

type Listed = OutputOf<typeof listSubscriptions>
type Act = 'pause' | 'resume' | 'cancel' | 'keep' | 'drop'

const STYLES: Record<string, string> = {
  active: 'bg-eucalipto-tint text-eucalipto',
  trial: 'bg-eucalipto-tint text-eucalipto',
  free: 'bg-paper text-ink-2',
  pending: 'bg-maiz-tint text-maiz',
  paused: 'bg-maiz-tint text-maiz',
}

/** One number: what it has, until when, and what can be done about it. */
export function NumberCard(props: {
  listed: Listed
  number: NumberSubscription
  /** Somebody came here for this number. */
  isMeant: boolean
  changed: () => void
}) {
  const { desk } = useDesk()
  const words = () => subscriptionsText()
  const action = createAction()
  const [open, setOpen] = createSignal<'plan' | 'history' | 'cancel' | 'pause' | null>(
    untrack(() => (props.isMeant && !props.number.live && !props.number.pending ? 'plan' : null)),
  )
  const close = () => setOpen(null)
  /** Asked a moment ago, the gateway knows of no payment yet. */
  const [isAwaited, setIsAwaited] = createSignal(false)
  const live = () => props.number.live
  /** A company that need not subscribe may; what it lacks is nothing that keeps a number from sending. */
  const state = () => live()?.state ?? props.number.pending?.state ?? (props.listed.sells ? 'none' : 'free')
  const may = () => desk.may('billing.manage') && !props.number.channel.archived
  /** Ours to give and to end: nothing of it is changed at a gateway. */
  const bought = () => (live()?.gateway === 'gift' ? null : live())
  const shown = () => live() ?? props.number.last

  function doing({ id }: Subscription, what: Act): void {
    void action.run(() => call(api.actSubscription, { subscriptionId: id, act: what }).then(changed))
  }
  function asking({ id }: Subscription): void {
    setIsAwaited(false)
    void action.run(async () => {
      const { state: found } = await call(api.lookSubscription, { subscriptionId: id })
      setIsAwaited(found === 'pending')
      changed()
    })
  }
  function changed(): void {
    close()
    props.changed()
  }

  return (
    <li
      ref={(card) => props.isMeant && queueMicrotask(() => card.scrollIntoView({ block: 'nearest' }))}
      class="fold-bl rounded-card border border-line bg-surface p-4"
    >
      <div class="flex flex-wrap items-start gap-x-3">
        <h2 class="min-w-0 flex-1 font-semibold">
          {props.number.channel.name}
          <span class="block text-meta font-normal text-ink-3">{phoneNumber(props.number.channel.phone ?? '')}</span>
        </h2>
        <span
          class={`rounded-chip px-2.5 py-1 text-meta font-semibold ${STYLES[state()] ?? 'bg-cochinilla-tint text-cochinilla'}`}
        >
          {words().states[state()]}
        </span>
      </div>
      <Show when={live()}>
        {(now) => (
          <p class="mt-2 text-small">
            {now().plan.name} · {now().gateway === 'gift' ? words().gift : priceText(now().plan.price)}
            <span class="block text-ink-2">{until(now())}</span>
          </p>
        )}
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <p role="status" class="mt-2 text-small text-ink-2 empty:hidden">
        {props.number.pending && isAwaited() && words().notYet}
      </p>
      <div class="mt-3 flex flex-wrap gap-2">
        <Show when={may()}>
          <Show when={props.number.pending}>
            {(pending) => (
              <>
                <Show when={pending().url}>
                  {(url) => (
                    <a href={url()} target={isInFrame() ? '_blank' : '_self'} rel="noopener" class="button button-primary">
                      {words().goOnPaying}
                    </a>
                  )}
                </Show>
                <Button busy={action.busy()} onClick={() => asking(pending())}>
                  {words().look}
                </Button>
                <Button kind="quiet" busy={action.busy()} onClick={() => doing(pending(), 'drop')}>
                  {words().drop}
                </Button>
              </>
            )}
          </Show>
          <Show when={!bought() && !props.number.pending}>
            <Button kind={props.listed.sells ? 'primary' : 'outlined'} onClick={() => setOpen('plan')}>
              {words().subscribe}
            </Button>
          </Show>
          <Show when={bought()}>
            {(now) => (
              <>
                <Show when={now().payUrl}>
                  {(url) => (
                    <a
                      href={url()}
                      target="_blank"
                      rel="noopener"
                      class="button button-primary"
                      onClick={() => onReturn(() => asking(now()))}
                    >
                      {words().pay}
                    </a>
                  )}
                </Show>
                <Show when={['trial', 'active'].includes(now().state) && !now().cancelsAt}>
                  <Button onClick={() => setOpen('plan')}>{words().change}</Button>
                  <Button kind="quiet" onClick={() => setOpen('pause')}>
                    {words().pause}
                  </Button>
                  <Button kind="quiet" onClick={() => setOpen('cancel')}>
                    {words().cancel}
                  </Button>
                </Show>
                <Show when={now().cancelsAt}>
                  <Button busy={action.busy()} onClick={() => doing(now(), 'keep')}>
                    {words().keep}
                  </Button>
                </Show>
                <Show when={now().state === 'paused'}>
                  <Button kind="primary" busy={action.busy()} onClick={() => doing(now(), 'resume')}>
                    {words().resume}
                  </Button>
                </Show>
                <CardWay subscription={now()} changed={changed} />
              </>
            )}
          </Show>
        </Show>
        <Show when={shown()}>
          <Button kind="quiet" class="!text-anil" onClick={() => setOpen('history')}>
            {words().history}
          </Button>
        </Show>
      </div>
      <Show when={open() === 'plan'}>
        <PlanSheet listed={props.listed} number={props.number} close={close} changed={changed} />
      </Show>
      <Show when={open() === 'history' && shown()}>
        {(one) => <HistorySheet subscription={one()} name={props.number.channel.name} close={close} />}
      </Show>
      <Show when={(open() === 'cancel' || open() === 'pause') && bought()}>
        {(now) => (
          <Sheet small title={open() === 'pause' ? words().pause : words().cancelSure} closeLabel={t().app.close} close={close}>
            <div class="flex flex-col gap-4 p-5">
              <p>{open() === 'pause' ? words().pauseHelp : words().cancelHelp}</p>
              <div class="flex justify-end gap-2">
                <Button kind="quiet" onClick={close}>
                  {t().app.cancel}
                </Button>
                <Button kind="sure" busy={action.busy()} onClick={() => doing(now(), open() === 'pause' ? 'pause' : 'cancel')}>
                  {open() === 'pause' ? words().pause : words().cancelSure}
                </Button>
              </div>
            </div>
          </Sheet>
        )}
      </Show>
    </li>
  )
}

function until({ state, paidUntil, graceUntil, cancelsAt }: Subscription): string {
  const words = subscriptionsText()
  if (cancelsAt) return words.cancelsAt(dayTime(cancelsAt))
  if (state === 'grace' && graceUntil) return words.graceUntil(dayTime(graceUntil))
  return paidUntil && (state === 'trial' || state === 'active') ? words.until(state, dayTime(paidUntil)) : ''
}
