import { A } from '@solidjs/router'
import Building from 'lucide-solid/icons/building'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import Coins from 'lucide-solid/icons/coins'
import Scale from 'lucide-solid/icons/scale'
import Tag from 'lucide-solid/icons/tag'
import type { LucideProps } from 'lucide-solid'
import { For, Show, type Component } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/subscription-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { PartPage } from '../../part-page.tsx'
import { operatorText, type OperatorText } from '../../text/operator.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'

type Part = { name: keyof OperatorText['parts']; href: string; icon: Component<LucideProps> }

/** The parts of the console, in the order in which they are needed. */
const PARTS: readonly Part[] = [
  { name: 'customers', href: '/settings/operator/customers', icon: Building },
  { name: 'reconciliation', href: '/settings/operator/reconciliation', icon: Scale },
  { name: 'plans', href: '/settings/operator/plans', icon: Tag },
  { name: 'rates', href: '/settings/operator/rates', icon: Coins },
]

/** Who runs the service: what it has to look after. For everybody else there is nothing here. */
export default function OperatorScreen() {
  const words = () => operatorText()
  const asked = createAsked(() => call(api.isOperator, {}))
  return (
    <PartPage title={words().title} back="/settings/subscriptions">
      <Show when={asked.items()}>
        {(found) => (
          <Show when={found().isOperator} fallback={<Empty title={words().notHere} help={words().notHereHelp} />}>
            <Parts />
          </Show>
        )}
      </Show>
    </PartPage>
  )
}

function Parts() {
  const words = () => operatorText()
  return (
    <nav aria-label={words().title} class="overflow-hidden rounded-card border border-line bg-surface">
      <For each={PARTS}>
        {(part) => (
          <A href={part.href} class="row flex min-h-16 items-center gap-3 border-line px-4 [&+&]:border-t">
            <Icon of={part.icon} size={22} class="text-anil" />
            <span class="min-w-0 flex-1 py-2">
              <span class="block">{words().parts[part.name].name}</span>
              <span class="block text-meta text-ink-3">{words().parts[part.name].help}</span>
            </span>
            <Icon of={ChevronRight} class="text-ink-3" />
          </A>
        )}
      </For>
    </nav>
  )
}
