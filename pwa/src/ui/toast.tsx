import { createSignal, Show } from 'solid-js'
import { Button } from './button.tsx'

const STAYS_MS = 6_000

type Note = { text: string; action?: { name: string; run: () => void } }
const [note, setNote] = createSignal<Note | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

/** Says something in passing. Never for what needs a decision. */
export function say(text: string, action?: Note['action']): void {
  clearTimeout(timer)
  setNote(action ? { text, action } : { text })
  timer = setTimeout(() => setNote(null), STAYS_MS)
}

/** Where {@link say} speaks: once, at the foot of the app. */
export function Toasts() {
  return (
    <div
      role="status"
      aria-live="polite"
      class="pointer-events-none fixed inset-x-0 bottom-20 z-20 flex justify-center px-4 tablet:bottom-6"
    >
      <Show when={note()}>
        {(now) => (
          <div
            class="pointer-events-auto flex max-w-120 items-center gap-2 rounded-button bg-ink py-1.5 pl-4 text-paper shadow-float"
            classList={{ 'pr-1.5': now().action !== undefined, 'pr-4': now().action === undefined }}
          >
            <span class="py-1.5 text-small">{now().text}</span>
            <Show when={now().action}>
              {(action) => (
                <Button
                  kind="quiet"
                  class="!text-paper underline"
                  onClick={() => {
                    setNote(null)
                    action().run()
                  }}
                >
                  {action().name}
                </Button>
              )}
            </Show>
          </div>
        )}
      </Show>
    </div>
  )
}
