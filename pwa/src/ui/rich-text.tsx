import { For, Match, Switch } from 'solid-js'
import { richText } from '../lib/rich-text.rules.ts'

/** A text with WhatsApp's marks and links, drawn as elements. `names` stand out wherever they are. */
export function RichText(props: { text: string; names?: readonly string[] | undefined }) {
  return (
    <For each={richText(props.text)}>
      {(piece) => (
        <Switch fallback={<Plain text={piece.text} names={props.names ?? []} />}>
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

/** Longer names first: one may begin another. */
function Plain(props: { text: string; names: readonly string[] }) {
  const pieces = () => {
    const names = props.names.toSorted((a, b) => b.length - a.length)
    if (names.length === 0) return [props.text]
    const either = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')
    return props.text.split(new RegExp(`(${either})`))
  }
  return (
    <For each={pieces()}>
      {(piece) => (props.names.includes(piece) ? <strong class="font-bold text-anil">{piece}</strong> : piece)}
    </For>
  )
}
