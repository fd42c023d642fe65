import type { JSX } from 'solid-js'
import { unitsOf } from '../../amounts.rules.ts'
import { money } from '../../text/format.ts'

/** Micro-units as people read them. */
export const amountText = (micro: string, currency: string): string => money(unitsOf(micro), currency)

const TONES = {
  good: 'bg-eucalipto-tint text-eucalipto',
  wait: 'bg-maiz-tint text-maiz',
  bad: 'bg-cochinilla-tint text-cochinilla',
  plain: 'bg-sunk text-ink-2',
} as const
export type Tone = keyof typeof TONES

/** How something stands, in a word. */
export function State(props: { tone: Tone; children: JSX.Element }) {
  return <span class={`flex-none rounded-chip px-2.5 py-1 text-meta font-semibold ${TONES[props.tone]}`}>{props.children}</span>
}

/** A page that is not ours: it opens beside this one. */
export function Outside(props: { href: string; name: string }) {
  return (
    <a class="button button-quiet !text-anil" href={props.href} target="_blank" rel="noopener noreferrer">
      {props.name}
    </a>
  )
}
