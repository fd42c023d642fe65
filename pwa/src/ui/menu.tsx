import type { LucideProps } from 'lucide-solid'
import { For, type Component } from 'solid-js'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

export type MenuItem = { name: string; icon: Component<LucideProps>; run: () => void; danger?: boolean }

/** A short list of things to do with what was touched. */
export function Menu(props: {
  title: string
  closeLabel: string
  items: MenuItem[]
  close: () => void
  head?: import('solid-js').JSX.Element
}) {
  return (
    <Sheet small title={props.title} closeLabel={props.closeLabel} close={props.close}>
      {props.head}
      <ul class="p-2">
        <For each={props.items}>
          {(item) => (
            <li>
              <button
                type="button"
                class="row flex min-h-12 w-full items-center gap-3 rounded-button px-3 text-left"
                classList={{ 'text-cochinilla': item.danger === true }}
                onClick={() => {
                  props.close()
                  item.run()
                }}
              >
                <Icon of={item.icon} />
                {item.name}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Sheet>
  )
}
