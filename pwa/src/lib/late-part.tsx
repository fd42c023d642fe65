/** Parts inside the rows of a list that comes and goes: loaded once for all of them. */
import { createSignal, Show, type Component, type JSX } from 'solid-js'
import { untilLoaded } from './lazy-part.ts'

/**
 * As lazyPart, for rows. Solid's `lazy` waits in the row that asks first; when that row leaves the screen meanwhile, every other
 * one stays empty. Here nobody's row owns the waiting.
 */
export function latePart<Props extends object>(
  load: () => Promise<Component<Props>>,
): (props: Props & { instead?: JSX.Element }) => JSX.Element {
  const [part, setPart] = createSignal<Component<Props> | null>(null)
  let isAsked = false

  async function ask(): Promise<void> {
    isAsked = true
    try {
      const found = await untilLoaded(load)()
      setPart(() => found)
    } catch {
      // The next row that needs it asks again.
      isAsked = false
    }
  }

  return (props) => {
    if (!isAsked) void ask()
    return (
      <Show when={part()} fallback={props.instead}>
        {(Part) => Part()(props)}
      </Show>
    )
  }
}
