import { For, Match, Switch } from 'solid-js'
import { richText } from '../lib/rich-text.rules.ts'

/** A text with WhatsApp's marks and links, drawn as elements. */
export function RichText(props: { text: string }) {
  return (
    <For each={richText(props.text)}>
      {(piece) => (
        <Switch fallback={piece.text}>
          <Match when={piece.mark === 'bold'}>
            <strong class="font-bold">{piece.text}</strong>
          </Match>
          <Match when={piece.mark === 'italic'}>
            <em>{piece.text}</em>
          </Match>
          <Match when={piece.mark === 'struck'}>
            <s>{piece.text}</s>
          </Match>
          <Match when={piece.mark === 'code'}>
            <code class="font-mono text-[0.9em]">{piece.text}</code>
          </Match>
          <Match when={piece.mark === 'link' && piece.href}>
            {(href) => (
              <a href={href()} target="_blank" rel="noopener noreferrer" class="text-anil underline">
                {piece.text}
              </a>
            )}
          </Match>
        </Switch>
      )}
    </For>
  )
}
