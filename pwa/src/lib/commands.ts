/** What can be asked of the screens that are open, by name: whoever is on the screen answers. */
import { onCleanup } from 'solid-js'
import type { Command } from '../keys/shortcuts.rules.ts'

const answers = new Map<string, () => void>()

/** Answers while the screen is there; the latest screen wins. */
export function onCommands(given: Partial<Record<Command, () => void>>): void {
  const mine = Object.entries(given)
  for (const [name, run] of mine) answers.set(name, run)
  onCleanup(() => {
    for (const [name, run] of mine) if (answers.get(name) === run) answers.delete(name)
  })
}

/** Asks for it. False: nobody is there who can. */
export function runCommand(name: Command): boolean {
  const run = answers.get(name)
  run?.()
  return run !== undefined
}
