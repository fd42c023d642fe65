import { createSignal } from 'solid-js'

/** Marks for values that live in plain maps: `track` in what reads, `touch` where they change. */
export function createTriggers(): { track(key: string): void; touch(key: string): void } {
  const marks = new Map<string, [() => void, () => void]>()
  return {
    track(key) {
      let mark = marks.get(key)
      if (!mark) {
        const [read, write] = createSignal(undefined, { equals: false })
        mark = [read, () => write(undefined)]
        marks.set(key, mark)
      }
      mark[0]()
    },
    touch: (key) => marks.get(key)?.[1](),
  }
}
