import Mic from 'lucide-solid/icons/mic'
import { t } from '../../../text/text.ts'
import { Icon } from '../../../ui/icon.tsx'
import { lifted, moved, type Gesture } from './gesture.rules.ts'

/** Just to be felt. */
const HAPTIC_MS = 15

/** Where the send button is while nothing is written: hold to record, tap to record hands-free. */
export function MicButton(props: { gesture: Gesture | null; disabled: boolean; change: (gesture: Gesture) => void }) {
  let start: { x: number; y: number; at: number } | null = null
  const isHeld = () => props.gesture?.way === 'held'

  function end(gesture: Gesture) {
    start = null
    props.change(gesture)
  }
  return (
    <button
      type="button"
      class="button button-primary flex-none touch-none !px-3.5 select-none"
      classList={{ 'scale-125 !bg-cochinilla !text-on-cochinilla': isHeld() }}
      disabled={props.disabled}
      aria-label={t().composer.record}
      title={t().composer.recordHint}
      onContextMenu={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        start = { x: event.clientX, y: event.clientY, at: performance.now() }
        navigator.vibrate?.(HAPTIC_MS)
        props.change({ way: 'held', slide: 0 })
      }}
      onPointerMove={(event) => {
        if (!start) return
        const gesture = moved(event.clientX - start.x, event.clientY - start.y)
        if (gesture.way === 'held') props.change(gesture)
        else end(gesture)
      }}
      onPointerUp={() => start && end(lifted(performance.now() - start.at))}
      // The system took the finger, as it does to ask for the microphone: nobody let go, so nothing is sent.
      onPointerCancel={() => start && end({ way: 'locked', slide: 0 })}
      onClick={(event) => {
        // By keyboard or a screen reader: there was no pointer to hold it with.
        if (event.detail === 0) props.change({ way: 'locked', slide: 0 })
      }}
    >
      <Icon of={Mic} />
    </button>
  )
}
