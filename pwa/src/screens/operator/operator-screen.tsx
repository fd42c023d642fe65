import { A } from '@solidjs/router'
import Building from 'lucide-solid/icons/building'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import CircleQuestionMark from 'lucide-solid/icons/circle-question-mark'
import Coins from 'lucide-solid/icons/coins'
import Gavel from 'lucide-solid/icons/gavel'
import MailWarning from 'lucide-solid/icons/mail-warning'
import ScrollText from 'lucide-solid/icons/scroll-text'
import Stamp from 'lucide-solid/icons/stamp'
import Scale from 'lucide-solid/icons/scale'
import Tag from 'lucide-solid/icons/tag'
import type { LucideProps } from 'lucide-solid'
import { For, Show, type Component } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { getOperatorDesk } from '#contract/operator-money.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/operator-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { PartPage } from '../../part-page.tsx'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { operatorText, type OperatorText } from '../../text/operator.ts'
import { sentenceOf } from '../../text/text.ts'
import { Badge } from '../../ui/badge.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'

type Figures = OutputOf<typeof getOperatorDesk>
/** `waits`: what of it needs a person now. */
type Part = { name: keyof OperatorText['parts']; href: string; icon: Component<LucideProps>; waits?: keyof Figures }

/** The parts of the console: first what cannot wait. */
const PARTS: readonly Part[] = [
  { name: 'loose', href: '/settings/operator/loose', icon: CircleQuestionMark, waits: 'paymentsOfNobody' },
  { name: 'disputes', href: '/settings/operator/disputes', icon: Gavel, waits: 'openDisputes' },
  { name: 'events', href: '/settings/operator/events', icon: MailWarning, waits: 'deadGatewayEvents' },
  { name: 'reconciliation', href: '/settings/operator/reconciliation', icon: Scale, waits: 'reconDifferences' },
  { name: 'customers', href: '/settings/operator/customers', icon: Building },
  { name: 'plans', href: '/settings/operator/plans', icon: Tag },
  { name: 'rates', href: '/settings/operator/rates', icon: Coins },
  { name: 'seller', href: '/settings/operator/seller', icon: Stamp, waits: 'sellerMissing' },
  { name: 'acts', href: '/settings/operator/acts', icon: ScrollText },
]

/** Who runs the service: what it has to look after. For everybody else there is nothing here. */
export default function OperatorScreen() {
  const asked = createAsked(() => call(api.getOperatorDesk, {}))
  return (
    <PartPage title={operatorText().title} back="/settings/subscriptions">
      <Show when={asked.problem()}>
        {(problem) => (
          <Show
            when={problem().code === 'not_found'}
            fallback={<ErrorCard title={operatorText().loadFailed} help={sentenceOf(problem())} reference={problem().traceId} />}
          >
            <Empty title={operatorText().notHere} help={operatorText().notHereHelp} />
          </Show>
        )}
      </Show>
      <Show when={asked.items()}>{(figures) => <Parts figures={figures()} />}</Show>
    </PartPage>
  )
}

function Parts(props: { figures: Figures }) {
  const words = () => operatorText()
  const waiting = (part: Part) => (part.waits ? props.figures[part.waits] : 0)
  const all = () => {
    const { paymentsOfNobody, openDisputes, deadGatewayEvents, reconDifferences, sellerMissing } = props.figures
    return paymentsOfNobody + openDisputes + deadGatewayEvents + reconDifferences + sellerMissing
  }
  return (
    <>
      <p role="status" class="mb-3 rounded-card px-4 py-3 font-semibold" classList={toneOf(all())}>
        {all() === 0 ? operatorMoneyText().nothing : operatorMoneyText().waiting(all())}
      </p>
      <nav aria-label={words().title} class="overflow-hidden rounded-card border border-line bg-surface">
        <For each={PARTS}>
          {(part) => (
            <A href={part.href} class="row flex min-h-16 items-center gap-3 border-line px-4 [&+&]:border-t">
              <Icon of={part.icon} size={22} class="text-anil" />
              <span class="min-w-0 flex-1 py-2">
                <span class="block">{words().parts[part.name].name}</span>
                <span class="block text-meta text-ink-3">{words().parts[part.name].help}</span>
              </span>
              <Show when={waiting(part)}>{(count) => <Badge count={count()} label={operatorMoneyText().count(count())} />}</Show>
              <Icon of={ChevronRight} class="text-ink-3" />
            </A>
          )}
        </For>
      </nav>
    </>
  )
}

function toneOf(waiting: number) {
  return { 'bg-eucalipto-tint text-eucalipto': waiting === 0, 'bg-maiz-tint text-maiz': waiting > 0 }
}
