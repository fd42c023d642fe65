/**
 * What the simulators remember on disk: one JSON line per change, and the bytes of each file beside it. A line is with
 * the operating system before its effect is seen, so a kill -9 loses nothing.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { jsonIn } from './lib/fields.ts'
import type { Entry } from './model.ts'

export type Journal = {
  /** What was there at the start, oldest first. */
  entries: Entry[]
  write(entry: Entry): void
  /** Replaces everything by these entries: at the start, so that the journal does not grow for ever. */
  compact(entries: readonly Entry[]): void
  saveFile(id: string, bytes: Uint8Array): void
  readFile(id: string): Uint8Array | undefined
  forgetFiles(): void
  close(): void
}

/** A journal in `<dataDir>/sim/`. */
export function openJournal(dataDir: string): Journal {
  const folder = join(dataDir, 'sim')
  const files = join(folder, 'media')
  const path = join(folder, 'journal.jsonl')
  mkdirSync(files, { recursive: true })
  const entries = existsSync(path) ? entriesIn(readFileSync(path, 'utf8')) : []
  let file = openSync(path, 'a')
  let isOpen = true
  return {
    entries,
    // What a last request does after the close is not remembered: nobody was answered.
    write: (entry) => void (isOpen && writeSync(file, `${JSON.stringify(entry)}\n`)),
    compact(kept) {
      closeSync(file)
      writeFileSync(`${path}.new`, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      renameSync(`${path}.new`, path)
      file = openSync(path, 'a')
    },
    saveFile: (id, bytes) => writeFileSync(join(files, id), bytes),
    readFile: (id) => (existsSync(join(files, id)) ? readFileSync(join(files, id)) : undefined),
    forgetFiles() {
      rmSync(files, { recursive: true, force: true })
      mkdirSync(files, { recursive: true })
    },
    close() {
      isOpen = false
      closeSync(file)
    },
  }
}

/** A journal that forgets everything when the process ends. */
export function memoryJournal(): Journal {
  const files = new Map<string, Uint8Array>()
  return {
    entries: [],
    write: () => {},
    compact: () => {},
    saveFile: (id, bytes) => void files.set(id, bytes),
    readFile: (id) => files.get(id),
    forgetFiles: () => files.clear(),
    close: () => {},
  }
}

/** A process that was killed in the middle of a line leaves half a line: nobody saw its effect, so it is left out. */
function entriesIn(text: string): Entry[] {
  return text.split('\n').flatMap((line) => {
    const entry = jsonIn(line)
    return isEntry(entry) ? [entry] : []
  })
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 't' in value
}
