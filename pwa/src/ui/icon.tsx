import type { LucideProps } from 'lucide-solid'
import type { Component } from 'solid-js'

/**
 * A Lucide drawing in our stroke: a frame, and in it what the build has made of the drawing (pwa/drawings.ts). Decoration:
 * what it stands for is said in words beside it or in a label. What is pressed is what carries it: a browser makes no click
 * of a press on lines that are drawn anew before the thumb is lifted.
 */
export function Icon(props: { of: Component<LucideProps>; size?: number; class?: string }) {
  return (
    <svg
      aria-hidden="true"
      class={`pointer-events-none flex-none ${props.class ?? ''}`}
      width={props.size ?? 20}
      height={props.size ?? 20}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {props.of({})}
    </svg>
  )
}
