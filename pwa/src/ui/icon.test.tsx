import { render } from '@solidjs/testing-library'
import Inbox from 'lucide-solid/icons/inbox'
import Play from 'lucide-solid/icons/play'
import { createSignal } from 'solid-js'
import { expect, test } from 'vitest'
import { Icon } from './icon.tsx'

test('a drawing is one frame with its lines in it, and another one when that is wanted', () => {
  const [isPlaying, setIsPlaying] = createSignal(false)
  const { container } = render(() => <Icon of={isPlaying() ? Play : Inbox} size={17} class="text-ink-3" />)
  const frames = container.querySelectorAll('svg')
  expect(frames).toHaveLength(1)
  expect(frames[0]?.getAttribute('class')).toBe('pointer-events-none flex-none text-ink-3')
  expect(frames[0]?.getAttribute('width')).toBe('17')
  const lines = () => [...container.querySelectorAll('svg > g > *')].map((line) => line.tagName.toLowerCase())
  expect(lines()).toEqual(['polyline', 'path'])
  setIsPlaying(true)
  expect(lines()).toEqual(['path'])
})
