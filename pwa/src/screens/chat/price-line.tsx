import { createMemo, Show } from 'solid-js'
import type { Estimate } from '#contract/billing.ts'
import type { Chat } from '#contract/inbox.ts'
import type { Template } from '#contract/templates.ts'
import { unitsOf } from '../../amounts.rules.ts'
import * as api from '../../api/billing-endpoints.ts'
import { call } from '../../api/call.ts'
import { createAsked } from '../../live/create-asked.ts'
import { money } from '../../text/format.ts'
import { templateText } from '../../text/templates.ts'
import { language } from '../../text/text.ts'

/** A message costs fractions of a cent. */
const DIGITS = 6

/**
 * What this template will cost, in a line before it is sent. Nothing where the company's own account at the provider pays, and nothing
 * while there is no network: it is sent all the same.
 */
export function PriceLine(props: { chat: Chat; template: Template }) {
  const asked = createAsked(() => {
    const { id, channelId } = props.chat
    const { name, language: tongue } = props.template
    return call(api.estimate, { channelId, to: [{ chatId: id }], template: { name, language: tongue } })
  })
  const told = createMemo(() => {
    const found = asked.items()
    return found && sentences(found, templateText().categories[props.template.category])
  })
  return (
    <Show when={told()?.length}>
      <p
        class="nums text-small"
        classList={{ 'text-ink-2': asked.items()?.suffices, 'text-cochinilla': !asked.items()?.suffices }}
      >
        {told()?.join(' ')}
      </p>
    </Show>
  )
}

function sentences({ items, currency, included, available, suffices }: Estimate, category: string): string[] {
  const words = templateText().cost
  const [item] = items
  if (!item || item.why === 'own') return []
  if (item.why === 'free' || item.why === 'unpriced') return [words[item.why]]
  if (item.why === 'included') return [words.included(included?.left ?? 0, included?.of ?? 0)]
  const where = item.market === '*' ? [] : [new Intl.DisplayNames([language()], { type: 'region' }).of(item.market)]
  const price = money(unitsOf(item.price), currency, DIGITS)
  return [
    words.priced(price, [category, ...where].join(', ')),
    ...(available === null ? [] : [words.available(money(unitsOf(available), currency, DIGITS))]),
    ...(suffices ? [] : [words.short]),
  ]
}
