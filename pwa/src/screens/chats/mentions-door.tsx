import AtSign from 'lucide-solid/icons/at-sign'
import { Show } from 'solid-js'
import { useDesk } from '../../live/context.ts'
import { t } from '../../text/first.ts'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'

/** The way to the notes that name this person, with how many are new. */
export function MentionsDoor() {
  const { mentions } = useDesk()
  return (
    <a href="/mentions" class="icon-button relative" title={t().mentions.title}>
      <span class="sr-only">{t().mentions.title}</span>
      <Icon of={AtSign} size={22} />
      <Show when={mentions.unseen() > 0}>
        <span class="absolute -top-1 -right-1.5">
          <Badge count={mentions.unseen()} label={t().mentions.unseen(mentions.unseen())} />
        </span>
      </Show>
    </a>
  )
}
