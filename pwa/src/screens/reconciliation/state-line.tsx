import type { LucideProps } from 'lucide-solid'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import CircleCheck from 'lucide-solid/icons/circle-check'
import Clock from 'lucide-solid/icons/clock'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import type { Component } from 'solid-js'
import { Icon } from '../../ui/icon.tsx'

export type Mood = 'good' | 'waits' | 'wrong' | 'unread'

const LOOKS: Readonly<Record<Mood, { icon: Component<LucideProps>; colour: string }>> = {
  good: { icon: CircleCheck, colour: 'text-eucalipto' },
  waits: { icon: Clock, colour: 'text-maiz' },
  wrong: { icon: TriangleAlert, colour: 'text-cochinilla' },
  unread: { icon: CircleAlert, colour: 'text-cochinilla' },
}

/** How something stands: a drawing, and always its words. */
export function StateLine(props: { mood: Mood; words: string; class?: string }) {
  return (
    <span class={`flex items-start gap-1.5 font-semibold ${LOOKS[props.mood].colour} ${props.class ?? 'text-small'}`}>
      <Icon of={LOOKS[props.mood].icon} size={18} class="mt-px" />
      {props.words}
    </span>
  )
}
