import Clock from 'lucide-solid/icons/clock'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'

/** How long WhatsApp still takes free text. */
export function WindowLeft(props: { left: number }) {
  const minutes = () => Math.floor(props.left / 60_000)
  const words = () => t().time.windowLeft(Math.floor(minutes() / 60), minutes() % 60)
  return (
    <span
      class="nums ml-auto flex items-center gap-1.5 pr-1 text-meta whitespace-nowrap"
      classList={{ 'text-ink-2': minutes() >= 60, 'font-semibold text-cochinilla': minutes() < 60 }}
      title={t().time.windowHelp(words())}
    >
      <Icon of={Clock} size={16} />
      <span aria-hidden="true">{words()}</span>
      <span class="sr-only">{t().time.windowHelp(words())}</span>
    </span>
  )
}
