import MessageCircle from 'lucide-solid/icons/message-circle'
import Share2 from 'lucide-solid/icons/share-2'
import { Show } from 'solid-js'
import { useDesk } from '../../live/context.ts'
import { dayTime } from '../../text/format.ts'
import { team } from '../../text/team.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ShownOnce } from '../../shown-once.tsx'

/** The link to hand to a person: copied, shared by the system, or written to them on WhatsApp. */
export function LinkShown(props: { name: string; link: string; until: string; done: () => void }) {
  const { desk } = useDesk()
  const words = () => team().people.shareText(props.name, desk.me.account.name, props.link)
  return (
    <div class="flex flex-col gap-4 p-5">
      <p class="text-small text-ink-2">{team().people.linkHelp(props.name)}</p>
      <ShownOnce label={team().people.link} copyLabel={team().people.copyLink} value={props.link} />
      <p class="text-small">
        <time dateTime={props.until}>{team().people.linkUntil(dayTime(props.until))}</time>
      </p>
      <div class="flex flex-wrap gap-2">
        <Show when={'share' in navigator}>
          {/* Refused or called off: the link is still on the screen. */}
          <Button icon={Share2} onClick={() => void navigator.share({ text: words() }).catch(() => undefined)}>
            {team().people.share}
          </Button>
        </Show>
        <a
          class="button button-outlined"
          target="_blank"
          rel="noopener noreferrer"
          href={`https://wa.me/?text=${encodeURIComponent(words())}`}
        >
          <Icon of={MessageCircle} />
          {team().people.whatsapp}
        </a>
      </div>
      <Button kind="primary" onClick={() => props.done()}>
        {team().common.done}
      </Button>
    </div>
  )
}
