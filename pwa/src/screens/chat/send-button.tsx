import SendHorizontal from 'lucide-solid/icons/send-horizontal'
import StickyNote from 'lucide-solid/icons/sticky-note'
import { Show } from 'solid-js'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'

/** Sends what stands in the composer, or saves the note. */
export function SendButton(props: { isNote: boolean; isReady: boolean; isHidden: boolean }) {
  return (
    <button
      type="submit"
      class="button button-primary flex-none !px-3.5"
      classList={{ '!bg-maiz !text-paper': props.isNote && props.isReady, hidden: props.isHidden }}
      disabled={!props.isReady}
      aria-label={props.isNote ? t().composer.saveNote : t().composer.send}
      title={props.isNote ? t().composer.saveNote : t().composer.send}
    >
      <Icon of={props.isNote ? StickyNote : SendHorizontal} />
      <Show when={props.isNote}>
        <span class="max-tablet:hidden">{t().composer.saveNote}</span>
      </Show>
    </button>
  )
}
