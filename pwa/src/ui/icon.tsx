import type { LucideProps } from 'lucide-solid'
import type { Component } from 'solid-js'
import { Dynamic } from 'solid-js/web'

/** A Lucide drawing in our stroke. Decoration: what it stands for is said in words beside it or in a label. */
export function Icon(props: { of: Component<LucideProps>; size?: number; class?: string }) {
  return (
    <Dynamic
      component={props.of}
      size={props.size ?? 20}
      stroke-width={1.75}
      class={`flex-none ${props.class ?? ''}`}
      aria-hidden="true"
    />
  )
}
